// SPDX-License-Identifier: Apache-2.0
// The upstreams' side of a simulation: what is called, what it sends, and when it is over.
#include "tests/sim/simulation.h"

#include "core/base/overloaded.h"

#include <algorithm>
#include <array>
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

TargetId Simulation::targetOf(const CallUpstream &action)
{
    constexpr std::string_view lead = R"("model":")";
    const std::string_view body = action.call.body;
    const auto from = body.find(lead) + lead.size();
    return {action.provider->id, body.substr(from, body.find('"', from) - from)};
}

void Simulation::onAction(const CallUpstream &action, Ending /*ending*/)
{
    if (action.exchange == 0) {
        beginOwnCall(action);
        return;
    }
    Client *client = clientOf(action.exchange, "an upstream call");
    if (client == nullptr) {
        return;
    }
    Call call;
    call.exchange = action.exchange;
    call.target = targetOf(action);
    prepare(action, call);
    check(m_budgets.faultInCall(client->name, *action.provider, *m_configuration, m_now.system),
          action.exchange);
    checkCaller(action, *client);
    if (m_report.fault) {
        return;
    }
    client->calls.push_back(
        script(action, {.stream = client->stream, .embeddings = client->embeddings()}, call));
    put(action, std::move(call));
}

/// Whether anybody wants it.
void Simulation::checkCaller(const CallUpstream &action, const Client &client)
{
    const auto inTheAir = std::ranges::count(client.calls, false, &CallSeen::over);
    const RouteSettings *route = client.configuration->route(client.model);
    const bool mayHedge = route != nullptr && route->hedgeAfter && !client.embeddings();
    const bool begun = client.hasContent();
    if ((client.gone && !m_cache.isAwaited(client)) || client.ended
        || (begun && !client.continues()) || inTheAir > (mayHedge ? 1 : 0)) {
        check("a call for a client that has its answer or waits for another", action.exchange);
    }
    m_report.hedges += inTheAir;
    if (begun && !client.gone) {
        std::string text = client.text();
        text.erase(text.find_last_not_of(' ') + 1);
        if (text.empty() || action.call.body.find("\"" + text + "\"") == std::string::npos) {
            check("the rest of an answer is asked for, and not by what of it was sent",
                  action.exchange);
        }
    }
}

/// Whether it may be called at all, at its place, with this key.
void Simulation::prepare(const CallUpstream &action, Call &call)
{
    call.breaker = m_watch.find(call.target);
    call.seats = m_seats.of(*action.provider);
    call.kind = action.provider->kind;
    call.begun = m_now.steady;
    const std::string name = call.target.name();
    if (!call.breaker || !call.seats || call.breaker->place() != Place::of(*action.provider)) {
        check(name + " was called where it is no more", action.exchange);
        return;
    }
    if (!call.breaker->mayBeCalled(m_now.steady)) {
        check(name + " was called though its breaker lets nobody through", action.exchange);
    }
    if (!call.seats->hasRoom(m_now.steady)) {
        check(name + " was called beyond its provider's concurrency", action.exchange);
    }
    if (!call.seats->hasKey(action.key.expose())) {
        check(name + " was called with a key that is not its", action.exchange);
    }
}

/// What this call will meet. Every answer says something that no other says.
CallSeen Simulation::script(const CallUpstream &action, Wanted wanted, Call &call)
{
    constexpr std::array paces = {0.02, 0.1, 0.3, 1.0, 1.0, 2.5};
    CallSeen seen;
    seen.attempt = action.attempt;
    seen.target = call.target;
    const auto names = Town::targetNames();
    const auto index = std::ranges::find(names, seen.target.name()) - names.begin();
    const Mood mood = m_moods[static_cast<std::size_t>(index)];
    seen.behaviour = m_rollCall ? &goodBehaviour() : &someBehaviour(mood, m_random);
    if (wanted.list && isOfAnswers(*seen.behaviour)) {
        seen.behaviour = &goodBehaviour();
    }
    seen.told = sim::outcomeOf(*seen.behaviour, call.kind, wanted.embeddings);
    seen.mark = "exchange" + std::to_string(action.exchange) + "-attempt"
                + std::to_string(action.attempt); // long enough to be passed on as an id
    seen.promptTokens = 1 + static_cast<int>(m_random.below(3000));
    seen.completionTokens = wanted.embeddings ? 0 : 1 + static_cast<int>(m_random.below(800));
    seen.metered = !wanted.list
                   && (seen.behaviour->metered || call.kind == ProviderKind::Anthropic);
    tests::ScriptedAnswer answer{seen.mark,
                                 {},
                                 seen.promptTokens,
                                 seen.completionTokens,
                                 m_now.system,
                                 wanted.embeddings};
    const auto pieces = 1 + m_random.below(6);
    for (std::uint64_t i = 0; i < pieces; ++i) {
        answer.pieces.push_back(seen.mark + "." + std::to_string(i) + " ");
        seen.text += answer.pieces.back();
    }
    call.pace = paces[m_random.below(paces.size())];
    call.steps = tests::stepsOf(seen.behaviour->name, call.kind, wanted.stream, answer);
    return seen;
}

/// It is in the air.
void Simulation::put(const CallUpstream &action, Call call)
{
    call.breaker->admit(action.attempt, m_now.steady);
    ++call.seats->taken;
    ++m_liveCalls;
    trace("call", action.exchange, action.attempt, seenOf(action.attempt, call).behaviour->name);
    digest(action.attempt);
    planStep(action.attempt, call);
    const ExchangeId exchange = call.exchange;
    if (!m_calls.emplace(action.attempt, std::move(call)).second) {
        check("an attempt's number was used twice", exchange);
    }
}

CallSeen &Simulation::seenOf(AttemptId attempt, const Call &call)
{
    if (call.exchange == 0) {
        return m_ownCalls.at(attempt).seen;
    }
    return *std::ranges::find(m_clients.at(call.exchange).calls, attempt, &CallSeen::attempt);
}

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
