// SPDX-License-Identifier: Apache-2.0
// Reasoning that a provider wants back within a tool loop, and that a client has left out.
#pragma once

#include "core/domain/chat_request.h"
#include "core/domain/settings.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::providers {

/// What an answer with tool calls said of how it came about.
struct KeptReasoning
{
    std::string text; ///< as `reasoning_content`
    std::string detailsJson; ///< as `reasoning_details`; raw array, or empty

    [[nodiscard]] bool isEmpty() const { return text.empty() && detailsJson.empty(); }
};

/// Whether \p kind refuses a tool loop, or thinks no further in it, without its earlier reasoning:
/// Anthropic, Gemini and OpenRouter by details, DeepSeek by text (docs/PROVIDERS.md, 70 to 72).
bool wantsReasoningBack(ProviderKind kind);

using FindReasoning = std::function<const KeptReasoning *(std::string_view callId)>;

/// \p request with the reasoning that \p find knows by the first call of an assistant's message,
/// in messages that have none of their own; nothing when there is none to add.
std::optional<ChatRequest> withReasoning(const ChatRequest &request, const FindReasoning &find);

} // namespace signalbox::providers
