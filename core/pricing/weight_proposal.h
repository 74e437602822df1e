// SPDX-License-Identifier: Apache-2.0
// Other weights for a weighted route, by what its targets cost and take, within guard rails.
#pragma once

#include "core/domain/ids.h"
#include "core/domain/settings.h"

#include <cstdint>
#include <optional>
#include <string_view>
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
};

struct GuardRails
{
    double mostPoints = 20; ///< of 100 that a target's share moves at a time
    std::int64_t enoughCalls = 20; ///< a target that was seen less often keeps its share
};

enum class ShareReason : std::uint8_t {
    Gains, ///< it serves the aim better than the others
    Loses,
    Stays, ///< near enough to what it has
    TooFew, ///< too little is known of it
    AtItsLeast, ///< would lose more, were it not for its least share
    AtTheRail, ///< would move farther, were it not for the rail
    MayNotGain ///< would gain, were it not on the veto list
};

/// `gains`, `loses`, ...
std::string_view toString(ShareReason reason);

/// Shares in whole points of 100.
struct ShareProposal
{
    TargetId target;
    int from = 0;
    int to = 0;
    ShareReason reason = ShareReason::Stays;

    friend bool operator==(const ShareProposal &, const ShareProposal &) = default;
};

/// In the order of \p targets; the shares sum to 100 before and after. Nothing where nothing would
/// move, or too little is known: there must be two targets to compare.
///
/// A target's share of what may be moved is as the inverse square of its score: its cost, its time,
/// or as `balanced` weighs them (0.4 cost + 0.4 time + 0.2 x 10 x failures, multiples of the best).
[[nodiscard]] std::vector<ShareProposal> proposeShares(const std::vector<TargetSeen> &targets,
                                                       Aim aim,
                                                       const GuardRails &rails = {});

} // namespace signalbox::pricing
