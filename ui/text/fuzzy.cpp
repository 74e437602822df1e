// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/fuzzy.h"

#include <QStringList>

#include <algorithm>

namespace signalbox::ui::text {

namespace {

constexpr int kWordStart = 10;
constexpr int kFollows = 6;
constexpr int kWhole = 30;

bool beginsWord(const QString &text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

/// The letters of \p word in their order from \p from on, each at the first place it occurs.
std::optional<int> scattered(const QString &word, const QString &text, qsizetype from)
{
    int score = 0;
    qsizetype last = -2;
    for (const QChar letter : word) {
        const qsizetype at = text.indexOf(letter, from);
        if (at < 0) {
            return std::nullopt;
        }
        score += beginsWord(text, at) ? kWordStart : 0;
        score += at == last + 1 ? kFollows : 0;
        score -= static_cast<int>(std::min<qsizetype>(at - from, 8));
        last = at;
        from = at + 1;
    }
    return score;
}

std::optional<int> scoreOf(const QString &word, const QString &text)
{
    std::optional<int> best;
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const int score = kWhole + kFollows * static_cast<int>(word.size())
                          + (beginsWord(text, at) ? kWordStart : 0);
        best = std::max(best.value_or(score), score);
    }
    if (best) {
        return best;
    }
    for (qsizetype at = text.indexOf(word[0]); at >= 0; at = text.indexOf(word[0], at + 1)) {
        const auto score = scattered(word, text, at);
        if (!score) {
            break; // what cannot be found from here cannot be found further on
        }
        best = std::max(best.value_or(*score), *score);
    }
    // Letters strewn over a whole sentence are no answer.
    return best && *best > 0 ? best : std::nullopt;
}

} // namespace

std::optional<int> fuzzyScore(const QString &query, const QString &text)
{
    const QString folded = text.toLower();
    int total = 0;
    for (const QString &word : query.toLower().simplified().split(u' ', Qt::SkipEmptyParts)) {
        const auto score = scoreOf(word, folded);
        if (!score) {
            return std::nullopt;
        }
        total += *score;
    }
    return total - static_cast<int>(folded.size() / 8);
}

} // namespace signalbox::ui::text
