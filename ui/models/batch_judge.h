// SPDX-License-Identifier: GPL-3.0-or-later
// A model as the judge of two answers, asked twice so that their places do not decide.
#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace signalbox::ui {

/// What the judge is told to do: to answer FIRST, SECOND or TIE and nothing else.
[[nodiscard]] QString judgeInstruction(const QString &criteria);
/// \p first and \p second stand between marks that no answer is likely to have.
[[nodiscard]] QString judgeQuestion(const QString &prompt,
                                    const QString &first,
                                    const QString &second);

/// One verdict, as the judge saw the places.
enum class PlaceVerdict : std::uint8_t {
    First,
    Second,
    Tie,
    Unclear, ///< it said none of the three, or more than one
};

/// The word alone, or the last line's where the judge reasoned first.
[[nodiscard]] PlaceVerdict verdictIn(const QString &text);

/// What both verdicts together say of the other column against the first one.
enum class PairVerdict : std::uint8_t {
    OtherWins,
    FirstWins,
    Tie, ///< both times, or each time the answer in the same place: the place decided
    Unclear,
};

/// \p straight: the first column's answer stood first; \p turned: it stood second.
[[nodiscard]] PairVerdict verdictOf(PlaceVerdict straight, PlaceVerdict turned);

} // namespace signalbox::ui
