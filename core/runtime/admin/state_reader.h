// SPDX-License-Identifier: Apache-2.0
// The state of another machine's gateway, read back into the values that screens know.
#pragma once

#include "core/base/result.h"
#include "core/telemetry/snapshot.h"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace signalbox::runtime {

/// Who a gateway takes us for, and what it is.
struct RemoteIdentity
{
    int api = 0; ///< see kAdminApi
    std::string version;
    std::string person;
    bool viewer = false; ///< reads everything, changes nothing
};

/// Reads what toJson(Snapshot) wrote, but for the steady clock and the series, which it does not
/// have. Members that are missing are defaults, so that older gateways can be read; the error names
/// the member without which nothing can be shown, or which makes no sense.
[[nodiscard]] Result<telemetry::Snapshot, std::string> snapshotFromJson(
    const nlohmann::ordered_json &json);

/// What only `GET state` tells.
[[nodiscard]] RemoteIdentity identityFromJson(const nlohmann::ordered_json &json);

} // namespace signalbox::runtime
