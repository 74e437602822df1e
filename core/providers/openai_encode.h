// SPDX-License-Identifier: Apache-2.0
// A chat request written as a body in OpenAI's format, for one kind of provider.
#pragma once

#include "core/domain/chat_request.h"
#include "core/domain/settings.h"
#include "core/providers/encoded_body.h"

#include <string_view>

namespace signalbox::providers {

/// The client's members in the client's order and spelling, but for what \p kind needs otherwise.
[[nodiscard]] EncodedBody encodeOpenAiChat(ProviderKind kind,
                                           const ChatRequest &request,
                                           std::string_view upstreamModel);

} // namespace signalbox::providers
