// SPDX-License-Identifier: Apache-2.0
// What one replay came to, request by request.
#pragma once

#include "core/base/money.h"
#include "core/base/time.h"
#include "core/replay/outcomes.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace signalbox::replay {

enum class Ending : std::uint8_t {
    Answered,
    Failed,
    Refused, ///< no target had room
    Abandoned,
    Unknown, ///< it went where nothing is on record
};

struct RequestEnd
{
    std::uint32_t request = 0;
    std::uint32_t target = Names::kNone; ///< that answered, or was asked last
    Ending ending = Ending::Answered;
    bool stream = false;
    std::uint16_t priceUnknown = 0; ///< calls
    std::uint16_t calls = 0;
    bool estimated = false;
    bool counts = true; ///< a trial would count it: nobody but the gateway's side is to blame
    std::int64_t totalMicros = 0;
    std::int64_t firstTokenMicros = -1; ///< -1: none
    std::int64_t costNanos = 0;
};

/// A call whose outcome is another's.
struct DrawnCall
{
    std::uint32_t request = 0;
    std::uint32_t target = 0;
    std::uint32_t call = 0; ///< whose outcome it got
    Window window;
    std::int64_t totalMicros = 0;
    std::int64_t costNanos = 0;
    bool answers = false; ///< its request was answered with it
};

struct TargetTally
{
    std::int64_t calls = 0;
    std::int64_t costNanos = 0;
    std::int64_t unknownPriceCalls = 0;
    std::int64_t trips = 0;
    bool estimated = false;
};

struct RuleTally
{
    std::int64_t caught = 0;
    std::int64_t blind = 0;
};

struct Run
{
    std::vector<RequestEnd> ends; ///< in the order of the requests
    std::vector<DrawnCall> drawn;
    Names targets; ///< by number: those of the traffic, then those that only the configuration has
    std::vector<TargetTally> tallies; ///< by target
    std::map<std::pair<std::string, std::string>, RuleTally> rules; ///< by route and rule
};

} // namespace signalbox::replay
