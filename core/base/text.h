// SPDX-License-Identifier: Apache-2.0
// Text without a locale: ASCII case, trimming, UTF-8, scripts, nearest names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

char toLowerAscii(char c);
std::string toLowerAscii(std::string_view text);
/// Equal but for the case of ASCII letters.
bool equalsIgnoreCase(std::string_view a, std::string_view b);
/// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);
/// Decimal digits only, no sign, within range.
std::optional<std::int64_t> parseInteger(std::string_view text);

/// True when \p bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
bool isUtf8(std::string_view bytes);
/// The code point at \p at, which moves past it; U+FFFD and one byte for what is ill-formed.
char32_t nextCodePoint(std::string_view text, std::size_t &at);
void appendUtf8(std::string &out, char32_t codePoint);
/// Each byte that is not part of well-formed UTF-8 as U+FFFD.
std::string toUtf8(std::string_view bytes);

/// How many bytes at the front stand in a JSON string as they are: up to a quote, a backslash or a
/// control character (RFC 8259 section 7).
std::size_t plainJsonPrefix(std::string_view text);

/// Han, Kana, Hangul, Bopomofo, CJK punctuation and full-width forms.
bool isCjk(char32_t codePoint);

/// The names within a third of the length in edits (Damerau-Levenshtein), nearest first, at most three.
std::vector<std::string> nearestNames(std::string_view wanted,
                                      const std::vector<std::string> &known);

} // namespace signalbox
