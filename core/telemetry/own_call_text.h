// SPDX-License-Identifier: Apache-2.0
// The metrics of calls that no client asked for, as text.
#pragma once

#include "core/telemetry/counters.h"
#include "core/telemetry/metrics_text.h"

namespace signalbox::telemetry {

/// Of every configured target: health checks and shadows, and what they cost.
void writeOwnCalls(MetricsText &out, const Counters &counters);

} // namespace signalbox::telemetry
