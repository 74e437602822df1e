// SPDX-License-Identifier: GPL-3.0-or-later
// What a batch says of each column, with how sure that is.
#pragma once

#include "ui/models/batch_run.h"
#include "ui/models/standings.h"

#include <optional>
#include <vector>

namespace signalbox::ui {

struct ColumnTotals
{
    int answered = 0;
    int failed = 0;
    std::vector<Proportion> checks = {}; ///< passed, in the order of the plan's
    Proportion all = {}; ///< of the answers that passed every check
    std::optional<Middle> latencyMs = {}; ///< the median
    Money spent = {}; ///< as far as prices are known
    int unknownPrices = 0;
    std::optional<Middle> costUsd = {}; ///< the mean of an answer
    std::int64_t completionTokens = 0;
    int judged = 0; ///< against the first column, with a clear verdict
    int wins = 0;
    int ties = 0;
    int losses = 0;
    Proportion rate = {}; ///< of them won; a tie is half
    std::optional<Strength> strength = {}; ///< where a judge judged

    friend bool operator==(const ColumnTotals &, const ColumnTotals &) = default;
};

/// One for each column. Answers whose check is not known count neither way.
[[nodiscard]] std::vector<ColumnTotals> totalsOf(const BatchRun &run);

/// All checks of an answer together: failed where one is, else unknown where one is.
[[nodiscard]] CheckResult together(const std::vector<CheckResult> &results);

} // namespace signalbox::ui
