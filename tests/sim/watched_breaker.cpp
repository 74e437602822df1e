// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/watched_breaker.h"

#include <utility>

namespace signalbox::sim {

using gateway::Act;
using resilience::BreakerState;
using resilience::ForcedState;

namespace {

template <typename Value>
void compare(std::string &text, const char *name, Value is, Value mustBe)
{
    if (is != mustBe && text.empty()) {
        text = std::string(name) + " is " + std::to_string(static_cast<int>(is)) + ", must be "
               + std::to_string(static_cast<int>(mustBe));
    }
}

} // namespace

telemetry::BreakerState shown(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        return telemetry::BreakerState::Closed;
    case BreakerState::HalfOpen:
        return telemetry::BreakerState::HalfOpen;
    case BreakerState::Open:
        return telemetry::BreakerState::Open;
    }
    return telemetry::BreakerState::Closed;
}

telemetry::ForcedState shown(ForcedState forced)
{
    switch (forced) {
    case ForcedState::None:
        return telemetry::ForcedState::None;
    case ForcedState::Open:
        return telemetry::ForcedState::Open;
    case ForcedState::Closed:
        return telemetry::ForcedState::Closed;
    }
    return telemetry::ForcedState::None;
}

Place Place::of(const ProviderSettings &settings)
{
    return {settings.id, settings.kind, settings.baseUrl};
}

WatchedBreaker::WatchedBreaker(TargetId id, Place place, const BreakerSettings &settings)
    : m_id(std::move(id))
    , m_place(std::move(place))
    , m_settings(settings)
    , m_model(settings)
{}

void WatchedBreaker::admit(gateway::AttemptId attempt, SteadyTime now)
{
    passTime(now);
    m_model.admitted(attempt, now);
}

WatchedBreaker::Verdict WatchedBreaker::end(gateway::AttemptId attempt,
                                            OutcomeClass outcome,
                                            bool teaches,
                                            SteadyTime now)
{
    passTime(now);
    const std::size_t index = m_model.indexOf(attempt);
    const auto before = m_model.inAir()[index];
    const BreakerLesson lesson = teaches ? lessonOf(outcome) : BreakerLesson::Nothing;
    switch (lesson) {
    case BreakerLesson::Success:
        m_model.succeeded(index);
        break;
    case BreakerLesson::Counts:
    case BreakerLesson::CountsForProvider:
        m_model.failed(index, now);
        break;
    case BreakerLesson::Nothing:
        m_model.released(index);
        break;
    }
    noteIfChanged(now);
    return {before.probe, lesson != BreakerLesson::Nothing && !before.unheard};
}

void WatchedBreaker::failedElsewhere(SteadyTime now)
{
    passTime(now);
    m_model.failedElsewhere(now);
    noteIfChanged(now);
}

void WatchedBreaker::operate(Act act, std::optional<Millis> duration, SteadyTime now)
{
    passTime(now);
    const bool drain = act == Act::Drain;
    switch (act) {
    case Act::Trip:
    case Act::Hold:
        force(act, duration, now);
        note(now);
        break;
    case Act::Reset:
        m_model.reset();
        note(now);
        break;
    case Act::Drain:
    case Act::Undrain:
        if (m_model.isDrained() != drain) {
            m_model.setDrained(drain);
            note(now);
        }
        break;
    }
}

void WatchedBreaker::force(Act act, std::optional<Millis> duration, SteadyTime now)
{
    const auto until = duration ? std::optional<SteadyTime>(now + *duration) : std::nullopt;
    m_model.force(act == Act::Trip ? ForcedState::Open : ForcedState::Closed, until);
}

void WatchedBreaker::apply(const BreakerSettings &settings, SteadyTime now)
{
    passTime(now);
    if (settings != m_settings) {
        m_settings = settings;
        m_model.apply(settings, now);
    }
}

/// A force that ends and a time to probe may both lie behind; the earlier one was first.
void WatchedBreaker::passTime(SteadyTime now)
{
    const bool probes = m_state == BreakerState::Open && m_model.state(now) != BreakerState::Open;
    const bool freed = m_forced != ForcedState::None && m_model.forced(now) == ForcedState::None;
    const auto beginProbing = [&] {
        m_changes.push_back({m_model.probingAt(), m_state, BreakerState::HalfOpen, m_forced});
        m_state = BreakerState::HalfOpen;
    };
    const bool freedFirst = probes && freed && *m_model.forcedUntil() < m_model.probingAt();
    if (probes && !freedFirst) {
        beginProbing();
    }
    if (freed) {
        m_forced = ForcedState::None;
        m_changes.push_back({*m_model.forcedUntil(), m_state, m_state, m_forced});
    }
    if (freedFirst) {
        beginProbing();
    }
}

void WatchedBreaker::note(SteadyTime at)
{
    const BreakerState before = std::exchange(m_state, m_model.state(at));
    m_forced = m_model.forced(at);
    m_changes.push_back({at, before, m_state, m_forced});
}

void WatchedBreaker::noteIfChanged(SteadyTime now)
{
    if (m_model.state(now) != m_state) {
        note(now);
    }
}

std::optional<std::string> WatchedBreaker::differenceTo(const telemetry::TargetView &view,
                                                        SteadyTime now) const
{
    std::string text;
    compare(text, "breaker state", view.breaker.state, shown(m_model.state(now)));
    compare(text, "force", view.breaker.forced, shown(m_model.forced(now)));
    compare(text, "drained", view.breaker.drained, m_model.isDrained());
    compare(text, "probes out", view.breaker.probesOut, m_model.probesOut());
    compare(text, "in flight", view.inFlight, inFlight());
    if (m_model.state(now) == BreakerState::Closed) {
        const int failures = m_model.failuresThatMatter();
        compare(text, "failures", view.breaker.failures, failures);
    }
    return text.empty() ? std::nullopt : std::optional(m_id.name() + ": " + text);
}

} // namespace signalbox::sim
