// SPDX-License-Identifier: Apache-2.0
// What changed between two texts, line by line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::config {

struct DiffLine
{
    enum class Kind : std::uint8_t {
        Same,
        Removed,
        Added
    };
    Kind kind = Kind::Same;
    int before = 0; ///< its line in the old text, from 1; 0: it is not there
    int after = 0; ///< likewise in the new one
    std::string text; ///< without the line's end

    friend bool operator==(const DiffLine &, const DiffLine &) = default;
};

/// Changes close to each other, with the lines around them.
using DiffHunk = std::vector<DiffLine>;

struct DiffCount
{
    int added = 0;
    int removed = 0;

    friend bool operator==(const DiffCount &, const DiffCount &) = default;
};

/// The shortest change from \p before to \p after (Myers, "An O(ND) Difference Algorithm and Its
/// Variations", 1986), with up to \p around lines around it. Where more than 2000 lines differ, all
/// between the first and the last of them count as replaced. A line's end belongs to the line;
/// whether the last one has one is no difference.
[[nodiscard]] std::vector<DiffHunk> diff(std::string_view before,
                                         std::string_view after,
                                         int around = 3);
[[nodiscard]] DiffCount countOf(const std::vector<DiffHunk> &hunks);
/// As `diff -u` writes it, without the files' names.
[[nodiscard]] std::string unified(const std::vector<DiffHunk> &hunks);

} // namespace signalbox::config
