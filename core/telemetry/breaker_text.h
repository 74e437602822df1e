// SPDX-License-Identifier: Apache-2.0
// The three signalbox_breaker_* metrics as text.
#pragma once

#include "core/telemetry/counters.h"
#include "core/telemetry/live_state.h"
#include "core/telemetry/metrics_text.h"

namespace signalbox::telemetry {

/// Of every configured target; one that \p live does not name is closed and not forced.
void writeBreakers(MetricsText &out, const Counters &counters, const LiveState &live);

} // namespace signalbox::telemetry
