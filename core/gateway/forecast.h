// SPDX-License-Identifier: Apache-2.0
// What a target would probably cost and take for one request.
#pragma once

#include "core/domain/decision.h"
#include "core/domain/forecast.h"
#include "core/domain/record.h"
#include "core/domain/settings.h"
#include "core/routing/experience.h"

namespace signalbox::gateway {

/// By what was seen of \p target, what its prompt counts there, and its price; the cost is nothing
/// where the price is unknown. Where a target is \p warm, that one has so much of the prompt in its
/// cache and the others nothing. \pre \p configuration has the target
[[nodiscard]] Forecast forecastOf(const TargetId &target,
                                  const RequestRecord &record,
                                  std::int64_t promptTokens,
                                  const Configuration &configuration,
                                  const routing::Experience &experience,
                                  SteadyTime now,
                                  const std::optional<WarmPrompt> &warm = {});

/// What a call is reserved with: its forecast cost, nothing at an unknown price.
[[nodiscard]] Money expectedCost(const TargetId &target,
                                 const RequestRecord &record,
                                 std::int64_t promptTokens,
                                 const Configuration &configuration,
                                 const routing::Experience &experience,
                                 SteadyTime now);

} // namespace signalbox::gateway
