// SPDX-License-Identifier: Apache-2.0
// Cuts a text into the pieces within which a tokenizer may merge bytes.
#pragma once

#include "core/tokens/char_class.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace signalbox::tokens {

/// The regular expressions of tiktoken's openai_public.py and of Qwen's tokenization_qwen.py,
/// written out as code: they need Unicode classes, alternatives in order and a look-ahead.
enum class SplitStyle : std::uint8_t {
    O200k, ///< words end where a capital begins; contractions belong to the word
    Cl100k,
    Qwen, ///< as cl100k, but each digit by itself
};

/// Hands out the pieces of one text in order; together they are the text. Linear in its length.
class Splitter
{
public:
    Splitter(std::string_view text, SplitStyle style)
        : m_text(text)
        , m_style(style)
    {}

    /// The next piece, never empty; an empty one when the text is over.
    [[nodiscard]] std::string_view next();

private:
    /// Where two alternatives for words end; 0: does not match.
    struct Word
    {
        std::size_t lowerEnd = 0; ///< any capitals, then at least one that may be small
        std::size_t upperEnd = 0; ///< at least one that may be a capital, then any small ones
    };

    [[nodiscard]] std::size_t pieceEnd() const;
    [[nodiscard]] std::size_t wordEnd(Char first) const;
    [[nodiscard]] std::size_t casedWordEnd(Char first) const;
    [[nodiscard]] Word casedWord(std::size_t at) const;
    [[nodiscard]] std::size_t contractionEnd(std::size_t at) const;
    [[nodiscard]] std::size_t numberEnd() const;
    [[nodiscard]] std::size_t signsEnd(Char first) const;
    [[nodiscard]] std::size_t spaceEnd() const;
    [[nodiscard]] Char at(std::size_t position) const;

    template <typename Belongs>
    [[nodiscard]] std::size_t runEnd(std::size_t from, Belongs belongs) const;

    std::string_view m_text;
    SplitStyle m_style;
    std::size_t m_at = 0;
};

} // namespace signalbox::tokens
