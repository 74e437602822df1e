// SPDX-License-Identifier: Apache-2.0
// A Foresight as JSON, as the admin API answers it (docs/OPERATORS.md) and `signalboxd --replay
// --json` prints it.
#pragma once

#include "core/domain/foresight.h"

#include <nlohmann/json.hpp>

namespace signalbox::runtime {

[[nodiscard]] nlohmann::ordered_json toJson(const Foresight &foresight);
/// What toJson() wrote; a member that is missing is its default.
[[nodiscard]] Foresight foresightFrom(const nlohmann::ordered_json &json);

} // namespace signalbox::runtime
