// SPDX-License-Identifier: Apache-2.0
// The metrics of the gateway's cache, as text.
#pragma once

#include "core/telemetry/live_state.h"
#include "core/telemetry/metrics_text.h"

namespace signalbox::telemetry {

/// What it was asked, what it gave again, what that saved, and how full it is.
void writeCache(MetricsText &out, const LiveCache &cache);

} // namespace signalbox::telemetry
