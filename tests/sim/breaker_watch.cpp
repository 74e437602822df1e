// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/breaker_watch.h"

#include "core/base/check.h"

#include <algorithm>
#include <utility>

namespace signalbox::sim {

using gateway::Act;
using resilience::BreakerState;
using resilience::ForcedState;

namespace {

/// A limit's room comes between two microseconds, in which people's times are told.
constexpr Micros kRounding{2};

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

template <typename Value>
void compare(std::string &text, const char *name, Value is, Value mustBe)
{
    if (is != mustBe && text.empty()) {
        text = std::string(name) + " is " + std::to_string(static_cast<int>(is)) + ", must be "
               + std::to_string(static_cast<int>(mustBe));
    }
}

std::string textOf(const telemetry::BreakerTransition &change)
{
    return std::string(telemetry::toString(change.from)) + " -> "
           + std::string(telemetry::toString(change.to)) + " forced "
           + std::to_string(static_cast<int>(change.forced)) + " at " + toIso8601(change.at);
}

} // namespace

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
                                            SteadyTime now)
{
    passTime(now);
    const std::size_t index = m_model.indexOf(attempt);
    const auto before = m_model.inAir()[index];
    const BreakerLesson lesson = lessonOf(outcome);
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

void BreakerWatch::configure(const Configuration &configuration, SteadyTime now)
{
    const auto old = std::exchange(m_breakers, {});
    for (const ProviderSettings &provider : configuration.providers) {
        for (const ModelSettings &model : provider.models) {
            const TargetId id(provider.id, model.name);
            const auto known = std::ranges::find_if(old, [&](const auto &breaker) {
                return breaker->id() == id && breaker->place() == Place::of(provider);
            });
            if (known == old.end()) {
                m_breakers.push_back(
                    std::make_shared<WatchedBreaker>(id, Place::of(provider), provider.breaker));
            } else {
                m_breakers.push_back(*known);
                m_breakers.back()->apply(provider.breaker, now);
            }
        }
    }
}

std::shared_ptr<WatchedBreaker> BreakerWatch::find(const TargetId &target) const
{
    const auto found = std::ranges::find(m_breakers, target, [](const auto &breaker) {
        return breaker->id();
    });
    return found == m_breakers.end() ? nullptr : *found;
}

WatchedBreaker::Verdict BreakerWatch::end(WatchedBreaker &breaker,
                                          gateway::AttemptId attempt,
                                          OutcomeClass outcome,
                                          SteadyTime now)
{
    if (lessonOf(outcome) == BreakerLesson::CountsForProvider) {
        for (const auto &other : m_breakers) {
            if (other.get() != &breaker && other->place() == breaker.place()) {
                other->failedElsewhere(now);
            }
        }
    }
    return breaker.end(attempt, outcome, now);
}

std::size_t BreakerWatch::waiting() const
{
    std::size_t count = 0;
    for (const auto &breaker : m_breakers) {
        count += breaker->changes().size();
    }
    return count;
}

std::optional<std::string> BreakerWatch::differenceTo(const telemetry::Snapshot &snapshot)
{
    std::size_t number = 0;
    for (const telemetry::ProviderView &provider : snapshot.providers) {
        for (const telemetry::TargetView &view : provider.targets) {
            SB_CHECK(number < m_breakers.size() && m_breakers[number]->id() == view.target);
            WatchedBreaker &breaker = *m_breakers[number++];
            breaker.passTime(snapshot.at.steady);
            if (auto difference = breaker.differenceTo(view, snapshot.at.steady)) {
                return difference;
            }
        }
    }
    const auto &list = snapshot.transitions;
    const std::size_t fresh = waiting();
    if (list.size() < fresh) {
        return "breaker changes are missing";
    }
    const std::size_t before = list.size() - fresh;
    if (before > 0 && (!m_last || textOf(*m_last) != textOf(list[before - 1]))) {
        return list[before - 1].target.name()
               + ": a breaker change nobody asked for: " + textOf(list[before - 1]);
    }
    for (std::size_t i = before; i < list.size(); ++i) {
        if (auto difference = differenceOf(list[i])) {
            return difference;
        }
    }
    if (!list.empty()) {
        m_last = list.back();
    }
    return std::nullopt;
}

std::optional<std::string> BreakerWatch::differenceOf(const telemetry::BreakerTransition &change)
{
    const auto breaker = find(change.target);
    if (!breaker || breaker->changes().empty()) {
        return change.target.name() + ": a breaker change nobody asked for: " + textOf(change);
    }
    const WatchedBreaker::Change expected = breaker->changes().front();
    breaker->changes().pop_front();
    ++m_compared;
    telemetry::BreakerTransition mustBe = change;
    mustBe.from = shown(expected.from);
    mustBe.to = shown(expected.to);
    mustBe.forced = shown(expected.forced);
    mustBe.at = (m_start + (expected.at - m_start.steady)).system;
    if (std::chrono::abs(mustBe.at - change.at) <= kRounding) {
        mustBe.at = change.at;
    }
    if (textOf(mustBe) == textOf(change)) {
        return std::nullopt;
    }
    return change.target.name() + ": breaker change " + textOf(change) + ", must be "
           + textOf(mustBe);
}

} // namespace signalbox::sim
