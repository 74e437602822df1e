// SPDX-License-Identifier: Apache-2.0
// What in a text makes tokens, counted in one quick pass: words, long words, signs, ideographs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace signalbox::tokens {

/// One thing that is counted. Runs are of bytes of one kind; "letter" is one of ASCII.
enum class Trait : std::uint8_t {
    Word, ///< run of letters
    Letter4, ///< letter that is at least the fourth of its word
    Letter6,
    Letter12,
    Hump, ///< capital after a small letter
    Capitals, ///< capital after a capital
    Number, ///< run of digits
    Digit,
    SpacedNumber, ///< run of digits after a blank, which is then a token by itself
    Blanks, ///< run of two blanks or more; a single one belongs to the word after it
    Break, ///< run of line ends
    BreakAfterSign, ///< often one token with the sign
    Sign, ///< run of ASCII's signs
    Sign2, ///< sign that is at least the second of its run
    Sign4,
    SignAfterWord, ///< run of signs after a letter
    WordAfterSign, ///< word after a sign, often one token with it
    Quote,
    Underscore,
    Han, ///< ideograph of the basic plane
    HanRun,
    SpacedHan, ///< run of ideographs after a blank
    CjkSign, ///< full-width punctuation and its like
    Kana,
    Hangul,
    Typographic, ///< dashes, curly quotes, arrows: what UTF-8 begins with E2
    Latin, ///< letter with an accent
    Alphabetic, ///< other letters of two bytes: Greek, Cyrillic, Hebrew, Arabic
    Syllabic, ///< three bytes: Indic scripts, Thai, Georgian
    Astral, ///< four bytes: emoji, rare ideographs
    Control, ///< other bytes below the blank
};

inline constexpr std::size_t kTraits = static_cast<std::size_t>(Trait::Control) + 1;

/// How often each occurs. Of several texts the sum.
struct TextTraits
{
    std::array<std::int64_t, kTraits> counts{};

    [[nodiscard]] std::int64_t operator[](Trait trait) const
    {
        return counts[static_cast<std::size_t>(trait)];
    }
    TextTraits &operator+=(const TextTraits &other)
    {
        for (std::size_t i = 0; i < kTraits; ++i) {
            counts[i] += other.counts[i];
        }
        return *this;
    }
    friend bool operator==(const TextTraits &, const TextTraits &) = default;
};

/// Adds those of \p text, more than a gigabyte a second; any bytes will do.
void addTraits(std::string_view text, TextTraits &sum);

} // namespace signalbox::tokens
