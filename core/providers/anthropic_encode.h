// SPDX-License-Identifier: Apache-2.0
// A chat request written as a body in Anthropic's Messages format.
#pragma once

#include "core/base/result.h"
#include "core/domain/chat_request.h"
#include "core/domain/settings.h"
#include "core/providers/encoded_body.h"
#include "core/providers/http_call.h"

#include <string_view>

namespace signalbox::providers {

/// Tokens an answer may have when neither the request nor the model says; the format demands one.
inline constexpr std::int64_t kAnthropicMaxTokens = 4096;

/// The body, or why the format or the model does not take the request. Whether it refuses depends
/// on \p request and \p upstreamModel alone.
[[nodiscard]] Result<EncodedBody, Refusal> encodeAnthropicChat(const ChatRequest &request,
                                                               std::string_view upstreamModel,
                                                               const ModelSettings &model);

/// Why encodeAnthropicChat() would refuse; nothing when it would not.
[[nodiscard]] std::optional<Refusal> refuseAnthropicChat(const ChatRequest &request,
                                                         std::string_view upstreamModel);

} // namespace signalbox::providers
