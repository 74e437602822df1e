// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/breaker_watch.h"

#include "core/base/check.h"

#include <algorithm>
#include <utility>

namespace signalbox::sim {

namespace {

/// A limit's room comes between two microseconds, in which people's times are told.
constexpr Micros kRounding{2};

std::string textOf(const telemetry::BreakerTransition &change)
{
    return std::string(telemetry::toString(change.from)) + " -> "
           + std::string(telemetry::toString(change.to)) + " forced "
           + std::to_string(static_cast<int>(change.forced)) + " at " + toIso8601(change.at);
}

} // namespace

void BreakerWatch::begin()
{
    m_breakers.clear();
    m_last.reset();
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
                                          bool teaches,
                                          SteadyTime now)
{
    if (teaches && lessonOf(outcome) == BreakerLesson::CountsForProvider) {
        for (const auto &other : m_breakers) {
            if (other.get() != &breaker && other->place() == breaker.place()) {
                other->failedElsewhere(now);
            }
        }
    }
    return breaker.end(attempt, outcome, teaches, now);
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
