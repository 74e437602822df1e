// SPDX-License-Identifier: Apache-2.0
// What GET /metrics answers; docs/METRICS.md lists every name and label.
#pragma once

#include "core/telemetry/live_state.h"
#include "core/telemetry/telemetry.h"

#include <string>

namespace signalbox::telemetry {

/// The media type of prometheusText().
inline constexpr std::string_view kPrometheusMediaType = "text/plain; version=0.0.4; charset=utf-8";

/// Every counter in text exposition format 0.0.4. Label values are configured names, words of a
/// fixed list or `other`, so their number is bounded by the configuration.
[[nodiscard]] std::string prometheusText(const Telemetry &telemetry,
                                         const LiveState &live,
                                         Now now);

} // namespace signalbox::telemetry
