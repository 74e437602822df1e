// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/weights.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace signalbox::ui {

namespace {

/// \p whole divided in the proportions of \p parts (evenly, where all are 0) by largest remainder.
std::vector<int> apportioned(int whole, const std::vector<double> &parts)
{
    const double sum = std::accumulate(parts.begin(), parts.end(), 0.0);
    const auto count = static_cast<double>(parts.size());
    std::vector<int> result;
    std::vector<double> remainders;
    int given = 0;
    for (const double part : parts) {
        const double exact = sum > 0 ? whole * (part / sum) : whole / count;
        const int floor = std::min(static_cast<int>(exact + 1e-9), whole - given);
        result.push_back(floor);
        remainders.push_back(exact - floor);
        given += floor;
    }
    for (; given < whole; ++given) {
        const auto largest = std::ranges::max_element(remainders, [](double a, double b) {
            return a < b - 1e-9;
        });
        *largest -= 1;
        ++result[static_cast<std::size_t>(largest - remainders.begin())];
    }
    return result;
}

/// What the locked ones but \p except have together.
int lockedSum(const Shares &shares, std::size_t except)
{
    int sum = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        sum += i != except && shares[i].locked ? shares[i].weight : 0;
    }
    return sum;
}

bool hasUnlocked(const Shares &shares, std::size_t except)
{
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (i != except && !shares[i].locked) {
            return true;
        }
    }
    return false;
}

/// Divides \p pool among the unlocked ones but \p except, in their proportions or evenly.
void share(Shares &shares, std::size_t except, int pool, bool evenly)
{
    std::vector<std::size_t> takers;
    std::vector<double> parts;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (i != except && !shares[i].locked) {
            takers.push_back(i);
            parts.push_back(evenly ? 1 : shares[i].weight);
        }
    }
    const std::vector<int> weights = apportioned(pool, parts);
    for (std::size_t i = 0; i < takers.size(); ++i) {
        shares[takers[i]].weight = weights[i];
    }
}

} // namespace

int sumOf(const Shares &shares)
{
    int sum = 0;
    for (const Share &each : shares) {
        sum += each.weight;
    }
    return sum;
}

bool isFallbackOnly(const Shares &shares)
{
    return sumOf(shares) == 0;
}

std::vector<int> normalised(const std::vector<double> &weights)
{
    double largest = 0;
    for (const double weight : weights) {
        largest = std::isfinite(weight) ? std::max(largest, weight) : largest;
    }
    if (!(largest > 0)) {
        return std::vector<int>(weights.size(), 0);
    }
    std::vector<double> parts; // relative to the largest, so that no sum can overflow
    for (const double weight : weights) {
        parts.push_back(std::isfinite(weight) && weight > 0 ? weight / largest : 0);
    }
    return apportioned(kWholeWeight, parts);
}

Reach reachOf(const Shares &shares, std::size_t divider)
{
    if (divider + 1 >= shares.size() || shares[divider].locked || shares[divider + 1].locked) {
        return {};
    }
    return {.left = shares[divider].weight, .right = shares[divider + 1].weight};
}

int moveDivider(Shares &shares, std::size_t divider, int by)
{
    const Reach reach = reachOf(shares, divider);
    const int moved = std::clamp(by, -reach.left, reach.right);
    if (moved != 0) {
        shares[divider].weight += moved;
        shares[divider + 1].weight -= moved;
    }
    return moved;
}

Hindrance setWeight(Shares &shares, std::size_t index, int wanted)
{
    Share &target = shares[index];
    if (wanted == target.weight) {
        return Hindrance::None;
    }
    if (target.locked) {
        return Hindrance::Locked;
    }
    const int room = kWholeWeight - lockedSum(shares, index);
    if (!hasUnlocked(shares, index)) {
        // A tier without shares can still begin to have them.
        const bool begins = isFallbackOnly(shares) && wanted > 0;
        target.weight = begins ? room : target.weight;
        const bool asked = target.weight == wanted;
        return asked ? Hindrance::None
                     : (shares.size() == 1 ? Hindrance::Alone : Hindrance::OthersLocked);
    }
    if (isFallbackOnly(shares) && wanted <= 0) {
        return Hindrance::NoRoom;
    }
    target.weight = std::clamp(wanted, 0, room);
    share(shares, index, room - target.weight, false);
    return target.weight == wanted ? Hindrance::None : Hindrance::NoRoom;
}

void equalise(Shares &shares)
{
    if (hasUnlocked(shares, shares.size())) {
        share(shares, shares.size(), kWholeWeight - lockedSum(shares, shares.size()), true);
    }
}

void shareBy(Shares &shares, const std::vector<std::optional<double>> &figures)
{
    double least = 0;
    for (const std::optional<double> &figure : figures) {
        least = figure && *figure > 0 && (least == 0 || *figure < least) ? *figure : least;
    }
    std::vector<std::size_t> takers;
    std::vector<double> merits;
    int pool = isFallbackOnly(shares) ? kWholeWeight : 0;
    for (std::size_t i = 0; i < shares.size() && i < figures.size(); ++i) {
        if (!shares[i].locked && figures[i]) {
            takers.push_back(i);
            pool += shares[i].weight;
            const double times = least > 0 ? std::max(*figures[i], least) / least : 1;
            merits.push_back(1 / (times * times));
        }
    }
    if (takers.size() < 2) {
        return;
    }
    const std::vector<int> parts = apportioned(pool, merits);
    for (std::size_t i = 0; i < takers.size(); ++i) {
        shares[takers[i]].weight = parts[i];
    }
}

void removeShare(Shares &shares, std::size_t index)
{
    const bool none = isFallbackOnly(shares);
    shares.erase(shares.begin() + static_cast<std::ptrdiff_t>(index));
    if (none || shares.empty() || sumOf(shares) == kWholeWeight) {
        return;
    }
    if (!hasUnlocked(shares, shares.size())) {
        for (Share &each : shares) {
            each.locked = false;
        }
    }
    share(shares, shares.size(), kWholeWeight - lockedSum(shares, shares.size()), false);
}

void addShare(Shares &shares)
{
    const bool first = shares.empty();
    shares.push_back({.weight = first ? kWholeWeight : 0});
}

} // namespace signalbox::ui
