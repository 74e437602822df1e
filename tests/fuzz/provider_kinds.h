// SPDX-License-Identifier: Apache-2.0
// The input also chooses the provider.
#pragma once

#include "core/domain/settings.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace signalbox::fuzz {

/// One kind per format and per special case of the classifier.
inline constexpr std::array kKinds = {ProviderKind::OpenAi,
                                      ProviderKind::Anthropic,
                                      ProviderKind::Qwen,
                                      ProviderKind::DeepSeek,
                                      ProviderKind::Mistral,
                                      ProviderKind::OpenRouter,
                                      ProviderKind::OpenAiCompatible,
                                      ProviderKind::Gemini};

/// Models of \p kind that are asked differently.
inline std::vector<std::string_view> modelsOf(ProviderKind kind)
{
    switch (kind) {
    case ProviderKind::OpenAi:
        return {"gpt-4o-mini", "gpt-5-mini", "o3", "gpt-5.2"};
    case ProviderKind::Anthropic:
        return {"claude-3-haiku", "claude-haiku-4-5", "claude-opus-4-8"};
    case ProviderKind::Qwen:
        return {"qwen-plus", "qwen-turbo", "qwen3-8b", "qwq-plus"};
    case ProviderKind::DeepSeek:
        return {"deepseek-v4-flash"};
    case ProviderKind::Mistral:
        return {"mistral-small-latest", "magistral-medium-latest"};
    case ProviderKind::Gemini:
        return {"gemini-1.5-pro", "gemini-2.5-flash", "models/gemini-3-pro"};
    case ProviderKind::OpenRouter:
    case ProviderKind::OpenAiCompatible:
        break;
    }
    return {"model"};
}

/// The kind that the low seven bits of \p byte name: `F` the first, `G` the next, ....
inline ProviderKind kindOf(std::uint8_t byte)
{
    constexpr unsigned kFirst = 'F';
    return kKinds[((byte & 0x7FU) + 8 * kKinds.size() - kFirst) % kKinds.size()];
}

} // namespace signalbox::fuzz
