// SPDX-License-Identifier: Apache-2.0
// Decisions and facts as JSON and back without loss: replay reads what the ledger keeps.
#pragma once

#include "core/base/json_writer.h"
#include "core/domain/decision.h"
#include "core/domain/facts.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>

namespace signalbox::runtime {

/// The seed is a decimal string: many readers of JSON keep 53 bits of a number only.
void write(JsonWriter &json, const Decision &decision);
void write(JsonWriter &json, const RequestFacts &facts);

/// Nothing when it is no object or names a strategy or veto that does not exist.
std::optional<Decision> decisionFromJson(const nlohmann::ordered_json &json);
/// Nothing when it is no object.
std::optional<RequestFacts> factsFromJson(const nlohmann::ordered_json &json);

} // namespace signalbox::runtime
