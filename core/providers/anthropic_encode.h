// SPDX-License-Identifier: Apache-2.0
// A chat request of text written as a body in Anthropic's Messages format.
#pragma once

#include "core/domain/chat_request.h"
#include "core/domain/settings.h"
#include "core/providers/encoded_body.h"

#include <string_view>

namespace signalbox::providers {

/// Tokens an answer may have when neither the request nor the model says; the format demands one.
inline constexpr std::int64_t kAnthropicMaxTokens = 4096;

/// \pre the request holds nothing but text
[[nodiscard]] EncodedBody encodeAnthropicChat(const ChatRequest &request,
                                              std::string_view upstreamModel,
                                              const ModelSettings &model);

} // namespace signalbox::providers
