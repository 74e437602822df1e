// SPDX-License-Identifier: Apache-2.0
// Anthropic's Messages requests read.
#pragma once

#include "core/base/result.h"
#include "core/domain/chat_request.h"
#include "core/providers/client_api.h"

#include <string_view>

namespace signalbox::providers {

/// Reads a Messages body: translated into the chat form, and beside it as targets of Anthropic's own
/// format shall get it. \p betas: the header `anthropic-beta`.
[[nodiscard]] Result<ChatRequest, BadRequest> decodeMessages(std::string_view body,
                                                             std::string_view betas);

} // namespace signalbox::providers
