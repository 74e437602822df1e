// SPDX-License-Identifier: Apache-2.0
// A chat request written as a body of Gemini's generateContent.
#pragma once

#include "core/base/result.h"
#include "core/domain/chat_request.h"
#include "core/domain/settings.h"
#include "core/providers/encoded_body.h"
#include "core/providers/http_call.h"

#include <string_view>

namespace signalbox::providers {

/// Answers to one request; ai.google.dev, GenerationConfig.
inline constexpr int kGeminiCandidatesMax = 8;

/// The body, or why the format or the model does not take the request. Whether it refuses depends
/// on \p request and \p upstreamModel alone.
[[nodiscard]] Result<EncodedBody, Refusal> encodeGeminiChat(const ChatRequest &request,
                                                            std::string_view upstreamModel,
                                                            const ModelSettings &model);

/// Why encodeGeminiChat() would refuse; nothing when it would not.
[[nodiscard]] std::optional<Refusal> refuseGeminiChat(const ChatRequest &request,
                                                      std::string_view upstreamModel);

} // namespace signalbox::providers
