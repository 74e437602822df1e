// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/word_diff.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace signalbox::ui {

namespace {

using Words = std::vector<WordSpan>;

bool isIdeographic(QChar c)
{
    const QChar::Script script = c.script();
    return script == QChar::Script_Han || script == QChar::Script_Hiragana
           || script == QChar::Script_Katakana || script == QChar::Script_Thai;
}

bool joins(QChar c)
{
    return (c.isLetterOrNumber() || c.isMark()) && !isIdeographic(c);
}

Words wordsOf(QStringView text)
{
    Words words;
    qsizetype at = 0;
    while (at < text.size()) {
        if (text[at].isSpace()) {
            ++at;
            continue;
        }
        const qsizetype begin = at;
        if (joins(text[at])) {
            while (at < text.size() && joins(text[at])) {
                ++at;
            }
        } else {
            at += text[at].isHighSurrogate() && at + 1 < text.size() ? 2 : 1;
        }
        words.push_back({begin, at - begin});
    }
    return words;
}

/// Two texts as words, and the part of each that is not common beginning or end.
class Comparison
{
public:
    Comparison(QStringView first, QStringView second)
        : m_first(first)
        , m_second(second)
        , m_a(wordsOf(first))
        , m_b(wordsOf(second))
        , m_aEnd(size(m_a))
        , m_bEnd(size(m_b))
    {
        while (m_begin < std::min(m_aEnd, m_bEnd) && same(m_begin, m_begin)) {
            ++m_begin;
        }
        while (m_aEnd > m_begin && m_bEnd > m_begin && same(m_aEnd - 1, m_bEnd - 1)) {
            --m_aEnd;
            --m_bEnd;
        }
    }

    WordDiff result()
    {
        m_inA.assign(m_a.size(), false);
        m_inB.assign(m_b.size(), false);
        const bool small = size(m_a) <= kDiffWordsMax && size(m_b) <= kDiffWordsMax;
        const bool done = small && compare();
        if (!done) {
            std::fill(m_inA.begin() + m_begin, m_inA.begin() + m_aEnd, true);
            std::fill(m_inB.begin() + m_begin, m_inB.begin() + m_bEnd, true);
        }
        return {joined(m_a, m_inA), joined(m_b, m_inB), !done};
    }

private:
    static std::ptrdiff_t size(const Words &words) { return std::ssize(words); }

    [[nodiscard]] QStringView word(QStringView text, const Words &words, std::ptrdiff_t i) const
    {
        const WordSpan span = words[static_cast<std::size_t>(i)];
        return text.mid(span.begin, span.length);
    }
    [[nodiscard]] bool same(std::ptrdiff_t a, std::ptrdiff_t b) const
    {
        return word(m_first, m_a, a) == word(m_second, m_b, b);
    }

    /// Furthest reaching paths, one more edit at a time; false: too many edits.
    bool compare()
    {
        const std::ptrdiff_t n = m_aEnd - m_begin;
        const std::ptrdiff_t m = m_bEnd - m_begin;
        const std::ptrdiff_t most = std::min<std::ptrdiff_t>(n + m, kDiffEditsMax);
        std::vector<std::ptrdiff_t> reach(static_cast<std::size_t>(2 * most + 3), 0);
        const auto at = [&reach, most](std::ptrdiff_t k) -> std::ptrdiff_t & {
            return reach[static_cast<std::size_t>(k + most + 1)];
        };
        for (std::ptrdiff_t edits = 0; edits <= most; ++edits) {
            std::vector<std::ptrdiff_t> before;
            before.reserve(static_cast<std::size_t>(2 * edits + 3));
            for (std::ptrdiff_t k = -edits - 1; k <= edits + 1; ++k) {
                before.push_back(at(k));
            }
            m_trace.push_back(std::move(before));
            for (std::ptrdiff_t k = -edits; k <= edits; k += 2) {
                const bool down = k == -edits || (k != edits && at(k - 1) < at(k + 1));
                std::ptrdiff_t x = down ? at(k + 1) : at(k - 1) + 1;
                while (x < n && x - k < m && x >= k && same(m_begin + x, m_begin + x - k)) {
                    ++x;
                }
                at(k) = x;
                if (x == n && x - k == m) {
                    walkBack(edits, n, m);
                    return true;
                }
            }
        }
        return false;
    }

    void walkBack(std::ptrdiff_t edits, std::ptrdiff_t x, std::ptrdiff_t y)
    {
        for (; edits > 0; --edits) {
            const auto &before = m_trace[static_cast<std::size_t>(edits)];
            const auto at = [&before, edits](std::ptrdiff_t k) {
                return before[static_cast<std::size_t>(k + edits + 1)];
            };
            const std::ptrdiff_t k = x - y;
            const bool down = k == -edits || (k != edits && at(k - 1) < at(k + 1));
            const std::ptrdiff_t from = down ? k + 1 : k - 1;
            x = at(from);
            y = x - from;
            if (down) {
                m_inB[static_cast<std::size_t>(m_begin + y)] = true;
            } else {
                m_inA[static_cast<std::size_t>(m_begin + x)] = true;
            }
        }
    }

    static std::vector<WordSpan> joined(const Words &words, const std::vector<bool> &marked)
    {
        std::vector<WordSpan> spans;
        bool follows = false;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (marked[i] && follows) {
                spans.back().length = words[i].begin + words[i].length - spans.back().begin;
            } else if (marked[i]) {
                spans.push_back(words[i]);
            }
            follows = marked[i];
        }
        return spans;
    }

    QStringView m_first;
    QStringView m_second;
    Words m_a;
    Words m_b;
    std::ptrdiff_t m_begin = 0; ///< words that both begin with
    std::ptrdiff_t m_aEnd; ///< from here on both end alike
    std::ptrdiff_t m_bEnd;
    std::vector<bool> m_inA;
    std::vector<bool> m_inB;
    std::vector<std::vector<std::ptrdiff_t>> m_trace; ///< reach before each edit
};

} // namespace

WordDiff diffWords(QStringView first, QStringView second)
{
    return Comparison(first, second).result();
}

} // namespace signalbox::ui
