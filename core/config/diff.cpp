// SPDX-License-Identifier: Apache-2.0
#include "core/config/diff.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace signalbox::config {
namespace {

using Lines = std::vector<std::string_view>;
using Kind = DiffLine::Kind;

/// A line of Windows keeps its `\r`: it differs from one of Unix.
Lines split(std::string_view text)
{
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// Myers' greedy algorithm: how far each diagonal is reached with d changes, for each d, and then
/// the way back.
class Script
{
public:
    Script(Lines before, Lines after)
        : m_before(std::move(before))
        , m_after(std::move(after))
    {}

    /// From the first to the last change.
    std::vector<Kind> kinds()
    {
        const int n = static_cast<int>(m_before.size());
        const int m = static_cast<int>(m_after.size());
        const int most = std::min(n + m, kChangesMax);
        std::vector<int> reach(static_cast<std::size_t>(2 * most + 3), 0);
        const auto at = [&reach, most](int k) -> int & {
            return reach[static_cast<std::size_t>(k + most + 1)];
        };
        for (int d = 0; d <= most; ++d) {
            m_reaches.emplace_back(reach.begin() + (most + 1 - d), reach.begin() + (most + 2 + d));
            for (int k = -d; k <= d; k += 2) {
                const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
                int x = down ? at(k + 1) : at(k - 1) + 1;
                while (x < n && x - k < m && same(x, x - k)) {
                    ++x;
                }
                at(k) = x;
                if (x >= n && x - k >= m) {
                    return wayBack(d, n, m);
                }
            }
        }
        std::vector<Kind> all(m_before.size(), Kind::Removed);
        all.insert(all.end(), m_after.size(), Kind::Added);
        return all;
    }

private:
    static constexpr int kChangesMax = 2000; // the table of reaches is at most 16 MB then

    [[nodiscard]] bool same(int x, int y) const
    {
        return m_before[static_cast<std::size_t>(x)] == m_after[static_cast<std::size_t>(y)];
    }

    std::vector<Kind> wayBack(int d, int x, int y) const
    {
        std::vector<Kind> kinds;
        for (; d > 0; --d) {
            const std::vector<int> &reach = m_reaches[static_cast<std::size_t>(d)];
            const auto at = [&reach, d](int k) { return reach[static_cast<std::size_t>(k + d)]; };
            const int k = x - y;
            const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
            const int from = down ? at(k + 1) : at(k - 1);
            const int fromY = from - (down ? k + 1 : k - 1);
            for (; x > from + (down ? 0 : 1); --x, --y) {
                kinds.push_back(Kind::Same);
            }
            kinds.push_back(down ? Kind::Added : Kind::Removed);
            x = from;
            y = fromY;
        }
        kinds.insert(kinds.end(), static_cast<std::size_t>(x), Kind::Same);
        std::ranges::reverse(kinds);
        return kinds;
    }

    Lines m_before;
    Lines m_after;
    std::vector<std::vector<int>> m_reaches; ///< diagonals -d..d before the d-th round
};

/// Every line of both texts, in order.
std::vector<DiffLine> allLines(const Lines &before, const Lines &after)
{
    const auto head = static_cast<std::size_t>(std::ranges::mismatch(before, after).in1
                                               - before.begin());
    const std::size_t rest = std::min(before.size(), after.size()) - head;
    std::size_t tail = 0;
    while (tail < rest && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
        ++tail;
    }
    const auto middle = [&](const Lines &lines) {
        return Lines(lines.begin() + static_cast<std::ptrdiff_t>(head),
                     lines.end() - static_cast<std::ptrdiff_t>(tail));
    };
    std::vector<Kind> kinds(head, Kind::Same);
    const std::vector<Kind> changed = Script(middle(before), middle(after)).kinds();
    kinds.insert(kinds.end(), changed.begin(), changed.end());
    kinds.insert(kinds.end(), tail, Kind::Same);

    std::vector<DiffLine> lines;
    std::size_t x = 0;
    std::size_t y = 0;
    for (const Kind kind : kinds) {
        std::string_view text = kind == Kind::Added ? after[y] : before[x];
        text.remove_suffix(text.ends_with('\r') ? 1 : 0);
        DiffLine line{kind, 0, 0, std::string(text)};
        line.before = kind == Kind::Added ? 0 : static_cast<int>(++x);
        line.after = kind == Kind::Removed ? 0 : static_cast<int>(++y);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::string spanOf(const DiffHunk &hunk, int DiffLine::*number)
{
    const auto isThere = [number](const DiffLine &line) { return line.*number != 0; };
    const auto count = std::ranges::count_if(hunk, isThere);
    const auto first = std::ranges::find_if(hunk, isThere);
    const int from = first == hunk.end() ? 0 : *first.*number;
    return std::to_string(from) + (count == 1 ? "" : "," + std::to_string(count));
}

} // namespace

std::vector<DiffHunk> diff(std::string_view before, std::string_view after, int around)
{
    const std::vector<DiffLine> lines = allLines(split(before), split(after));
    std::vector<DiffHunk> hunks;
    std::size_t taken = 0; // lines that are in a hunk, or before it
    const auto margin = static_cast<std::size_t>(around);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].kind == Kind::Same) {
            continue;
        }
        const std::size_t from = std::max(taken, i - std::min(i, margin));
        if (hunks.empty() || from > taken) {
            hunks.emplace_back();
            taken = from;
        }
        const std::size_t to = std::min(i + 1 + margin, lines.size());
        hunks.back().insert(hunks.back().end(),
                            lines.begin() + static_cast<std::ptrdiff_t>(taken),
                            lines.begin() + static_cast<std::ptrdiff_t>(to));
        taken = to;
    }
    return hunks;
}

DiffCount countOf(const std::vector<DiffHunk> &hunks)
{
    DiffCount count;
    for (const DiffHunk &hunk : hunks) {
        count.added += static_cast<int>(std::ranges::count(hunk, Kind::Added, &DiffLine::kind));
        count.removed += static_cast<int>(std::ranges::count(hunk, Kind::Removed, &DiffLine::kind));
    }
    return count;
}

std::string unified(const std::vector<DiffHunk> &hunks)
{
    std::string out;
    for (const DiffHunk &hunk : hunks) {
        out += "@@ -" + spanOf(hunk, &DiffLine::before) + " +" + spanOf(hunk, &DiffLine::after)
               + " @@\n";
        for (const DiffLine &line : hunk) {
            out += line.kind == Kind::Same ? ' ' : (line.kind == Kind::Added ? '+' : '-');
            out += line.text + '\n';
        }
    }
    return out;
}

} // namespace signalbox::config
