// SPDX-License-Identifier: Apache-2.0
// JSON schemas in the dialect that Anthropic enforces: structured output and strict tools.
#pragma once

#include "core/base/json_writer.h"
#include "core/base/result.h"
#include "core/domain/chat_request.h"
#include "core/providers/anthropic_models.h"
#include "core/providers/encoded_body.h"
#include "core/providers/http_call.h"
#include "core/providers/json_reader.h"

#include <set>
#include <string>

namespace signalbox::providers {

/// Writes \p schema without the keywords Anthropic refuses; what they demanded is told in the
/// description of the value instead, and their names are added to \p moved. `oneOf` becomes
/// `anyOf`, and every object is closed (`additionalProperties` is named in \p moved where it was
/// not). Names, numbers and enumerations keep their spelling.
void writeAnthropicSchema(JsonWriter &json, JsonValue &schema, std::set<std::string> &moved);

/// The `format` member for `output_config`, raw, where `response_format` has a schema; else empty.
[[nodiscard]] Result<std::string, Refusal> translateSchema(const ChatRequest &request,
                                                           const AnthropicModel &model,
                                                           EncodedBody &notes);

} // namespace signalbox::providers
