// SPDX-License-Identifier: Apache-2.0
// The two clocks as types: steady for intervals, system for people. Only core/runtime reads them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox {

using Nanos = std::chrono::nanoseconds;
using Micros = std::chrono::microseconds;
using Millis = std::chrono::milliseconds;
using Seconds = std::chrono::seconds;

/// For intervals: never jumps. The virtual clock of tests and replay has the same type.
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, Nanos>;
/// For people and records: UTC.
using SystemTime = std::chrono::sys_time<Micros>;

/// One instant on both clocks.
struct Now
{
    SteadyTime steady{};
    SystemTime system{};

    friend bool operator==(const Now &, const Now &) = default;
    /// The instant \p by later (earlier if negative) on both clocks.
    [[nodiscard]] Now operator+(Nanos by) const
    {
        return {steady + by, system + std::chrono::duration_cast<Micros>(by)};
    }
};

/// From \p from to \p to on the steady clock.
inline Micros elapsed(const Now &from, const Now &to)
{
    return std::chrono::duration_cast<Micros>(to.steady - from.steady);
}

/// `2026-11-22T14:03:22.123Z`, always UTC with three decimals (ISO 8601).
std::string toIso8601(SystemTime time);

/// Reads `YYYY-MM-DD`, or the same with `THH:MM[:SS[.fraction]]` and `Z` or `+HH:MM`; without a
/// zone it is UTC. Nothing for anything else, impossible dates included.
std::optional<SystemTime> fromIso8601(std::string_view text);

} // namespace signalbox
