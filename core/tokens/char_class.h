// SPDX-License-Identifier: Apache-2.0
// What the split patterns of tokenizers ask of a character, by Unicode's general categories.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace signalbox::tokens {

enum class CharClass : std::uint8_t {
    Lower, ///< Ll
    Upper, ///< Lu, Lt
    Caseless, ///< Lm, Lo
    Mark, ///< M
    Number, ///< N
    Break, ///< \r and \n
    Blank, ///< other White_Space
    Other,
};

/// \p{L}
[[nodiscard]] constexpr bool isLetter(CharClass c)
{
    return c <= CharClass::Caseless;
}
/// \s
[[nodiscard]] constexpr bool isSpace(CharClass c)
{
    return c == CharClass::Break || c == CharClass::Blank;
}

/// One character and how many bytes it takes.
struct Char
{
    CharClass cls = CharClass::Other;
    std::uint8_t bytes = 1;
};

/// The character at \p at, which is within \p text. A byte that is not UTF-8 is Other.
[[nodiscard]] Char charAt(std::string_view text, std::size_t at);

} // namespace signalbox::tokens
