// SPDX-License-Identifier: Apache-2.0
#include "core/resilience/circuit_breaker.h"

#include "core/base/bounds.h"
#include "core/base/check.h"

#include <algorithm>
#include <utility>

namespace signalbox::resilience {
CircuitBreaker::CircuitBreaker(const BreakerSettings &settings)
    : m_settings(settings)
{
    SB_CHECK(settings.failures >= 1 && settings.probes >= 1);
}

BreakerState CircuitBreaker::state(SteadyTime now) const
{
    const bool timeToProbe = m_state == BreakerState::Open && now >= probingAt();
    return timeToProbe ? BreakerState::HalfOpen : m_state;
}

ForcedState CircuitBreaker::forced(SteadyTime now) const
{
    const bool expired = m_forcedUntil && now >= *m_forcedUntil;
    return expired ? ForcedState::None : m_forced;
}

BreakerState CircuitBreaker::effectiveState(SteadyTime now) const
{
    switch (forced(now)) {
    case ForcedState::Open:
        return BreakerState::Open;
    case ForcedState::Closed:
        return BreakerState::Closed;
    case ForcedState::None:
        break;
    }
    const BreakerState calculated = state(now);
    const bool allProbesOut = m_probesOut >= m_settings.probes;
    return calculated == BreakerState::HalfOpen && allProbesOut ? BreakerState::Open : calculated;
}

bool CircuitBreaker::isAvailable(SteadyTime now) const
{
    return !m_drained && effectiveState(now) != BreakerState::Open;
}

std::optional<SteadyTime> CircuitBreaker::retryAt(SteadyTime now) const
{
    if (m_drained || effectiveState(now) != BreakerState::Open) {
        return std::nullopt;
    }
    const bool isForced = forced(now) == ForcedState::Open;
    if (isForced && !m_forcedUntil) {
        return std::nullopt;
    }
    const bool probing = state(now) == BreakerState::HalfOpen;
    if (probing && m_probesOut >= m_settings.probes) {
        return std::nullopt;
    }
    const SteadyTime calculated = state(now) == BreakerState::Open ? probingAt() : now;
    return isForced ? std::max(calculated, *m_forcedUntil) : calculated;
}

std::optional<Ticket> CircuitBreaker::admit(SteadyTime now)
{
    advance(now);
    if (!isAvailable(now)) {
        return std::nullopt;
    }
    return newTicket();
}

Ticket CircuitBreaker::newTicket()
{
    if (m_state == BreakerState::Closed) {
        return Ticket{.era = m_era, .probe = false};
    }
    if (m_state == BreakerState::HalfOpen && m_probesOut < m_settings.probes) {
        ++m_probesOut;
        return Ticket{.era = m_era, .probe = true};
    }
    // Held closed: the request passes, but beyond what the calculated state would have asked.
    return Ticket{};
}

bool CircuitBreaker::succeeded(Ticket ticket, SteadyTime now, std::string source)
{
    advance(now);
    if (!learnsFrom(ticket)) {
        return false;
    }
    const BreakerState from = m_state;
    SB_CHECK(from != BreakerState::Open);
    close();
    if (from == BreakerState::HalfOpen) {
        record(now, Transition::Why::ProbeSucceeded, from, std::move(source));
    }
    return true;
}

bool CircuitBreaker::failed(Ticket ticket, SteadyTime now, OutcomeClass cause, std::string source)
{
    advance(now);
    if (!learnsFrom(ticket)) {
        return false;
    }
    SB_CHECK(m_state != BreakerState::Open);
    learnFailure(now, cause, std::move(source));
    return true;
}

void CircuitBreaker::failedElsewhere(SteadyTime now, OutcomeClass cause)
{
    advance(now);
    if (m_state != BreakerState::Open) {
        learnFailure(now, cause);
    }
}

void CircuitBreaker::learnFailure(SteadyTime now, OutcomeClass cause, std::string source)
{
    if (m_state == BreakerState::HalfOpen) {
        ++m_failures;
        open(now,
             BreakerCause{.outcomes = {cause}, .span = Nanos{0}, .probe = true},
             std::move(source));
    } else {
        countFailure(now, cause, std::move(source));
    }
}

void CircuitBreaker::released(Ticket ticket, SteadyTime now)
{
    advance(now);
    // A probe that outlived its half-open phase holds no slot any more.
    if (ticket.probe && learnsFrom(ticket) && m_state == BreakerState::HalfOpen) {
        SB_CHECK(m_probesOut > 0);
        --m_probesOut;
    }
}

void CircuitBreaker::countFailure(SteadyTime now, OutcomeClass cause, std::string source)
{
    m_run.push_back({now, cause});
    while (now - m_run.front().at > m_settings.window) {
        m_run.pop_front(); // can never again be within the window of a newer one
    }
    m_failures = static_cast<int>(m_run.size());
    if (m_failures < m_settings.failures) {
        return;
    }
    BreakerCause run{.outcomes = {}, .span = now - m_run.front().at, .probe = false};
    for (const CountedFailure &failure : m_run) {
        run.outcomes.push_back(failure.cause);
    }
    open(now, std::move(run), std::move(source));
}

void CircuitBreaker::open(SteadyTime now, BreakerCause cause, std::string source)
{
    const BreakerState from = std::exchange(m_state, BreakerState::Open);
    m_openedAt = now;
    m_cause = std::move(cause);
    m_run.clear();
    beginEra();
    record(now,
           m_cause.probe ? Transition::Why::ProbeFailed : Transition::Why::FailureRun,
           from,
           std::move(source));
}

void CircuitBreaker::close()
{
    m_state = BreakerState::Closed;
    m_probesOut = 0;
    m_failures = 0;
    m_run.clear();
    m_cause = {};
}

void CircuitBreaker::beginEra()
{
    ++m_era;
    m_probesOut = 0;
}

void CircuitBreaker::trip(SteadyTime now, std::optional<Millis> duration, std::string reason)
{
    force(now, ForcedState::Open, duration);
    m_forcedReason = reason;
    record(now, Transition::Why::Tripped, m_state, std::move(reason));
}

void CircuitBreaker::hold(SteadyTime now, std::optional<Millis> duration, std::string reason)
{
    force(now, ForcedState::Closed, duration);
    m_forcedReason = reason;
    record(now, Transition::Why::Held, m_state, std::move(reason));
}

void CircuitBreaker::force(SteadyTime now, ForcedState forced, std::optional<Millis> duration)
{
    advance(now);
    m_forced = forced;
    m_forcedUntil.reset();
    if (duration) {
        m_forcedUntil = now + *duration;
    }
}

void CircuitBreaker::reset(SteadyTime now, std::string reason)
{
    advance(now);
    const BreakerState from = m_state;
    close();
    beginEra();
    m_forced = ForcedState::None;
    m_forcedUntil.reset();
    m_forcedReason.clear();
    record(now, Transition::Why::Reset, from, std::move(reason));
}

void CircuitBreaker::drain(SteadyTime now, std::string reason)
{
    advance(now);
    if (!std::exchange(m_drained, true)) {
        record(now, Transition::Why::Drained, m_state, std::move(reason));
    }
}

void CircuitBreaker::undrain(SteadyTime now, std::string reason)
{
    advance(now);
    if (std::exchange(m_drained, false)) {
        record(now, Transition::Why::Undrained, m_state, std::move(reason));
    }
}

void CircuitBreaker::apply(const BreakerSettings &settings, SteadyTime now)
{
    SB_CHECK(settings.failures >= 1 && settings.probes >= 1);
    advance(now);
    if (settings == m_settings) {
        return;
    }
    m_settings = settings;
    beginEra();
}

void CircuitBreaker::advance(SteadyTime now)
{
    const bool forceEndsFirst = m_forcedUntil && *m_forcedUntil < probingAt();
    if (forceEndsFirst) {
        endForce(now);
    }
    beginProbing(now);
    endForce(now);
}

void CircuitBreaker::beginProbing(SteadyTime now)
{
    if (m_state == BreakerState::Open && now >= probingAt()) {
        m_state = BreakerState::HalfOpen;
        record(probingAt(), Transition::Why::TimeToProbe, BreakerState::Open);
    }
}

void CircuitBreaker::endForce(SteadyTime now)
{
    if (!m_forcedUntil || now < *m_forcedUntil) {
        return;
    }
    const SteadyTime at = *m_forcedUntil;
    m_forced = ForcedState::None;
    m_forcedUntil.reset();
    m_forcedReason.clear();
    record(at, Transition::Why::ForceExpired, m_state);
}

void CircuitBreaker::record(SteadyTime at,
                            Transition::Why why,
                            BreakerState from,
                            std::string reason)
{
    const bool failure = why == Transition::Why::FailureRun || why == Transition::Why::ProbeFailed;
    m_changedAt = at;
    if (m_transitions.size() == bounds::kTransitionsPendingMax) {
        m_transitions.erase(m_transitions.begin());
    }
    m_transitions.push_back({.at = at,
                             .why = why,
                             .from = from,
                             .to = m_state,
                             .forced = m_forced,
                             .cause = failure ? m_cause : BreakerCause{},
                             .reason = std::move(reason)});
}

std::vector<Transition> CircuitBreaker::takeTransitions()
{
    return std::exchange(m_transitions, {});
}

} // namespace signalbox::resilience
