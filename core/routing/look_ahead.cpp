// SPDX-License-Identifier: Apache-2.0
#include "core/routing/look_ahead.h"

#include <algorithm>
#include <limits>
#include <span>

namespace signalbox::routing {
namespace {

bool isOpen(const Candidate &candidate)
{
    return candidate.veto == Veto::None;
}

std::optional<double> costOf(const Candidate &candidate)
{
    const auto &cost = candidate.forecast->cost;
    return cost ? std::optional(static_cast<double>(cost->nanos())) : std::nullopt;
}

std::optional<double> timeOf(const Candidate &candidate)
{
    const auto &time = candidate.forecast->time;
    return time ? std::optional(static_cast<double>(time->count())) : std::nullopt;
}

/// The least of \p figure over all that have one; at least one unit, so that it can divide.
double best(std::span<const Candidate> candidates,
            std::optional<double> (*figure)(const Candidate &))
{
    double least = std::numeric_limits<double>::max();
    for (const Candidate &candidate : candidates) {
        least = std::min(least, figure(candidate).value_or(least));
    }
    return std::max(least, 1.0);
}

void scoreBalanced(std::span<Candidate> candidates)
{
    const double leastCost = best(candidates, costOf);
    const double leastTime = best(candidates, timeOf);
    for (Candidate &candidate : candidates) {
        const auto cost = costOf(candidate);
        const auto time = timeOf(candidate);
        if (cost && time) {
            candidate.score = kBalance.cost * *cost / leastCost + kBalance.time * *time / leastTime
                              + kBalance.risk * kBalance.failing * candidate.forecast->failureShare;
        }
    }
}

void score(Strategy strategy, std::span<Candidate> candidates)
{
    if (strategy == Strategy::Balanced) {
        scoreBalanced(candidates);
        return;
    }
    for (Candidate &candidate : candidates) {
        candidate.score = strategy == Strategy::Cheapest ? costOf(candidate) : timeOf(candidate);
    }
}

} // namespace

void orderByScore(Strategy strategy, std::span<Candidate> candidates)
{
    const auto vetoed = std::stable_partition(candidates.begin(), candidates.end(), isOpen);
    const std::span<Candidate> open(candidates.begin(), vetoed);
    score(strategy, open);
    std::ranges::stable_sort(open, {}, [](const Candidate &candidate) {
        return candidate.score.value_or(std::numeric_limits<double>::infinity());
    });
}

bool explorable(std::span<const Candidate> candidates)
{
    return std::ranges::count_if(candidates, isOpen) > 1
           && std::ranges::any_of(candidates, [](const Candidate &candidate) {
                  return isOpen(candidate) && candidate.forecast->observations < kWellKnown;
              });
}

std::optional<TargetId> explore(std::span<Candidate> candidates, double draw)
{
    const auto least = std::ranges::min_element(candidates, {}, [](const Candidate &candidate) {
        return isOpen(candidate) ? candidate.forecast->observations
                                 : std::numeric_limits<int>::max();
    });
    const int oneIn = least->forecast->observations < kBarelyKnown ? kExploreOneInAtFirst
                                                                   : kExploreOneIn;
    if (draw * oneIn >= 1 || least == candidates.begin()) {
        return std::nullopt;
    }
    std::rotate(candidates.begin(), least, std::next(least));
    return candidates.front().target;
}

} // namespace signalbox::routing
