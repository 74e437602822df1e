// SPDX-License-Identifier: Apache-2.0
// How many upstream calls one request may still make, and how much time is left for them.
#pragma once

#include "core/base/time.h"
#include "core/domain/ids.h"
#include "core/domain/settings.h"

#include <utility>
#include <vector>

namespace signalbox::resilience {

/// One request's attempts over all targets, and its deadline.
class AttemptBudget
{
public:
    AttemptBudget(const RetrySettings &settings, Millis deadline, SteadyTime arrived);

    [[nodiscard]] int begun() const { return m_begun; }
    [[nodiscard]] int left() const { return m_settings.attempts - m_begun; }
    [[nodiscard]] SteadyTime deadlineAt() const { return m_deadlineAt; }
    /// Never negative.
    [[nodiscard]] Nanos timeLeft(SteadyTime now) const;
    [[nodiscard]] bool mayBegin(SteadyTime now) const;
    /// True when \p target may be asked once more after a failure that calls for it: attempts are
    /// left and it was repeated fewer than `same_target` times.
    [[nodiscard]] bool mayRepeat(const TargetId &target, SteadyTime now) const;
    [[nodiscard]] int repeatsOf(const TargetId &target) const;

    /// An upstream call begins. \pre mayBegin(now)
    void begin(SteadyTime now);
    /// A call was one of several that its request takes: there may be one more than was set.
    void extend() { ++m_settings.attempts; }
    /// The next call will be a repeat at \p target; its number there, from 1, for the backoff.
    int countRepeat(const TargetId &target);

private:
    RetrySettings m_settings;
    SteadyTime m_deadlineAt;
    int m_begun = 0;
    std::vector<std::pair<TargetId, int>> m_repeats;
};

} // namespace signalbox::resilience
