// SPDX-License-Identifier: Apache-2.0
// The character classes and numbers of RFC 9110, as questions about whole strings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace signalbox::http {

/// One or more token characters (RFC 9110 section 5.6.2): methods, header names.
[[nodiscard]] bool isToken(std::string_view text);
/// No control characters but tab; bytes from 0x80 on pass. An empty value is one.
[[nodiscard]] bool isFieldValue(std::string_view text);
/// Printable ASCII without blanks, possibly nothing.
[[nodiscard]] bool isVisible(std::string_view text);
/// 0 to 15, or -1 if \p c is no hexadecimal digit.
[[nodiscard]] int hexValue(char c);
/// Decimal digits only, at most 18 of them, so that it cannot overflow.
[[nodiscard]] std::optional<std::uint64_t> parseDecimal(std::string_view text);
/// One to sixteen hexadecimal digits.
[[nodiscard]] std::optional<std::uint64_t> parseHexadecimal(std::string_view text);
/// The place of the first CR or LF, or the size of \p text.
[[nodiscard]] std::size_t findLineBreak(std::string_view text);
/// Takes what precedes the next \p separator, and that, off the front of \p list; tabs and blanks
/// around it are dropped.
std::string_view takeElement(std::string_view &list, char separator = ',');

} // namespace signalbox::http
