// SPDX-License-Identifier: Apache-2.0
// One form for all spellings of the same JSON: blanks, escapes and, where asked for, the order of
// members make no difference to it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::cache {

enum class MemberOrder : std::uint8_t {
    AsWritten, ///< of schemas: a model answers in the order that they have
    Sorted ///< and members that are null left out
};

/// Appends the canonical form of \p json to \p out. Strings stand there decoded and with their
/// length before them, so that no two values share a form; numbers keep their digits (0.7 and 0.70
/// differ). False for what is not JSON or nested deeper than bounds::kJsonDepthMax; \p out is then
/// of no use.
[[nodiscard]] bool appendCanonical(std::string &out, std::string_view json, MemberOrder order);
/// The same of a string that is decoded already.
void appendCanonicalString(std::string &out, std::string_view text);

/// Calls \p use with each member's name, decoded, and its value as written; false when \p object
/// is not one.
[[nodiscard]] bool forEachMember(
    std::string_view object,
    const std::function<void(const std::string &name, std::string_view value)> &use);
/// The same of an array's elements.
[[nodiscard]] bool forEachElement(std::string_view array,
                                  const std::function<void(std::string_view value)> &use);
/// The text that a JSON string stands for; nothing when \p json is no string.
[[nodiscard]] std::optional<std::string> decodedString(std::string_view json);

} // namespace signalbox::cache
