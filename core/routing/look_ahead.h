// SPDX-License-Identifier: Apache-2.0
// The strategies that look ahead: candidates ordered by what they are expected to cost and to take.
#pragma once

#include "core/domain/decision.h"
#include "core/domain/settings.h"

#include <optional>
#include <span>

namespace signalbox::routing {

/// What balanced weighs: expected cost and time, each as a multiple of the best candidate's, and
/// the risk of failure, where failing always counts as much as costing ten times the best.
struct Balance
{
    double cost = 0.4;
    double time = 0.4;
    double risk = 0.2;
    double failing = 10;
};
inline constexpr Balance kBalance;

/// Of how many requests one goes to a target that too little is known of.
inline constexpr int kExploreOneIn = 20;
/// The same while some target was seen fewer than kBarelyKnown times.
inline constexpr int kExploreOneInAtFirst = 4;
inline constexpr int kBarelyKnown = 3;
/// Recent answers from which on a target is known well enough.
inline constexpr int kWellKnown = 10;

/// Gives the open candidates their scores and orders them, the lowest first; then those that cannot
/// be scored (no price, nothing seen), as they stand; then the vetoed. Equal scores keep their
/// places. \pre forecasts are set; \p strategy is Cheapest, Fastest or Balanced
void orderByScore(Strategy strategy, std::span<Candidate> candidates);

/// Whether chance must be asked: there is a choice, and some open candidate is not well known.
[[nodiscard]] bool explorable(std::span<const Candidate> candidates);

/// Puts the least known open candidate first if \p draw, in [0, 1), falls into the share that
/// exploring may have, and names it. One that leads anyway is not explored.
std::optional<TargetId> explore(std::span<Candidate> candidates, double draw);

} // namespace signalbox::routing
