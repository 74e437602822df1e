// SPDX-License-Identifier: Apache-2.0
// Why an answer to one question is none to another, however alike they look.
#pragma once

#include "core/cache/question.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace signalbox::cache {

enum class Veto : std::uint8_t {
    Language, ///< written in another script, or one that is not known
    Negation, ///< one denies more often than the other
    Numbers, ///< numbers, dates, or their units differ, or their order
    Quotes, ///< quotations or code differ, or their order
    Names, ///< a capitalised name of one is not in the other, or they come in another order
    Parts, ///< who plays which part differs: from whom, than what
    Asks, ///< what is wanted to know differs: who, when, why, whether
    Tense, ///< one speaks of the past, the other of what will be
    Words, ///< a word that carries meaning has no counterpart
    Order, ///< the same words in another order
};

inline constexpr int kVetoCount = static_cast<int>(Veto::Order) + 1;

/// A stable snake_case name, as the record tells it: `negation`.
[[nodiscard]] std::string_view toString(Veto veto);

/// All that speak against taking one for the other; the same whichever comes first.
[[nodiscard]] std::vector<Veto> vetoes(const Question &one, const Question &other);

/// What must be equal where nothing is vetoed: its words, numbers, quotations and denials. Questions whose
/// essences differ are vetoed; those whose essences are equal may be.
[[nodiscard]] std::uint64_t essenceOf(const Question &question);

} // namespace signalbox::cache
