// SPDX-License-Identifier: Apache-2.0
// From a request's facts to the order in which targets are tried, with every reason.
#pragma once

#include "core/domain/decision.h"
#include "core/domain/facts.h"
#include "core/domain/features.h"
#include "core/domain/record.h"
#include "core/domain/settings.h"
#include "core/routing/smooth_weights.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace signalbox::routing {

/// Whether a target can serve now, and if not, why.
struct Availability
{
    Veto veto = Veto::None;
    std::string detail; ///< such as the missing feature

    friend bool operator==(const Availability &, const Availability &) = default;
};

/// Looks without changing anything: most targets that are asked about are not used.
using AvailabilityLookup = std::function<Availability(const TargetId &target, FeatureSet needs)>;

/// MissingFeature with the first feature's name when \p model lacks some of \p needs; NotServable
/// when a prompt of about \p promptTokens is longer than its context by more than the estimate errs.
[[nodiscard]] Availability capabilityOf(const ModelSettings &model,
                                        FeatureSet needs,
                                        std::int64_t promptTokens = 0);

/// A route of one target and no rules: how a target called by its own name is served.
[[nodiscard]] RouteSettings routeToTarget(const TargetId &target);

/// What a target would cost and take; asked only where the strategy looks ahead.
using ForecastLookup = std::function<Forecast(const TargetId &target)>;

struct RoutingQuestion
{
    const RouteSettings &route;
    const RequestFacts &facts;
    FeatureSet needs;
    const AvailabilityLookup &availability;
    std::uint64_t seed = 0; ///< of the draws after the first
    ForecastLookup forecast = {}; ///< without it nothing is known of any target
    std::optional<double> draw = {}; ///< the first draw of a decision that is made again
    std::optional<WarmPrompt> warm = {}; ///< where the conversation's beginning is cached
};

/// Rules first, the first match wins; its targets lead, the route's remaining ones follow as
/// fallback. Lower tiers lead, the strategy decides inside a tier. Vetoed candidates are listed in
/// their tier but are not drawn: under Priority where they stand, else at its end. What is tried are
/// the candidates without a veto, in order.
///
/// Cheapest, Fastest and Balanced order by forecast, see look_ahead.h.
///
/// A warm target that the first to be tried would be followed by, in one tier, leads in its place
/// where it is expected to cost less, what its cache has taken off; under Cheapest and Balanced the
/// score says that already. Where a warm one may be tried nothing is explored.
///
/// \p draws moves on only when chance decided who leads; use a copy to explain without effect.
[[nodiscard]] Decision decide(const RoutingQuestion &question, DrawState &draws);

/// The decision of \p record made once more, from the facts, vetoes, forecasts, seed and draw that it
/// keeps: the same one, as long as \p route is what it was. Targets that were no candidates then are
/// vetoed.
[[nodiscard]] Decision decideAgain(const RouteSettings &route, const RequestRecord &record);

} // namespace signalbox::routing
