// SPDX-License-Identifier: Apache-2.0
#include "core/resilience/attempt_budget.h"

#include "core/base/check.h"

#include <algorithm>

namespace signalbox::resilience {

AttemptBudget::AttemptBudget(const RetrySettings &settings, Millis deadline, SteadyTime arrived)
    : m_settings(settings)
    , m_deadlineAt(arrived + deadline)
{}

Nanos AttemptBudget::timeLeft(SteadyTime now) const
{
    return std::max(m_deadlineAt - now, Nanos{0});
}

bool AttemptBudget::mayBegin(SteadyTime now) const
{
    return left() > 0 && now < m_deadlineAt;
}

bool AttemptBudget::mayRepeat(const TargetId &target, SteadyTime now) const
{
    return mayBegin(now) && repeatsOf(target) < m_settings.sameTarget;
}

int AttemptBudget::repeatsOf(const TargetId &target) const
{
    const auto found = std::ranges::find(m_repeats, target, &std::pair<TargetId, int>::first);
    return found == m_repeats.end() ? 0 : found->second;
}

void AttemptBudget::begin(SteadyTime now)
{
    SB_CHECK(mayBegin(now));
    ++m_begun;
}

int AttemptBudget::countRepeat(const TargetId &target)
{
    const auto found = std::ranges::find(m_repeats, target, &std::pair<TargetId, int>::first);
    if (found != m_repeats.end()) {
        return ++found->second;
    }
    m_repeats.push_back({target, 1});
    return 1;
}

} // namespace signalbox::resilience
