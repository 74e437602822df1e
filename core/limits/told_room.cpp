// SPDX-License-Identifier: Apache-2.0
#include "core/limits/told_room.h"

#include <cmath>

namespace signalbox::limits {
namespace {

/// A provider's word is not followed for longer than anybody waits.
constexpr Millis kResetMax = std::chrono::hours(1);

} // namespace

void ToldRoom::tell(const ToldLimit &word, SteadyTime now)
{
    if (!word.remaining || !word.resetIn) {
        return;
    }
    m_left = std::max<std::int64_t>(*word.remaining, 0);
    m_limit = std::max<std::int64_t>(word.limit.value_or(0), 0);
    m_saidAt = now;
    m_resetAt = now + std::clamp(*word.resetIn, Millis(0), kResetMax);
}

SteadyTime ToldRoom::roomAt(std::int64_t count, SteadyTime now) const
{
    if (now >= m_resetAt || count <= m_left) {
        return now;
    }
    if (m_limit <= 0) {
        return m_resetAt;
    }
    // What was left when it was said, and grows from there to the limit.
    const auto missing = static_cast<double>(std::min(count, m_limit) - m_left);
    const auto growth = static_cast<double>(std::max<std::int64_t>(m_limit - m_left, 1));
    const auto span = static_cast<double>((m_resetAt - m_saidAt).count());
    const Nanos wait{std::llround(std::min(missing / growth, 1.0) * span)};
    return std::clamp(m_saidAt + wait, now, m_resetAt);
}

} // namespace signalbox::limits
