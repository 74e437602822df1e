// SPDX-License-Identifier: GPL-3.0-or-later
// Votes as they are kept, and the standings that follow from them.
#pragma once

#include "ui/models/playground_run.h"
#include "ui/models/standings.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace signalbox::ui {

/// One verdict of a person on the answers to one prompt.
struct KeptVote
{
    std::int64_t atMs = 0; ///< since the epoch
    QString task = {}; ///< the class of the prompt, as rules call it; empty: not known
    QStringList models = {}; ///< whose answers stood side by side, in the order of the columns
    int best = -1; ///< of \a models; -1: a tie
    bool allBad = false; ///< a tie of answers that are no good
    QStringList named = {}; ///< words by which answers named their vendor: the vote was not blind

    [[nodiscard]] bool isBlind() const { return named.isEmpty(); }
    friend bool operator==(const KeptVote &, const KeptVote &) = default;
};

/// The verdict on \p runs, of those that finished: \p best is the column of the best one, -1: none. Time
/// and task are left open.
[[nodiscard]] KeptVote voteOf(const std::vector<PlaygroundRun> &runs, int best, bool allBad);

/// How many votes are kept; beyond that the oldest go.
inline constexpr int kVotesMax = 20'000;

struct ModelStanding
{
    QString model;
    int votes = 0; ///< in which it took part
    Proportion rate = {}; ///< of its meetings won; a tie is half
    Strength strength = {};

    friend bool operator==(const ModelStanding &, const ModelStanding &) = default;
};

struct PairStanding
{
    QString first; ///< in the order of the standings
    QString second;
    int wins = 0; ///< of the first
    int ties = 0;
    int losses = 0;
    Proportion rate = {}; ///< of the first; a tie is half

    friend bool operator==(const PairStanding &, const PairStanding &) = default;
};

struct Standings
{
    std::vector<ModelStanding> models = {}; ///< the strongest first
    std::vector<PairStanding> pairs = {};
    int votes = 0; ///< that count
    int notBlind = 0; ///< left out because an answer named its vendor

    friend bool operator==(const Standings &, const Standings &) = default;
};

/// Of the votes of one class of task; \p task empty: of all. A vote for one of n answers is n-1 wins, a
/// tie one tie for every pair; votes that were not blind do not count.
[[nodiscard]] Standings standingsOf(const std::vector<KeptVote> &votes, const QString &task);

/// What the votes say of a target for the weekly proposal of weights.
struct QualityWord
{
    QString target;
    bool veto = false; ///< surely below the mean: it may not gain
    double bonus = 1; ///< surely above the mean: how many times its merit counts, at most 1.5

    friend bool operator==(const QualityWord &, const QualityWord &) = default;
};

/// Those of which something is sure: at least \p enough votes, and an interval of strength wholly on one
/// side of the mean. The bonus is the odds at the interval's near end. Routes are left out: weights are
/// targets'.
[[nodiscard]] std::vector<QualityWord> qualityOf(const Standings &standings, int enough = 20);
/// The vetoes as a route's `propose` takes them: `never_gain = ["a/x"]`; empty: there is none.
[[nodiscard]] QString vetoText(const std::vector<QualityWord> &words);

/// One line for each standing (`odds` against one of the mean strength) and for each pair, with a
/// header; no cell is a formula.
[[nodiscard]] QByteArray standingsAsCsv(const Standings &standings);

} // namespace signalbox::ui
