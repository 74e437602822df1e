// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/route_edits.h"

#include <algorithm>
#include <cmath>

namespace signalbox::ui {

namespace {

Targets::iterator find(Targets &targets, const TargetId &target)
{
    return std::ranges::find(targets, target, &TargetChoice::target);
}

/// Which of its tier's targets it is.
std::size_t rankOf(const Targets &targets, const TargetId &target, int tier)
{
    std::size_t rank = 0;
    for (const std::size_t place : placesIn(targets, tier)) {
        if (targets[place].target == target) {
            return rank;
        }
        ++rank;
    }
    return rank;
}

/// Takes its share away from the tier, before the target itself goes.
void giveUpShare(Targets &targets, Locks &locks, const TargetChoice &choice)
{
    Shares shares = sharesIn(targets, choice.tier, locks);
    removeShare(shares, rankOf(targets, choice.target, choice.tier));
    std::erase_if(targets, [&](const TargetChoice &each) { return each.target == choice.target; });
    setShares(targets, locks, choice.tier, shares);
}

} // namespace

std::vector<int> tiersOf(const Targets &targets)
{
    std::vector<int> tiers;
    for (const TargetChoice &choice : targets) {
        tiers.push_back(choice.tier);
    }
    std::ranges::sort(tiers);
    tiers.erase(std::ranges::unique(tiers).begin(), tiers.end());
    return tiers;
}

std::vector<std::size_t> placesIn(const Targets &targets, int tier)
{
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        if (targets[i].tier == tier) {
            places.push_back(i);
        }
    }
    return places;
}

Shares sharesIn(const Targets &targets, int tier, const Locks &locks)
{
    const std::vector<std::size_t> places = placesIn(targets, tier);
    std::vector<double> weights;
    for (const std::size_t place : places) {
        weights.push_back(targets[place].weight);
    }
    const std::vector<int> percents = normalised(weights);
    Shares shares;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const bool locked = std::ranges::find(locks, targets[places[i]].target) != locks.end();
        shares.push_back({.weight = percents[i], .locked = locked});
    }
    return shares;
}

void setShares(Targets &targets, Locks &locks, int tier, const Shares &shares)
{
    const std::vector<std::size_t> places = placesIn(targets, tier);
    for (std::size_t i = 0; i < places.size() && i < shares.size(); ++i) {
        TargetChoice &choice = targets[places[i]];
        choice.weight = shares[i].weight;
        std::erase(locks, choice.target);
        if (shares[i].locked) {
            locks.push_back(choice.target);
        }
    }
}

void addTarget(Targets &targets, Locks &locks, const TargetId &target, int tier, bool weighted)
{
    Shares shares = sharesIn(targets, tier, locks);
    targets.push_back({.target = target, .weight = 1, .tier = tier});
    if (weighted) {
        addShare(shares);
        setShares(targets, locks, tier, shares);
    }
}

void removeTarget(Targets &targets, Locks &locks, const TargetId &target, bool weighted)
{
    const auto found = find(targets, target);
    if (found == targets.end()) {
        return;
    }
    const TargetChoice gone = *found;
    if (weighted) {
        giveUpShare(targets, locks, gone);
    } else {
        targets.erase(found);
    }
    std::erase(locks, target);
}

void moveToTier(Targets &targets, Locks &locks, const TargetId &target, int tier, bool weighted)
{
    const auto found = find(targets, target);
    if (found != targets.end() && found->tier != tier) {
        removeTarget(targets, locks, target, weighted);
        addTarget(targets, locks, target, tier, weighted);
    }
}

bool moveTarget(Targets &targets, Locks &locks, const TargetId &target, int by, bool weighted)
{
    const auto found = find(targets, target);
    if (found == targets.end()) {
        return false;
    }
    const int tier = found->tier;
    const std::vector<std::size_t> places = placesIn(targets, tier);
    const std::size_t rank = rankOf(targets, target, tier);
    const bool leaves = by < 0 ? rank == 0 : rank + 1 == places.size();
    if (!leaves) {
        const std::size_t other = by < 0 ? rank - 1 : rank + 1;
        std::swap(targets[places[rank]], targets[places[other]]);
        return true;
    }
    const std::vector<int> tiers = tiersOf(targets);
    const auto here = std::ranges::find(tiers, tier);
    if (by < 0) {
        if (here == tiers.begin()) {
            return false;
        }
        moveToTier(targets, locks, target, *std::prev(here), weighted);
        return true;
    }
    if (std::next(here) != tiers.end()) {
        moveToTier(targets, locks, target, *std::next(here), weighted);
        // From above it comes in as the first.
        const auto moved = std::prev(targets.end());
        std::rotate(targets.begin(), moved, targets.end());
        return true;
    }
    if (places.size() < 2) {
        return false; // a tier of its own below would be the same tier
    }
    moveToTier(targets, locks, target, tier + 1, weighted);
    return true;
}

double samplingError(double configured, std::int64_t samples)
{
    constexpr double kNineteenInTwenty = 1.96;
    if (samples <= 0) {
        return 1;
    }
    return kNineteenInTwenty
           * std::sqrt(configured * (1 - configured) / static_cast<double>(samples));
}

} // namespace signalbox::ui
