// SPDX-License-Identifier: Apache-2.0
// A conversation in OpenAI's messages arranged into Anthropic's turns.
#pragma once

#include "core/base/result.h"
#include "core/domain/chat_request.h"
#include "core/providers/anthropic_blocks.h"
#include "core/providers/encoded_body.h"
#include "core/providers/http_call.h"

namespace signalbox::providers {

/// The conversation of \p request, or why Anthropic would not take it; what was changed is noted in
/// \p notes. It lives no longer than the request.
[[nodiscard]] Result<AnthropicConversation, Refusal> arrangeTurns(const ChatRequest &request,
                                                                  EncodedBody &notes);

} // namespace signalbox::providers
