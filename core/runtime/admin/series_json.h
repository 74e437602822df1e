// SPDX-License-Identifier: Apache-2.0
// The charts' past as `GET series` gives it, written and read.
#pragma once

#include "core/runtime/admin/admin_query.h"
#include "core/telemetry/snapshot.h"

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace signalbox::runtime {

/// Buckets of one width, oldest first; every list has the same length.
struct SeriesPage
{
    Seconds bucket{1};
    std::size_t keeps = 0; ///< as many the gateway remembers at most
    SystemTime first{}; ///< where the first one begins, or would begin if there were any
    std::vector<telemetry::SeriesPoint> total;
    std::vector<std::pair<std::string, std::vector<telemetry::SeriesPoint>>> providers;
};

/// One object on one line: a list per measure, null where there is no data, money as decimals.
[[nodiscard]] std::string seriesText(const telemetry::Snapshot &snapshot, const SeriesQuery &query);

/// Reads what seriesText() wrote; nothing when \p json is something else.
[[nodiscard]] std::optional<SeriesPage> seriesFromJson(const nlohmann::ordered_json &json);

} // namespace signalbox::runtime
