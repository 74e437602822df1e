// SPDX-License-Identifier: Apache-2.0
// The snapshot as `GET state` and the event stream give it.
#pragma once

#include "core/telemetry/snapshot.h"

#include <nlohmann/json_fwd.hpp>

namespace signalbox::runtime {

/// Counts what changes in the operators' HTTP in a way that a console must know; what is only
/// added does not count.
inline constexpr int kAdminApi = 1;

nlohmann::ordered_json toJson(const telemetry::Snapshot &snapshot);
nlohmann::ordered_json toJson(const telemetry::TargetView &target);
nlohmann::ordered_json toJson(const telemetry::BreakerTransition &transition);

} // namespace signalbox::runtime
