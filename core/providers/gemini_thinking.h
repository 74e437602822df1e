// SPDX-License-Identifier: Apache-2.0
// How much a Gemini model shall think.
#pragma once

#include "core/domain/chat_request.h"
#include "core/providers/encoded_body.h"
#include "core/providers/gemini_models.h"

#include <string>

namespace signalbox::providers {

/// The raw `thinkingConfig` that `reasoning_effort` asks for; empty where nothing is said. Budgets
/// are those of Google's own OpenAI form: 1024 tokens (minimal, low), 8192, 24,576 (high), the
/// model's most (xhigh, max). What the model has not becomes the nearest it has, and is noted; one
/// that does not think at all is asked nothing, and the member dropped.
[[nodiscard]] std::string geminiThinking(const ChatRequest &request,
                                         const GeminiModel &model,
                                         EncodedBody &notes);

} // namespace signalbox::providers
