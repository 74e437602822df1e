// SPDX-License-Identifier: Apache-2.0
// What a question says, as far as it can be told by its words: what an answer to another one is
// vetoed by, and what the built-in embedding is made of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::cache {

/// What is wanted to know.
enum class Asks : std::uint8_t {
    Nothing, ///< an order or a statement
    YesOrNo,
    What,
    Who,
    When,
    Where,
    Why,
    How,
    HowMany,
    HowMuch,
    HowLong,
    HowOften,
    HowFar,
    HowOld,
};

enum class Tense : std::uint8_t {
    Unsaid,
    Past,
    Future
};

enum class Modality : std::uint8_t {
    Unsaid,
    Possible, ///< can, may
    Needed ///< must, should
};

enum class Writing : std::uint8_t {
    None, ///< no letters
    Latin,
    Han,
    Kana,
    Hangul,
    Other
};

struct Question
{
    /// What it is about, in its order: words that carry meaning, reduced to their stem and, where
    /// others mean the same, to one of them; of Chinese, characters without those of grammar.
    std::vector<std::string> words;
    std::vector<std::string> plain; ///< all words and marks as they stand there
    std::vector<std::string> quotes; ///< quotations and code, as written, in their order
    std::vector<std::string> numbers; ///< with the unit that follows: `5 km`; in their order
    std::vector<std::string> names; ///< capitalised words within a sentence, lower case
    /// What follows `from`, `than`, `before`, 从, 比 and their like: who plays which part. Whose it
    /// is stands here as well, after `'s`, and who is asked for or about, after `?`.
    std::vector<std::pair<std::string, std::string>> parts;
    int negations = 0;
    Asks asks = Asks::Nothing;
    Tense tense = Tense::Unsaid;
    Modality modality = Modality::Unsaid; ///< of the first word that says one
    Writing writing = Writing::None;

    friend bool operator==(const Question &, const Question &) = default;
};

/// Made for English and Chinese. Of other languages every word counts as it stands there, so that
/// only what is nearly the same is taken for the same.
[[nodiscard]] Question understood(std::string_view text);

} // namespace signalbox::cache
