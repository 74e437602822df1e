// SPDX-License-Identifier: Apache-2.0
// Tools and how they are to be chosen, translated for Anthropic.
#pragma once

#include "core/base/result.h"
#include "core/domain/chat_request.h"
#include "core/providers/anthropic_models.h"
#include "core/providers/anthropic_turns.h"
#include "core/providers/encoded_body.h"
#include "core/providers/http_call.h"

#include <string>

namespace signalbox::providers {

struct AnthropicTools
{
    std::string tools; ///< the array; empty without any
    std::string choice; ///< the object; empty where the default will do
    bool forcesTool = false; ///< the answer must be a tool call
};

/// The tools of \p request, or why Anthropic would not take them; what was changed is noted in
/// \p notes. Where the request has none but \p conversation used some, those are declared, not to be
/// called, for Anthropic demands it.
[[nodiscard]] Result<AnthropicTools, Refusal> translateTools(
    const ChatRequest &request,
    const AnthropicModel &model,
    const AnthropicConversation &conversation,
    EncodedBody &notes);

} // namespace signalbox::providers
