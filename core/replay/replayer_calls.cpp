// SPDX-License-Identifier: Apache-2.0
// What comes of a call: what is on record, or what came of others; and what is learned from it.
#include "core/replay/replayer.h"
#include "core/resilience/failure_policy.h"

#include <algorithm>
#include <utility>

namespace signalbox::replay {

using resilience::BreakerEffect;

namespace {

/// The same request, target and turn draw the same, under whatever configuration.
std::uint64_t chanceOf(std::uint64_t seed,
                       const RecordedRequest &request,
                       std::uint32_t target,
                       std::uint32_t turn)
{
    const auto arrived = static_cast<std::uint64_t>(request.arrived.time_since_epoch().count());
    return Random(seed ^ Random(request.seed ^ arrived).next()
                  ^ ((std::uint64_t{target} << 8U) + turn))
        .next();
}

/// It was cut off while nothing had come of it: what would have is not known.
bool isCutShort(OutcomeClass outcome)
{
    return outcome == OutcomeClass::Outrun;
}

} // namespace

std::optional<Call> Replayer::outcomeOf(Journey &journey, const TargetId &target)
{
    const RecordedRequest &request = journey.recorded();
    const std::uint32_t number = numberOf(target);
    const RecordedCall *source = journey.takeRecorded(number);
    Call call;
    call.target = number;
    call.beganAt = m_now;
    const bool waitsBeside = journey.route().hedgeAfter.has_value();
    if (source != nullptr && isCutShort(source->outcome) && !waitsBeside) {
        source = nullptr;
        journey.strays();
    }
    if (source != nullptr && journey.calls() == 0 && journey.follows()) {
        call.beganAt += source->startedAfter - source->backoffBefore;
    }
    if (source == nullptr) {
        const auto drawn =
            m_outcomes.draw(number,
                            request,
                            request.arrived,
                            chanceOf(m_options.seed, request, number, journey.calls()));
        if (!drawn) {
            return std::nullopt;
        }
        source = &m_traffic.calls()[drawn->call];
        call.drawn = true;
        call.window = drawn->window;
    }
    call.source = static_cast<std::uint32_t>(source - m_traffic.calls().data());
    call.outcome = source->outcome;
    call.contentSent = source->contentSent;
    call.headSeen = source->headSeen;
    call.hint = source->hint;
    call.total = source->total;
    call.firstToken = source->firstToken;
    if (source->hasUsage) {
        call.usage = call.drawn ? m_outcomes.usageFor(request, *source) : source->usage;
    }
    if (journey.follows()) { // whether its provider wanted it again is told by what came next
        const auto recorded = m_traffic.callsOf(request);
        call.mayRepeat = journey.calls() + 1 >= recorded.size()
                         || recorded[journey.calls() + 1].target == number;
    }
    if (isCutShort(call.outcome)) {
        call.total += std::chrono::hours(1); // the other one will be first again
    }
    bound(call, journey);
    return call;
}

/// What the configuration does not wait for does not come.
void Replayer::bound(Call &call, const Journey &journey) const
{
    const ProviderSettings *provider = m_configuration->provider(
        TargetId(m_run.targets.name(call.target)).provider());
    const auto cut = [&call](Micros at, OutcomeClass outcome) {
        call.total = at;
        call.outcome = outcome;
        call.hint.reset();
        call.contentSent = call.contentSent && call.firstToken && *call.firstToken <= at;
        if (call.firstToken && *call.firstToken > at) {
            call.firstToken.reset();
        }
        if (call.usage) {
            call.usage->completionTokens = call.firstToken ? call.usage->completionTokens : 0;
            call.usage->estimated = true;
        }
    };
    const TimeoutSettings &timeouts = provider->timeouts;
    if (journey.recorded().stream && call.outcome == OutcomeClass::Success
        && call.firstToken.value_or(call.total) > timeouts.firstToken) {
        cut(timeouts.firstToken, OutcomeClass::FirstTokenTimeout);
    }
    if (call.total > timeouts.total) {
        cut(timeouts.total, OutcomeClass::TotalTimeout);
    }
    const SteadyTime deadline = SteadyTime(journey.recorded().arrived.time_since_epoch())
                                + journey.route().deadline;
    if (call.endsAt() > deadline && call.outcome != OutcomeClass::DeadlineReached) {
        cut(std::chrono::duration_cast<Micros>(std::max(deadline - call.beganAt, Nanos(0))),
            OutcomeClass::DeadlineReached);
    }
}

void Replayer::settle(Journey &journey, Call &call, const Outcome &outcome)
{
    const RecordedRequest &request = journey.recorded();
    if (outcome.outcome == OutcomeClass::Outrun
        && m_traffic.calls()[call.source].outcome != outcome.outcome) {
        Usage usage; // it was read by its provider, and nothing had come
        usage.promptTokens = request.facts.promptTokens;
        usage.estimated = true;
        call.usage = usage;
        call.total = std::chrono::duration_cast<Micros>(m_now - call.beganAt);
    }
    const Cost cost = call.usage ? m_prices.costOf(*call.usage,
                                                   call.target,
                                                   m_traffic.calls()[call.source].model,
                                                   request.arrived)
                                 : Cost{Money(), false};
    journey.book(cost, call.usage.has_value());
    TargetTally &tally = m_run.tallies[call.target];
    ++tally.calls;
    tally.costNanos += cost.amount.value_or(Money()).nanos();
    tally.unknownPriceCalls += cost.amount ? 0 : 1;
    tally.estimated |= cost.estimated;
    if (call.drawn) {
        journey.m_drawn.push_back({journey.end().request,
                                   call.target,
                                   call.source,
                                   call.window,
                                   call.total.count(),
                                   cost.amount.value_or(Money()).nanos(),
                                   false});
    }
    const auto used = call.usage ? call.usage->promptTokens + call.usage->completionTokens : 0;
    const TargetId target = call.grant->target;
    m_upstreams.settle(*call.grant, outcome, used, m_now);
    if (m_hasBudgets) {
        m_budgets.settle(request.facts.client,
                         target,
                         call.reserved,
                         cost.amount.value_or(Money()),
                         request.arrived);
    }
    learn(journey, call, outcome);
    if (outcome.outcome != OutcomeClass::Success) {
        AttemptRecord ended;
        ended.target = target;
        ended.outcome = outcome.outcome;
        ended.hint = outcome.hint;
        journey.noteEnded(std::move(ended));
    }
    if (resilience::policyFor(outcome.outcome).breaker == BreakerEffect::Counts) {
        countTrips();
    }
}

void Replayer::learn(const Journey &journey, const Call &call, const Outcome &outcome)
{
    const auto effect = resilience::policyFor(outcome.outcome).breaker;
    if (!m_learns || effect == BreakerEffect::Ignores) {
        return;
    }
    routing::Observation seen;
    seen.failed = effect == BreakerEffect::Counts;
    seen.firstToken = call.firstToken;
    seen.total = call.total;
    if (call.usage) {
        seen.promptTokens = call.usage->promptTokens;
        seen.cachedTokens = call.usage->cachedTokens;
        seen.outputTokens = call.usage->completionTokens;
    }
    const TargetId target(m_run.targets.name(call.target));
    m_experience.observe(target, m_traffic.tasks().name(journey.recorded().task), seen, m_now);
    m_outliers.look(journey.route(), m_experience, m_now);
}

void Replayer::countTrips()
{
    for (const auto &target : m_upstreams.targets()) {
        for (const resilience::Transition &change : target->breaker.takeTransitions()) {
            if (change.to == resilience::BreakerState::Open && change.from != change.to) {
                ++m_run.tallies[numberOf(target->id)].trips;
            }
        }
    }
}

} // namespace signalbox::replay
