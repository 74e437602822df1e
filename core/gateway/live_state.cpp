// SPDX-License-Identifier: Apache-2.0
// What the gateway owns, as telemetry shows it.
#include "core/gateway/gateway.h"

#include <utility>

namespace signalbox::gateway {

namespace {

using resilience::Transition;

telemetry::BreakerState shown(resilience::BreakerState state)
{
    switch (state) {
    case resilience::BreakerState::Closed:
        return telemetry::BreakerState::Closed;
    case resilience::BreakerState::HalfOpen:
        return telemetry::BreakerState::HalfOpen;
    case resilience::BreakerState::Open:
        return telemetry::BreakerState::Open;
    }
    return telemetry::BreakerState::Closed;
}

telemetry::ForcedState shown(resilience::ForcedState forced)
{
    switch (forced) {
    case resilience::ForcedState::None:
        return telemetry::ForcedState::None;
    case resilience::ForcedState::Open:
        return telemetry::ForcedState::Open;
    case resilience::ForcedState::Closed:
        return telemetry::ForcedState::Closed;
    }
    return telemetry::ForcedState::None;
}

SystemTime onWall(SteadyTime at, Now now)
{
    return now.system + std::chrono::duration_cast<Micros>(at - now.steady);
}

std::optional<SystemTime> onWall(std::optional<SteadyTime> at, Now now)
{
    return at ? std::optional(onWall(*at, now)) : std::nullopt;
}

/// `server_error, server_error, first_token_timeout in 41 s`
std::string causeText(const resilience::BreakerCause &cause)
{
    std::string text;
    for (const OutcomeClass outcome : cause.outcomes) {
        text += text.empty() ? "" : ", ";
        text += toString(outcome);
    }
    if (cause.probe) {
        return "probe failed: " + text;
    }
    if (cause.outcomes.size() > 1) {
        const auto seconds = std::chrono::ceil<Seconds>(cause.span).count();
        text += " in " + std::to_string(seconds) + " s";
    }
    return text;
}

std::string transitionText(const Transition &transition)
{
    const std::string asked = transition.reason.empty() ? "" : " (" + transition.reason + ")";
    switch (transition.why) {
    case Transition::Why::FailureRun:
    case Transition::Why::ProbeFailed:
        return causeText(transition.cause) + asked;
    case Transition::Why::ProbeSucceeded:
        return "probe succeeded" + asked;
    case Transition::Why::TimeToProbe:
        return "time to probe";
    case Transition::Why::Tripped:
        return "tripped: " + transition.reason;
    case Transition::Why::Held:
        return "held: " + transition.reason;
    case Transition::Why::ForceExpired:
        return "the force expired";
    case Transition::Why::Reset:
        return "reset: " + transition.reason;
    case Transition::Why::Drained:
        return "drained: " + transition.reason;
    case Transition::Why::Undrained:
        return "undrained: " + transition.reason;
    }
    return {};
}

telemetry::BreakerView viewOf(const resilience::CircuitBreaker &breaker, Now now)
{
    telemetry::BreakerView view;
    view.state = shown(breaker.state(now.steady));
    view.forced = shown(breaker.forced(now.steady));
    view.forcedReason = breaker.forcedReason();
    if (view.forced != telemetry::ForcedState::None) {
        view.forcedUntil = onWall(breaker.forcedUntil(), now);
    }
    view.drained = breaker.isDrained();
    view.failures = breaker.failures();
    view.failuresToOpen = breaker.settings().failures;
    view.cause = causeText(breaker.cause());
    view.changedAt = onWall(breaker.changedAt(), now);
    if (view.state == telemetry::BreakerState::Open) {
        view.retryAt = onWall(breaker.retryAt(now.steady), now);
    }
    view.probesOut = breaker.probesOut();
    return view;
}

telemetry::HeadRoom shown(const ProviderState &provider)
{
    telemetry::HeadRoom room;
    room.requestsLimit = provider.headRoom.requests.limit;
    room.requestsRemaining = provider.headRoom.requests.remaining;
    room.tokensLimit = provider.headRoom.tokens.limit;
    room.tokensRemaining = provider.headRoom.tokens.remaining;
    room.asOf = provider.headRoomAt;
    return room;
}

std::vector<telemetry::KeyView> keyViews(const ProviderState &provider, Now now)
{
    std::vector<telemetry::KeyView> views;
    const auto states = provider.keys.status(now.steady);
    for (std::size_t i = 0; i < provider.keyNames.size() && i < states.size(); ++i) {
        views.push_back({provider.keyNames[i],
                         states[i].disabled,
                         states[i].reason,
                         onWall(states[i].coolsUntil, now),
                         states[i].inUse});
    }
    return views;
}

} // namespace

/// Hands the breakers' changes on, including those that time alone has brought.
void Gateway::publishTransitions(Now now)
{
    for (const auto &target : m_upstreams.targets()) {
        target->breaker.advance(now.steady);
        for (const Transition &transition : target->breaker.takeTransitions()) {
            m_telemetry.breakerChanged({onWall(transition.at, now),
                                        target->id,
                                        shown(transition.from),
                                        shown(transition.to),
                                        shown(transition.forced),
                                        transitionText(transition)});
        }
    }
    for (const auto &provider : m_upstreams.providers()) {
        if (provider->headRoomAt) {
            m_telemetry.headRoom(provider->id, shown(*provider));
        }
    }
}

telemetry::LiveState Gateway::liveState(Now now) const
{
    telemetry::LiveState live;
    live.version = m_options.version;
    live.listen = m_listen;
    live.configRevision = m_configuration->revision;
    live.requestsInFlight = static_cast<int>(m_exchanges.size());
    live.ledger = m_ledger;
    live.budgets = m_budgets.clients().views(now.system);
    live.cache = m_cache.live();
    for (const auto &target : m_upstreams.targets()) {
        live.targets[target->id] = {viewOf(target->breaker, now), target->inFlight, {}};
    }
    for (const auto &[route, ejection] : m_outliers.all(now.steady)) {
        live.targets[ejection.target].ejections.push_back(
            {route, onWall(ejection.until, now), ejection.timesSlower});
    }
    for (const auto &provider : m_upstreams.providers()) {
        live.providers[provider->id] = {keyViews(*provider, now),
                                        provider->disabled,
                                        m_budgets.providers().view(provider->id, now.system)};
    }
    return live;
}

} // namespace signalbox::gateway
