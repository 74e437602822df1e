// SPDX-License-Identifier: Apache-2.0
// So much per minute, saved up for one minute at most.
#pragma once

#include "core/base/time.h"

#include <cstdint>

namespace signalbox::limits {

/// A bucket that holds one minute's worth and refills evenly; full at the start.
///
/// Kept as one instant, the one at which it will be full again (the generic cell rate algorithm):
/// nothing has to be refilled by a timer and nothing accumulates rounding.
class TokenBucket
{
public:
    /// \pre perMinute is at least 1
    explicit TokenBucket(std::int64_t perMinute);

    [[nodiscard]] std::int64_t perMinute() const { return m_perMinute; }
    /// Whole tokens in it; negative when it is in debt.
    [[nodiscard]] std::int64_t available(SteadyTime now) const;
    /// When \p count can be taken, \p now if at once. More than the bucket holds is had when it is
    /// full, and leaves a debt: refusing it for good would help nobody.
    [[nodiscard]] SteadyTime availableAt(std::int64_t count, SteadyTime now) const;

    [[nodiscard]] bool tryTake(std::int64_t count, SteadyTime now);
    /// Books \p count that were used beyond what was taken; a negative count gives back. May leave
    /// a debt, of one hour of refilling at most; never more than a full bucket.
    void settle(std::int64_t count, SteadyTime now);
    /// Another rate; what is left keeps its share of the bucket.
    void setPerMinute(std::int64_t perMinute);

private:
    [[nodiscard]] Nanos timeToRefill(std::int64_t count) const;

    std::int64_t m_perMinute;
    SteadyTime m_fullAt = SteadyTime::min();
};

} // namespace signalbox::limits
