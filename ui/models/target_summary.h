// SPDX-License-Identifier: GPL-3.0-or-later
// What a breaker's tile says about its target, worked out before anything is painted.
#pragma once

#include "ui/theme/state_glyph.h"

#include "core/telemetry/snapshot.h"

#include <QString>

#include <vector>

namespace signalbox::ui {

/// A small label over a value.
struct Figure
{
    QString label;
    QString value;

    friend bool operator==(const Figure &, const Figure &) = default;
};

struct TargetSummary
{
    TargetId target;
    QString tag; ///< of the provider
    QString kind; ///< names the provider's colour
    int ordinal = 0;
    QString provider; ///< as people call it
    QString model;
    QString
        state; ///< `closed`, `half_open`, `open`, `forced_open`, `forced_closed`, `drained`, `unknown`
    StateGlyph glyph;
    QString headline; ///< the state in words, with its countdown
    QString cause; ///< why, or what else is to be known; may be empty
    int failuresInRow = 0;
    int failuresToOpen = 0;
    std::vector<Figure> figures; ///< always six
    std::vector<Figure> details; ///< for large tiles
    int severity = 0; ///< higher is worse
    bool canReset = false;
    bool drained = false;

    friend bool operator==(const TargetSummary &, const TargetSummary &) = default;
};

/// \p stale: the data is too old to be believed, so the state is unknown.
std::vector<TargetSummary> summariseTargets(const telemetry::Snapshot &snapshot,
                                            SystemTime now,
                                            bool stale);

/// Worst first; among equals as they were.
void sortWorstFirst(std::vector<TargetSummary> &summaries);

/// All a tile says, as one text for those who cannot see it.
QString spoken(const TargetSummary &summary);

/// Which of the providers of its kind each one is, from 0: tells their colours apart.
std::vector<int> providerOrdinals(const telemetry::Snapshot &snapshot);

} // namespace signalbox::ui
