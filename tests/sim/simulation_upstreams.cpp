// SPDX-License-Identifier: Apache-2.0
// The upstreams' side of a simulation: what they send, and when a call is over.
#include "tests/sim/simulation.h"

#include "core/base/overloaded.h"

#include <algorithm>
#include <utility>

namespace signalbox::sim {

using namespace gateway;

namespace {

bool isEnd(const UpstreamEvent &event)
{
    return std::holds_alternative<UpstreamEnd>(event)
           || std::holds_alternative<UpstreamFailed>(event);
}

} // namespace

void Simulation::planStep(AttemptId attempt, const Call &call)
{
    if (call.next < call.steps.size()) {
        const auto after = std::chrono::duration_cast<Micros>(call.steps[call.next].after);
        const auto paced = static_cast<std::int64_t>(static_cast<double>(after.count())
                                                     * call.pace);
        const SteadyTime at = call.begun + Micros(paced) + someTime(Micros(900));
        m_events.plan(std::max(at, m_now.steady), Happening::Upstream, attempt);
    }
}

/// The next step of a call; what its gateway has cancelled may be under way still.
void Simulation::deliver(AttemptId attempt)
{
    const auto found = m_calls.find(attempt);
    if (found == m_calls.end()) {
        return;
    }
    Call &call = found->second;
    const auto client = m_clients.find(call.exchange);
    if (client != m_clients.end() && client->second.slowUntil > m_now.steady) {
        m_events.plan(client->second.slowUntil, Happening::Upstream, attempt); // nobody reads
        return;
    }
    const tests::UpstreamStep step = std::move(call.steps[call.next++]);
    const auto sendPieces = [&](const tests::Bytes &bytes) {
        std::string_view rest = bytes.text;
        if (m_random.below(8) == 0) {
            const auto cut = m_random.below(rest.size());
            send(attempt, UpstreamBytes{rest.substr(0, cut)});
            rest.remove_prefix(cut);
        }
        send(attempt, UpstreamBytes{rest});
    };
    std::visit(Overloaded{[&](const tests::Bytes &bytes) { sendPieces(bytes); },
                          [&](const auto &event) { send(attempt, event); }},
               step.what);
    const auto still = m_calls.find(attempt);
    if (still != m_calls.end()) {
        planStep(attempt, still->second);
        if (still->second.over && still->second.next == still->second.steps.size()) {
            m_calls.erase(still);
        }
    }
}

void Simulation::send(AttemptId attempt, const UpstreamEvent &event)
{
    const auto found = m_calls.find(attempt);
    if (found == m_calls.end() || m_report.fault) {
        return;
    }
    const bool late = found->second.over;
    m_heard = attempt;
    Actions actions;
    m_gateway->upstream(attempt, event, m_now, actions);
    if (late) {
        ++m_report.lateEvents;
        if (!actions.empty()) {
            check("a late event had consequences", found->second.exchange);
        }
        return;
    }
    if (isEnd(event)) {
        endCall(attempt, Ending::Told);
    }
    take(actions, Ending::Told);
}

void Simulation::onAction(const CancelUpstream &cancel, Ending ending)
{
    const bool other = ending == Ending::Told && cancel.attempt != m_heard;
    endCall(cancel.attempt, other ? Ending::Outrun : ending);
}

/// No client of the simulation sends pictures.
void Simulation::onAction(const FetchPicture & /*fetch*/, Ending /*ending*/)
{
    check("a picture was asked for");
}

void Simulation::onAction(const CancelPictures & /*cancel*/, Ending /*ending*/)
{
    check("a picture was given up");
}

/// No scope of the simulation's grows so large.
void Simulation::onAction(const CompareQuestion & /*question*/, Ending /*ending*/)
{
    check("a question was to be compared elsewhere");
}

void Simulation::onAction(const ReleaseUpstream &release, Ending /*ending*/)
{
    const auto found = m_calls.find(release.attempt);
    const bool good = found != m_calls.end() && !found->second.over;
    if (!good) {
        check("a call was released that is not there");
        return;
    }
    found->second.steps.resize(found->second.next); // the connection is read over, nothing is told
    endCall(release.attempt, Ending::Told);
}

/// What the call came to; nothing: one of its timeouts.
std::optional<OutcomeClass> Simulation::outcomeOf(AttemptId attempt,
                                                  const Call &call,
                                                  const CallSeen &seen,
                                                  Ending ending) const
{
    const Client *client = call.exchange == 0 ? nullptr : &m_clients.at(call.exchange);
    // The last that waited for what its client had left may do so no more.
    const bool left = client != nullptr && client->gone && !m_cache.isAwaited(*client);
    switch (ending) {
    case Ending::Told:
        return seen.told;
    case Ending::ClientGone:
        return OutcomeClass::ClientGone;
    case Ending::ShutDown:
        return left ? OutcomeClass::ClientGone : OutcomeClass::ShutDown;
    case Ending::Outrun:
        return OutcomeClass::Outrun;
    case Ending::Timer:
        break;
    }
    if (client == nullptr) {
        return m_ownCalls.at(attempt).dropped ? std::optional(OutcomeClass::ShutDown)
                                              : std::nullopt;
    }
    if (left) {
        return OutcomeClass::ClientGone;
    }
    return m_now.steady >= client->deadline ? std::optional(OutcomeClass::DeadlineReached)
                                            : std::nullopt;
}

/// The call is over for the gateway: so it is for the breaker, and its place is free.
void Simulation::endCall(AttemptId attempt, Ending ending)
{
    const auto found = m_calls.find(attempt);
    if (found == m_calls.end() || found->second.over) {
        check("a call ended twice");
        return;
    }
    Call &call = found->second;
    CallSeen &seen = seenOf(attempt, call);
    seen.over = true;
    seen.endNumber = ++m_endedCalls;
    seen.endedAt = m_now.system;
    seen.outcome = outcomeOf(attempt, call, seen, ending);
    const OutcomeClass outcome = seen.outcome.value_or(OutcomeClass::TotalTimeout);
    trace("ended", call.exchange, attempt, toString(outcome));
    const bool teaches = call.exchange != 0 || m_ownCalls.at(attempt).teaches(outcome);
    const auto verdict = m_watch.end(*call.breaker, attempt, outcome, teaches, m_now.steady);
    seen.probe = verdict.probe;
    seen.counted = verdict.counted;
    m_report.unheard += !verdict.counted && lessonOf(outcome) != BreakerLesson::Nothing ? 1 : 0;
    --call.seats->taken;
    --m_liveCalls;
    call.over = true;
    if (call.exchange == 0) {
        endOwnCall(attempt);
    }
    const bool moreToCome = call.next < call.steps.size();
    if (!moreToCome || m_random.below(8) != 0) {
        m_calls.erase(found);
    }
}

} // namespace signalbox::sim
