// SPDX-License-Identifier: Apache-2.0
// What a request wants done, in the words that rules and reports use.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace signalbox {

enum class Task : std::uint8_t {
    Chat, ///< talk, questions of knowledge, advice
    Code, ///< write, explain or repair a program
    Translation,
    Summary,
    Extraction, ///< named things out of a text
    Reasoning, ///< arithmetic, proofs, puzzles
    Other, ///< writing, rewriting, classifying, or nothing to go by
};

inline constexpr std::array kTasks = {
    Task::Chat,
    Task::Code,
    Task::Translation,
    Task::Summary,
    Task::Extraction,
    Task::Reasoning,
    Task::Other,
};

/// As written in rules: `chat`, `code`, ...
std::string_view toString(Task task);
std::optional<Task> taskFromString(std::string_view name);

} // namespace signalbox
