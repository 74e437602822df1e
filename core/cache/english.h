// SPDX-License-Identifier: Apache-2.0
// What English words mean to a comparison of questions.
#pragma once

#include "core/cache/question.h"
#include "core/cache/word_scan.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::cache::english {

/// \p tokens with contractions resolved and fixed phrases in one word: `turn on` is `enable`, `how
/// long` is `how_long`.
[[nodiscard]] std::vector<Token> joined(std::span<const Token> tokens);

/// Carries grammar or manners, no meaning of its own.
[[nodiscard]] bool isEmptyWord(std::string_view word);
[[nodiscard]] bool isNegation(std::string_view word);
/// Of `two` to `twelve` and the tens, as digits.
[[nodiscard]] std::optional<std::string_view> numeral(std::string_view word);
/// The unit's short name; nothing when \p word is none.
[[nodiscard]] std::optional<std::string_view> unit(std::string_view word);
/// What a question that has this word asks for.
[[nodiscard]] std::optional<Asks> asks(std::string_view word);
/// Begins a question that is answered with yes or no.
[[nodiscard]] bool isAuxiliary(std::string_view word);
[[nodiscard]] Tense tense(std::string_view word);
/// What follows it plays a part that may not be swapped.
[[nodiscard]] bool isMarker(std::string_view word);
/// Whose it is; nothing when \p word is no possessive.
[[nodiscard]] std::optional<std::string_view> owner(std::string_view word);
[[nodiscard]] Modality modality(std::string_view word);
/// The stem, or the word that stands for all that mean the same.
[[nodiscard]] std::string meaning(std::string_view word);

} // namespace signalbox::cache::english
