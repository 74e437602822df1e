// SPDX-License-Identifier: Apache-2.0
// A question cut into words, numbers, code, quotations and runs of Chinese.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::cache {

struct Token
{
    enum class Kind : std::uint8_t {
        Word, ///< letters; lower case, apostrophes kept, hyphenated ones one by one
        Number, ///< digits without separators of thousands, a sign, a fraction
        Code, ///< an identifier, a number with letters, a time of day: as written
        Han, ///< Chinese, Japanese or Korean characters up to the next of another kind
        Symbol, ///< one that matters: + * / = < > ^ % & | and signs of currencies
        End ///< of a sentence
    };
    Kind kind = Kind::Word;
    std::string text;
    bool capital = false; ///< a word that begins with a capital letter

    friend bool operator==(const Token &, const Token &) = default;
};

struct Scan
{
    std::vector<Token> tokens;
    std::vector<std::string> quotes; ///< what stands in quotation marks or backticks, as written
};

/// One pass; ill-formed bytes count as blanks. A quotation mark without its partner is none.
[[nodiscard]] Scan scanWords(std::string_view text);

} // namespace signalbox::cache
