// SPDX-License-Identifier: Apache-2.0
// Thinking: how much of it to ask for, and the thinking of earlier answers given back.
#pragma once

#include "core/base/json_writer.h"
#include "core/domain/chat_request.h"
#include "core/providers/anthropic_models.h"
#include "core/providers/encoded_body.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::providers {

/// The `format` that marks Anthropic's entries in `reasoning_details`, as OpenRouter names it.
inline constexpr std::string_view kAnthropicReasoning = "anthropic-claude-v1";

struct AnthropicThinking
{
    enum class Mode : std::uint8_t {
        Unsaid,
        Disabled,
        Budget,
        Adaptive
    };
    Mode mode = Mode::Unsaid;
    std::int64_t budget = 0; ///< of Budget; at least 1024 and less than the output limit
    std::string_view effort; ///< of Adaptive: low, medium, high, xhigh or max

    [[nodiscard]] bool isOn() const { return mode == Mode::Budget || mode == Mode::Adaptive; }
    /// Writes the member `thinking`, if there is anything to say.
    void write(JsonWriter &json) const;
};

/// What stands beside thinking in a request.
struct ThinkingTerms
{
    std::int64_t maxTokens = 0;
    std::string_view obstacle; ///< why budget thinking cannot be, may be empty
    bool forcesTool = false; ///< excludes every thinking
};

/// What `reasoning_effort` asks for: a budget of 1024 (minimal), 2048, 8192, 16384 or 32768 tokens,
/// or an effort. Where it cannot be, it is dropped and noted.
[[nodiscard]] AnthropicThinking planThinking(const ChatRequest &request,
                                             const AnthropicModel &model,
                                             const ThinkingTerms &terms,
                                             EncodedBody &notes);

/// The budget that `reasoning_effort` would have; 0 without one or where the model has efforts.
[[nodiscard]] std::int64_t thinkingBudget(const ChatRequest &request, const AnthropicModel &model);

/// The blocks in \p reasoningDetails, a raw array or empty, that Anthropic signed, in order.
[[nodiscard]] std::vector<std::string> replayedThinking(std::string_view reasoningDetails);

} // namespace signalbox::providers
