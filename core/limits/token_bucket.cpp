// SPDX-License-Identifier: Apache-2.0
#include "core/limits/token_bucket.h"

#include "core/base/check.h"

#include <algorithm>
#include <cmath>

namespace signalbox::limits {
namespace {

constexpr Nanos kMinute = std::chrono::minutes(1);
// A debt of an hour is more than any caller waits for, and keeps the arithmetic in range.
constexpr Nanos kDebtMax = std::chrono::hours(1);

} // namespace

TokenBucket::TokenBucket(std::int64_t perMinute)
    : m_perMinute(perMinute)
{
    SB_CHECK(perMinute >= 1);
}

Nanos TokenBucket::timeToRefill(std::int64_t count) const
{
    const double minutes = static_cast<double>(count) / static_cast<double>(m_perMinute);
    const double limit = static_cast<double>(kDebtMax.count());
    const double nanos = std::clamp(minutes * static_cast<double>(kMinute.count()), -limit, limit);
    return Nanos{std::llround(nanos)};
}

std::int64_t TokenBucket::available(SteadyTime now) const
{
    const Nanos missing = std::max(m_fullAt, now) - now;
    const double share = 1.0
                         - static_cast<double>(missing.count())
                               / static_cast<double>(kMinute.count());
    // A rounded nanosecond must not cost a whole token on display.
    constexpr double kSlack = 1e-6;
    return static_cast<std::int64_t>(std::floor(share * static_cast<double>(m_perMinute) + kSlack));
}

SteadyTime TokenBucket::availableAt(std::int64_t count, SteadyTime now) const
{
    if (count <= 0) {
        return now;
    }
    const Nanos needed = std::min(timeToRefill(count), kMinute);
    return std::max(now, std::max(m_fullAt, now) + needed - kMinute);
}

bool TokenBucket::tryTake(std::int64_t count, SteadyTime now)
{
    if (availableAt(count, now) > now) {
        return false;
    }
    settle(std::max<std::int64_t>(count, 0), now);
    return true;
}

void TokenBucket::settle(std::int64_t count, SteadyTime now)
{
    m_fullAt = std::min(std::max(m_fullAt, now) + timeToRefill(count), now + kDebtMax);
}

void TokenBucket::setPerMinute(std::int64_t perMinute)
{
    SB_CHECK(perMinute >= 1);
    m_perMinute = perMinute;
}

} // namespace signalbox::limits
