// SPDX-License-Identifier: Apache-2.0
// From counters to what a screen is shown.
#pragma once

#include "core/telemetry/counters.h"
#include "core/telemetry/live_state.h"
#include "core/telemetry/snapshot.h"

namespace signalbox::telemetry {

/// Nothing but the number of samples below 20 of them.
[[nodiscard]] Quantiles quantilesOf(const Histogram &histogram);

[[nodiscard]] Totals totalsOf(const Counters &counters, SteadyTime now);
[[nodiscard]] ProviderView viewOf(const ProviderCounters &counters,
                                  const LiveState &live,
                                  SteadyTime now);
[[nodiscard]] RouteView viewOf(const RouteCounters &counters, SteadyTime now);
/// The share of the last minute's attempts; NaN when the route had none.
[[nodiscard]] double actualShare(const RouteCounters &route,
                                 const ShareCounter &share,
                                 SteadyTime now);

} // namespace signalbox::telemetry
