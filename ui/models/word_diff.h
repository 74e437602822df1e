// SPDX-License-Identifier: GPL-3.0-or-later
// Which words of one text are not in another, in order.
#pragma once

#include <QString>
#include <QStringView>

#include <vector>

namespace signalbox::ui {

/// A piece of a text, in UTF-16 units.
struct WordSpan
{
    qsizetype begin = 0;
    qsizetype length = 0;

    friend bool operator==(const WordSpan &, const WordSpan &) = default;
};

struct WordDiff
{
    std::vector<WordSpan> onlyInFirst; ///< in order, neighbours joined
    std::vector<WordSpan> onlyInSecond;
    /// The texts differ in more words than are compared one by one: what stands between their
    /// common beginning and end is marked as a whole.
    bool coarse = false;
};

/// Beyond this many words added and taken away it is coarse; at most about a million comparisons.
inline constexpr int kDiffEditsMax = 1'000;
/// Of each text; what is longer is compared by its common beginning and end alone.
inline constexpr qsizetype kDiffWordsMax = 50'000;

/// The least words to take away and add (Myers, "An O(ND) Difference Algorithm", 1986). Words are
/// runs of letters and digits, single ideographs, and single other characters; blanks do not count.
[[nodiscard]] WordDiff diffWords(QStringView first, QStringView second);

} // namespace signalbox::ui
