// SPDX-License-Identifier: Apache-2.0
// Counts in one pass what a text shows of each task feature.
#pragma once

#include "core/routing/task_cues.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace signalbox::routing {

/// Instructions stand at the ends of a message and what they are about between them, so words
/// count near the ends only, shapes everywhere.
struct TaskCounts
{
    std::array<std::uint16_t, kTaskCues> cues{};
    std::uint32_t characters = 0; ///< letters and digits; a CJK character counts as three
    std::uint32_t fences = 0;
    std::uint32_t codeSigns = 0;
    std::uint32_t identifiers = 0; ///< snake_case, camelCase and calls(
    std::uint32_t numbers = 0;
    std::uint32_t sums = 0; ///< numbers beside an arithmetic sign
    std::uint32_t questions = 0; ///< question marks near an end

    friend bool operator==(const TaskCounts &, const TaskCounts &) = default;
};

/// One stretch of a message.
struct TaskWindow
{
    std::string_view text;
    std::size_t leadBytes = 0; ///< from its start, near the message's start
    std::size_t tailBytes = 0; ///< up to its end, near the message's end
};

/// Adds what \p window shows. Any bytes will do.
void count(const TaskWindow &window, TaskCounts &counts);

} // namespace signalbox::routing
