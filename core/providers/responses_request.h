// SPDX-License-Identifier: Apache-2.0
// OpenAI's Responses requests read.
#pragma once

#include "core/base/result.h"
#include "core/domain/chat_request.h"
#include "core/providers/client_api.h"

#include <string_view>

namespace signalbox::providers {

/// Reads a Responses body, translated into the chat form. What would need state kept for the client
/// or OpenAI's own servers is refused by name.
[[nodiscard]] Result<ChatRequest, BadRequest> decodeResponses(std::string_view body);

} // namespace signalbox::providers
