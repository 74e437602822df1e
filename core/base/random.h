// SPDX-License-Identifier: Apache-2.0
// Chance as a value: a seeded generator passed by reference, so that a run can be repeated.
#pragma once

#include <cstdint>

namespace signalbox {

/// SplitMix64 (Steele, Lea, Flood 2014): small, fast, equal on every platform. Not for secrets.
class Random
{
public:
    explicit constexpr Random(std::uint64_t seed)
        : m_state(seed)
    {}

    constexpr std::uint64_t next()
    {
        m_state += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    /// Uniform in [0, 1).
    constexpr double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
    /// Uniform in [0, bound); 0 when \p bound is 0.
    constexpr std::uint64_t below(std::uint64_t bound)
    {
        return bound == 0 ? 0 : static_cast<std::uint64_t>(unit() * static_cast<double>(bound));
    }

private:
    std::uint64_t m_state;
};

} // namespace signalbox
