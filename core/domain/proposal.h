// SPDX-License-Identifier: Apache-2.0
// Other weights that were proposed for a route, and what became of them.
#pragma once

#include "core/base/time.h"
#include "core/domain/ids.h"
#include "core/domain/settings.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

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

/// Other weights for one route, and what became of them.
struct Proposal
{
    enum class State : std::uint8_t {
        Pending,
        Accepted, ///< in force as proposed
        Edited, ///< in force as an operator changed it
        Refused,
        Overtaken, ///< the route changed, or a newer proposal came
    };
    std::int64_t number = 0; ///< grows by one
    SystemTime made{};
    std::string route;
    WeightAim aim = WeightAim::Balanced;
    std::string revision; ///< of the configuration that it was made for
    std::vector<ShareProposal> shares;
    State state = State::Pending;
    std::optional<SystemTime> decided;
    std::string who; ///< the operator; `gateway` where the route says auto_apply
    std::string why; ///< in their words; may be empty
    std::string applied; ///< Accepted, Edited: the revision that it became
    std::vector<int> given; ///< Edited: points, in the order of \a shares

    friend bool operator==(const Proposal &, const Proposal &) = default;
};

/// `pending`, `accepted`, `edited`, `refused`, `overtaken`
[[nodiscard]] std::string_view toString(Proposal::State state);

} // namespace signalbox
