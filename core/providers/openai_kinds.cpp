// SPDX-License-Identifier: Apache-2.0
#include "core/providers/openai_kinds.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {
namespace {

constexpr std::array<std::string_view, 6> kQwenDrops = {
    "logit_bias",
    "user",
    "store",
    "metadata",
    "service_tier",
    "prediction",
};
constexpr std::array<std::string_view, 8> kDeepSeekDrops = {
    "n",
    "seed",
    "logit_bias",
    "user",
    "store",
    "metadata",
    "service_tier",
    "prediction",
};
constexpr std::array<std::string_view, 3> kOpenRouterDrops = {"n", "store", "service_tier"};
/// Mistral answers 422 to any other member.
constexpr std::array<std::string_view, 20> kMistralTakes = {
    "model",
    "messages",
    "stream",
    "temperature",
    "top_p",
    "max_tokens",
    "stop",
    "random_seed",
    "tools",
    "tool_choice",
    "parallel_tool_calls",
    "response_format",
    "presence_penalty",
    "frequency_penalty",
    "n",
    "prediction",
    "metadata",
    "prompt_mode",
    "safe_prompt",
    "reasoning_effort",
};
constexpr std::array<FieldRename, 1> kMistralRenames = {{{"seed", "random_seed"}}};

constexpr OpenAiKind kOpenAi{.developerRole = true, .drops = {}, .takes = {}, .renames = {}};
constexpr OpenAiKind kCompatible{.drops = {}, .takes = {}, .renames = {}};
constexpr OpenAiKind kQwen{.drops = kQwenDrops, .takes = {}, .renames = {}};
constexpr OpenAiKind kDeepSeek{.embeddings = false,
                               .drops = kDeepSeekDrops,
                               .takes = {},
                               .renames = {}};
constexpr OpenAiKind kOpenRouter{.drops = kOpenRouterDrops, .takes = {}, .renames = {}};
constexpr OpenAiKind kMistral{.includeUsage = false,
                              .drops = {},
                              .takes = kMistralTakes,
                              .renames = kMistralRenames};

} // namespace

const OpenAiKind &openAiKind(ProviderKind kind)
{
    switch (kind) {
    case ProviderKind::OpenAi:
        return kOpenAi;
    case ProviderKind::Qwen:
        return kQwen;
    case ProviderKind::DeepSeek:
        return kDeepSeek;
    case ProviderKind::Mistral:
        return kMistral;
    case ProviderKind::OpenRouter:
        return kOpenRouter;
    case ProviderKind::OpenAiCompatible:
    case ProviderKind::Anthropic:
    case ProviderKind::Gemini:
        break;
    }
    return kCompatible;
}

std::string_view outputLimitField(ProviderKind kind, std::string_view model)
{
    constexpr std::array<std::string_view, 4> kReasoning = {"o1", "o3", "o4", "gpt-5"};
    const bool reasons = std::ranges::any_of(kReasoning, [&](std::string_view prefix) {
        return model.starts_with(prefix);
    });
    if (kind != ProviderKind::OpenAi) {
        return "max_tokens";
    }
    return reasons ? "max_completion_tokens" : std::string_view();
}

} // namespace signalbox::providers
