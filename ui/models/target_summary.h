// SPDX-License-Identifier: GPL-3.0-or-later
// What a breaker's tile says about its target, worked out before anything is painted.
#pragma once

#include "ui/models/state_strip.h"
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

/// What a table sorts by; -1 where there is no number.
struct TargetNumbers
{
    qint64 attempts = 0; ///< of the last minute
    double failureShare = -1;
    double p95Ms = -1;
    int inFlight = 0;

    friend bool operator==(const TargetNumbers &, const TargetNumbers &) = default;
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
    QString calculated = {}; ///< the state by its own count, in a word
    QString forced = {}; ///< `open, 25:12 left`; empty: it is not
    QString weight = {}; ///< its share by weight, in each route that has weights
    QString measured = {}; ///< its share of the last minute's attempts, in each route
    QString limitLeft = {}; ///< of the scarcer one: `12 % tok`
    QString limits = {}; ///< `812 of 1,000 req · 1.20M of 2.00M tok`
    QString runsOut =
        {}; ///< when what is left is used up at the last minute's rate; empty: not within an hour
    StateStrip strip = {};
    TargetNumbers numbers = {};
    int severity = 0; ///< higher is worse
    bool canReset = false;
    bool drained = false;
    QString barred = {}; ///< why nothing can be done to it; empty: it can

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
