// SPDX-License-Identifier: Apache-2.0
// What an applied change was foretold to bring, and what then happened.
#pragma once

#include "core/domain/trial.h"

#include <cstdint>
#include <optional>

namespace signalbox {

/// Of the requests of the routes that a change changed, since it is in force.
struct FollowUp
{
    ExpectedEffect foretold;
    EffectFigures happened; ///< up to `until`
    std::optional<SystemTime> until; ///< nothing: too little happened yet to say
    bool final = false; ///< it stays as it is

    friend bool operator==(const FollowUp &, const FollowUp &) = default;
};

/// How far what was foretold was from what then happened: of the changes with at least a hundred
/// requests each for which something was foretold.
struct ForesightTruth
{
    std::int64_t changes = 0;
    std::optional<double> costError; ///< median of |happened / foretold - 1|; nothing: of none
    std::optional<double> p95Error; ///< likewise
    std::optional<double> failureError; ///< median of |happened - foretold|, of 1

    friend bool operator==(const ForesightTruth &, const ForesightTruth &) = default;
};

} // namespace signalbox
