// SPDX-License-Identifier: Apache-2.0
// Which way of cutting text into tokens a model is billed by.
#pragma once

#include "core/domain/settings.h"

#include <cstdint>
#include <string_view>

namespace signalbox::tokens {

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

/// By the maker of the model, which its name tells where the provider serves models of many.
[[nodiscard]] TokenFamily familyFor(ProviderKind kind, std::string_view model);

} // namespace signalbox::tokens
