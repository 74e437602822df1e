// SPDX-License-Identifier: Apache-2.0
// The four gen_ai_* metrics as text, with the attribute names of the semantic conventions.
#pragma once

#include "core/telemetry/counters.h"
#include "core/telemetry/metrics_text.h"

namespace signalbox::telemetry {

/// One series per configured target, operation and, for durations, error. The label `target` tells
/// apart two providers of one kind that serve the same model.
void writeGenAi(MetricsText &out, const Counters &counters);

} // namespace signalbox::telemetry
