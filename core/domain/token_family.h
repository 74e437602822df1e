// SPDX-License-Identifier: Apache-2.0
// Which way of cutting text into tokens a model is billed by.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace signalbox {

enum class TokenFamily : std::uint8_t {
    O200k, ///< OpenAI since gpt-4o; also what is assumed of strangers
    Cl100k, ///< OpenAI's gpt-4 and gpt-3.5, text-embedding-3
    Qwen,
    DeepSeek,
    Mistral,
    Claude,
    ClaudeNew, ///< Claude since Opus 4.7
    Gemini,
};

/// As written in the configuration: `o200k`, `cl100k`, `qwen`, ..., `claude`, `claude-new`, `gemini`.
std::string_view toString(TokenFamily family);
/// All of them, in the order of the enumeration.
const std::vector<TokenFamily> &tokenFamilies();

} // namespace signalbox
