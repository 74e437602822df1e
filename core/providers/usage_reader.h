// SPDX-License-Identifier: Apache-2.0
// Usage figures of every provider, normalised.
#pragma once

#include "core/domain/usage.h"
#include "core/providers/json_reader.h"

#include <optional>

namespace signalbox::providers {

/// No answer counts more tokens; a larger figure is taken as this one.
inline constexpr std::int64_t kStatedTokensMax = 1'000'000'000;

/// A count within 0 .. kStatedTokensMax; nothing when it is no whole number.
[[nodiscard]] std::optional<std::int64_t> readTokens(JsonValue &value);

/// Reads a `usage` object of OpenAI's shape with the spellings of DeepSeek, Qwen, OpenRouter and
/// Together; nothing when it states neither prompt nor completion tokens.
[[nodiscard]] std::optional<Usage> readOpenAiUsage(JsonValue &value);

/// Reads Gemini's `usageMetadata`: thoughts are told apart from the candidates' tokens, prompts of
/// tool use apart from the prompt; what only the total tells counts as output. Nothing when it
/// states no count.
[[nodiscard]] std::optional<Usage> readGeminiUsage(JsonValue &value);

/// Anthropic's figures, whose input excludes the cache; a stream tells them in two parts, the later
/// ones replacing the earlier.
class AnthropicUsage
{
public:
    /// Takes the figures of one `usage` object.
    void read(JsonValue &value);
    [[nodiscard]] bool any() const { return m_any; }
    [[nodiscard]] Usage usage() const;

private:
    bool m_any = false;
    std::int64_t m_input = 0;
    std::int64_t m_cacheRead = 0;
    std::int64_t m_cacheWrite = 0;
    std::int64_t m_cacheWriteHour = 0;
    std::int64_t m_output = 0;
    std::int64_t m_thinking = 0;
};

} // namespace signalbox::providers
