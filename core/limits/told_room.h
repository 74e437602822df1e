// SPDX-License-Identifier: Apache-2.0
// What is left of a provider's own limit, by its last word on it.
#pragma once

#include "core/base/time.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace signalbox::limits {

/// A provider's word: so much of \a limit is left, all of it again in \a resetIn.
struct ToldLimit
{
    std::optional<std::int64_t> limit;
    std::optional<std::int64_t> remaining;
    std::optional<Millis> resetIn;
};

/// One limit of one key at one target. Between the word and its reset what is left grows evenly, as
/// in OpenAI's and Anthropic's token buckets; where the limit itself was not told, all at once. From
/// the reset on nothing is known, and nothing is in the way.
class ToldRoom
{
public:
    /// A word without a figure or a time teaches nothing.
    void tell(const ToldLimit &word, SteadyTime now);
    /// \p count are begun; negative: were not after all.
    void take(std::int64_t count) { m_left -= count; }
    /// When \p count can be taken, \p now if at once; at the reset at the latest.
    [[nodiscard]] SteadyTime roomAt(std::int64_t count, SteadyTime now) const;

private:
    std::int64_t m_left = 0;
    std::int64_t m_limit = 0; ///< 0: not told
    SteadyTime m_saidAt{};
    SteadyTime m_resetAt = SteadyTime::min();
};

/// Both limits of a key at a target.
struct ToldRooms
{
    ToldRoom requests;
    ToldRoom tokens;

    /// One request of so many tokens is begun.
    void take(std::int64_t count)
    {
        requests.take(1);
        tokens.take(count);
    }
    [[nodiscard]] SteadyTime roomAt(std::int64_t count, SteadyTime now) const
    {
        return std::max(requests.roomAt(1, now), tokens.roomAt(count, now));
    }
};

} // namespace signalbox::limits
