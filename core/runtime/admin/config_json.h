// SPDX-License-Identifier: Apache-2.0
// Configurations, their faults and their past as the operators' HTTP writes them.
#pragma once

#include "core/routing/lint.h"
#include "core/runtime/config_keeper.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

[[nodiscard]] nlohmann::ordered_json toJson(const Revision &revision);
/// Nothing where it is none.
[[nodiscard]] std::optional<Revision> revisionFromJson(const nlohmann::ordered_json &json);
[[nodiscard]] nlohmann::ordered_json toJson(const ConfigState &state);
/// Faults of \p text with their keys.
[[nodiscard]] nlohmann::ordered_json toJson(const Faults &faults, const std::string &text);
[[nodiscard]] nlohmann::ordered_json toJson(const std::vector<routing::LintFinding> &findings);
[[nodiscard]] nlohmann::ordered_json toJson(const RevisionText &revision);

} // namespace signalbox::runtime
