// SPDX-License-Identifier: Apache-2.0
// Tools and their choice for providers of OpenAI's format that take less than it allows.
#pragma once

#include "core/base/json_writer.h"
#include "core/providers/encoded_body.h"
#include "core/providers/openai_kinds.h"

#include <string_view>

namespace signalbox::providers {

/// Writes the array \p tools (raw): functions without parameters get an empty object of them and lose
/// `strict` where the kind wants it so; all else stays as the client wrote it.
void writeOpenAiTools(JsonWriter &json,
                      const OpenAiKind &kind,
                      std::string_view tools,
                      EncodedBody &notes);

} // namespace signalbox::providers
