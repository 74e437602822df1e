// SPDX-License-Identifier: Apache-2.0
#include "core/pricing/weight_proposal.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace signalbox::pricing {
namespace {

/// One that may move: what it has, what it may have, and how good it is.
struct Mover
{
    std::size_t index = 0;
    int least = 0;
    int most = 0;
    double merit = 0;
    double wanted = 0; ///< without rails
    int to = 0;
};

/// Whole points that sum to 100: the largest remainders get what rounding down leaves.
std::vector<int> pointsOf(const std::vector<double> &weights)
{
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<int> points;
    std::vector<std::pair<double, std::size_t>> rests;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double exact = 100 * weights[i] / sum;
        points.push_back(static_cast<int>(std::floor(exact)));
        rests.emplace_back(points.back() - exact, i);
    }
    std::ranges::sort(rests);
    const int left = 100 - std::accumulate(points.begin(), points.end(), 0);
    for (int i = 0; i < left; ++i) {
        ++points[rests[static_cast<std::size_t>(i)].second];
    }
    return points;
}

std::optional<double> figureOf(const TargetSeen &target, Aim aim)
{
    switch (aim) {
    case Aim::Cost:
        return target.costPerAnswer;
    case Aim::Time:
        return target.secondsPerAnswer;
    case Aim::Balanced:
        break;
    }
    return target.secondsPerAnswer ? target.costPerAnswer : std::nullopt;
}

bool isKnown(const TargetSeen &target, Aim aim, const GuardRails &rails)
{
    return target.calls >= rails.enoughCalls && figureOf(target, aim).has_value();
}

/// Lower is better, 1 is the best there is.
double scoreOf(const TargetSeen &target, Aim aim, double bestCost, double bestTime)
{
    constexpr double kTiny = 1e-12; // what is free is not infinitely better
    const double cost = std::max(target.costPerAnswer.value_or(0), kTiny)
                        / std::max(bestCost, kTiny);
    const double time = std::max(target.secondsPerAnswer.value_or(0), kTiny)
                        / std::max(bestTime, kTiny);
    if (aim == Aim::Balanced) {
        return 0.4 * cost + 0.4 * time + 0.2 * 10 * target.failureShare;
    }
    return aim == Aim::Cost ? cost : time;
}

std::vector<Mover> moversOf(const std::vector<TargetSeen> &targets,
                            const std::vector<int> &from,
                            Aim aim,
                            const GuardRails &rails)
{
    double bestCost = HUGE_VAL;
    double bestTime = HUGE_VAL;
    for (const TargetSeen &target : targets) {
        if (isKnown(target, aim, rails)) {
            bestCost = std::min(bestCost, target.costPerAnswer.value_or(HUGE_VAL));
            bestTime = std::min(bestTime, target.secondsPerAnswer.value_or(HUGE_VAL));
        }
    }
    const int rail = static_cast<int>(std::floor(rails.mostPoints));
    std::vector<Mover> movers;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const TargetSeen &target = targets[i];
        if (!isKnown(target, aim, rails)) {
            continue;
        }
        Mover mover;
        mover.index = i;
        mover.most = target.mayGain ? std::min(100, from[i] + rail) : from[i];
        const int least = static_cast<int>(std::ceil(std::clamp(target.leastPoints, 0.0, 100.0)));
        mover.least = std::min(std::max({least, from[i] - rail, 0}), mover.most);
        const double score = scoreOf(target, aim, bestCost, bestTime);
        mover.merit = std::clamp(target.quality, 0.5, 2.0) / (score * score);
        movers.push_back(mover);
    }
    return movers;
}

double within(const Mover &mover, double scale)
{
    return std::clamp(scale * mover.merit,
                      static_cast<double>(mover.least),
                      static_cast<double>(mover.most));
}

/// Parts \p pool by merit within each one's bounds; false where the bounds do not let it.
bool part(std::vector<Mover> &movers, int pool)
{
    int least = 0;
    int most = 0;
    double merits = 0;
    for (const Mover &mover : movers) {
        least += mover.least;
        most += mover.most;
        merits += mover.merit;
    }
    if (pool < least || pool > most) {
        return false;
    }
    const auto sumAt = [&](double scale) {
        double sum = 0;
        for (const Mover &mover : movers) {
            sum += within(mover, scale);
        }
        return sum;
    };
    // The sum grows with the scale: halve the interval until it is as good as the pool.
    double low = 0;
    double high = 1;
    while (sumAt(high) < pool && high < 1e12) {
        high *= 2;
    }
    for (int i = 0; i < 100; ++i) {
        const double middle = (low + high) / 2;
        (sumAt(middle) < pool ? low : high) = middle;
    }
    int given = 0;
    for (Mover &mover : movers) {
        mover.wanted = pool * mover.merit / merits;
        mover.to = static_cast<int>(std::floor(within(mover, low) + 1e-6));
        given += mover.to;
    }
    // What rounding down left goes where most was cut off.
    while (given < pool) {
        Mover *next = nullptr;
        for (Mover &mover : movers) {
            const auto cutOff = [&](const Mover &one) { return within(one, low) - one.to; };
            if (mover.to < mover.most && (next == nullptr || cutOff(mover) > cutOff(*next))) {
                next = &mover;
            }
        }
        ++next->to;
        ++given;
    }
    return true;
}

ShareReason reasonFor(const Mover &mover, const TargetSeen &target, int from)
{
    const bool wantsMore = mover.wanted > mover.to + 1;
    const bool wantsLess = mover.wanted < mover.to - 1;
    if (wantsMore && mover.to == from && !target.mayGain) {
        return ShareReason::MayNotGain;
    }
    if (wantsLess && mover.to == mover.least && target.leastPoints > mover.to - 1) {
        return ShareReason::AtItsLeast;
    }
    if ((wantsMore && mover.to == mover.most) || (wantsLess && mover.to == mover.least)) {
        return ShareReason::AtTheRail;
    }
    return mover.to > from   ? ShareReason::Gains
           : mover.to < from ? ShareReason::Loses
                             : ShareReason::Stays;
}

} // namespace

std::vector<ShareProposal> proposeShares(const std::vector<TargetSeen> &targets,
                                         Aim aim,
                                         const GuardRails &rails)
{
    std::vector<double> weights;
    for (const TargetSeen &target : targets) {
        weights.push_back(std::max(target.weight, 0.0));
    }
    if (std::ranges::none_of(weights, [](double weight) { return weight > 0; })) {
        return {};
    }
    const std::vector<int> from = pointsOf(weights);
    std::vector<Mover> movers = moversOf(targets, from, aim, rails);
    int pool = 0;
    for (const Mover &mover : movers) {
        pool += from[mover.index];
    }
    if (movers.size() < 2 || !part(movers, pool)) {
        return {};
    }
    std::vector<ShareProposal> proposal;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        proposal.push_back({targets[i].target, from[i], from[i], ShareReason::TooFew});
    }
    for (const Mover &mover : movers) {
        ShareProposal &one = proposal[mover.index];
        one.to = mover.to;
        one.reason = reasonFor(mover, targets[mover.index], one.from);
    }
    const bool moves = std::ranges::any_of(proposal, [](const ShareProposal &one) {
        return one.to != one.from;
    });
    return moves ? proposal : std::vector<ShareProposal>();
}

} // namespace signalbox::pricing
