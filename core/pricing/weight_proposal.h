// SPDX-License-Identifier: Apache-2.0
// Other weights for a weighted route, by what its targets cost and take, within guard rails.
#pragma once

#include "core/domain/ids.h"
#include "core/domain/proposal.h"
#include "core/domain/settings.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace signalbox::pricing {

using Aim = WeightAim;

/// One target of the route, and what was seen of it.
struct TargetSeen
{
    TargetId target;
    double weight = 1;
    double leastPoints = 0; ///< of 100, never less
    bool mayGain = true; ///< false: on the quality veto list
    std::int64_t calls = 0;
    std::optional<double> costPerAnswer; ///< USD
    std::optional<double> secondsPerAnswer;
    double failureShare = 0; ///< 0..1
    double quality =
        1; ///< how many times its merit counts, by what people judged; 0.5..2, 1: no word
};

struct GuardRails
{
    double mostPoints = 20; ///< of 100 that a target's share moves at a time
    std::int64_t enoughCalls = 20; ///< a target that was seen less often keeps its share
};

using signalbox::ShareProposal;
using signalbox::ShareReason;

/// In the order of \p targets; the shares sum to 100 before and after. Nothing where nothing would
/// move, or too little is known: there must be two targets to compare.
///
/// A target's share of what may be moved is as the inverse square of its score: its cost, its time,
/// or as `balanced` weighs them (0.4 cost + 0.4 time + 0.2 x 10 x failures, multiples of the best).
[[nodiscard]] std::vector<ShareProposal> proposeShares(const std::vector<TargetSeen> &targets,
                                                       Aim aim,
                                                       const GuardRails &rails = {});

} // namespace signalbox::pricing
