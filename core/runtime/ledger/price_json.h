// SPDX-License-Identifier: Apache-2.0
// The price of an attempt as JSON and back without loss.
#pragma once

#include "core/base/json_writer.h"
#include "core/domain/record.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace signalbox::runtime {

/// Prices are decimal strings of US dollars per million tokens. Equal prices are equal texts.
void write(JsonWriter &json, const AppliedPrice &price);
std::string toText(const AppliedPrice &price);
/// Nothing when it is no object, or lacks one of the prices that every row has.
std::optional<AppliedPrice> priceFromJson(const nlohmann::ordered_json &json);

} // namespace signalbox::runtime
