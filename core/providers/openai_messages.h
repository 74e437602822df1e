// SPDX-License-Identifier: Apache-2.0
// The conversation for providers of OpenAI's format that do not take every member of a message.
#pragma once

#include "core/base/json_writer.h"
#include "core/domain/chat_request.h"
#include "core/providers/encoded_body.h"
#include "core/providers/openai_kinds.h"

#include <string_view>

namespace signalbox::providers {

/// Writes the value of `messages`. \p instruction, if any, leads it as a system message. What the
/// kind takes as it is keeps the client's bytes.
void writeOpenAiMessages(JsonWriter &json,
                         const OpenAiKind &kind,
                         const ChatRequest &request,
                         std::string_view instruction,
                         EncodedBody &notes);

} // namespace signalbox::providers
