// SPDX-License-Identifier: Apache-2.0
// JSON Schema as far as Gemini takes it.
#pragma once

#include "core/base/json_writer.h"
#include "core/providers/json_reader.h"

#include <set>
#include <string>

namespace signalbox::providers {

/// Writes \p schema with the keywords Gemini documents for `responseJsonSchema`. Others are told in
/// the description of the value and named in \p moved, but for those beside a `$ref`, where nothing
/// may stand. References stay references: Gemini unrolls recursive ones itself.
void writeGeminiJsonSchema(JsonWriter &json, JsonValue &schema, std::set<std::string> &moved);

} // namespace signalbox::providers
