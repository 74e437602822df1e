// SPDX-License-Identifier: GPL-3.0-or-later
// A change on trial in words: how it stands, what it is held to, how it ended.
#pragma once

#include "core/domain/follow_up.h"

#include <QString>

#include <vector>

namespace signalbox::ui {

/// One thing that is watched.
struct TrialRow
{
    QString measure;
    QString onTrial;
    QString others; ///< of what served the rest at the same time
    QString bar; ///< beyond it, it is worse; a dash: not known
    double doubt = 0; ///< 0..1; at 1 it is rolled back

    friend bool operator==(const TrialRow &, const TrialRow &) = default;
};

/// Failures, time and cost, in this order.
[[nodiscard]] std::vector<TrialRow> trialRows(const TrialView &trial);
/// `10 % of chat goes to the changed routes, 3:12 more`.
[[nodiscard]] QString trialTitle(const TrialView &trial, SystemTime now);
/// Where the bars come from.
[[nodiscard]] QString trialBasis(const TrialView &trial);
/// How it ended and why, in a sentence or two; empty while it runs.
[[nodiscard]] QString trialEnding(const TrialView &trial);
/// It ended otherwise than somebody wanted.
[[nodiscard]] bool isBadEnd(TrialEnd end);

/// Up to what it is still as it was foretold: `failures up to 2 %, p95 up to 771 ms, ...`.
[[nodiscard]] QString expectedBars(const ExpectedEffect &expected);
/// What was foretold of an applied change, and what happened, measure by measure, in a line.
[[nodiscard]] QString followUpLine(const FollowUp &followUp);
/// How far previews were off, in a sentence; empty: none was followed up yet.
[[nodiscard]] QString truthLine(const ForesightTruth &truth);

} // namespace signalbox::ui
