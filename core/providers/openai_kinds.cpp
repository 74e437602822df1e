// SPDX-License-Identifier: Apache-2.0
#include "core/providers/openai_kinds.h"

#include "core/providers/openai_thinking.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {
namespace {

/// alibabacloud.com/help/en/model-studio, "OpenAI compatible - Chat".
constexpr std::array<std::string_view, 30> kQwenTakes = {
    "model",
    "messages",
    "stream",
    "stream_options",
    "temperature",
    "top_p",
    "top_k",
    "presence_penalty",
    "repetition_penalty",
    "max_tokens",
    "n",
    "seed",
    "stop",
    "tools",
    "tool_choice",
    "parallel_tool_calls",
    "response_format",
    "logprobs",
    "top_logprobs",
    "reasoning_effort",
    "enable_thinking",
    "thinking_budget",
    "preserve_thinking",
    "enable_search",
    "search_options",
    "modalities",
    "audio",
    "vl_high_resolution_images",
    "translation_options",
    "enable_code_interpreter",
};
/// api-docs.deepseek.com, "Create Chat Completion".
constexpr std::array<std::string_view, 16> kDeepSeekTakes = {
    "model",
    "messages",
    "stream",
    "stream_options",
    "temperature",
    "top_p",
    "max_tokens",
    "stop",
    "presence_penalty",
    "frequency_penalty",
    "response_format",
    "tools",
    "tool_choice",
    "logprobs",
    "top_logprobs",
    "thinking",
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

constexpr OpenAiKind kOpenAi{.developerRole = true,
                             .givenReasoning = GivenReasoning::LeftOut,
                             .thinking = ThinkingSwitch::OpenAi,
                             .callIds = CallIdForm::Forty,
                             .prefillMark = {},
                             .drops = {},
                             .takes = {},
                             .renames = {}};
constexpr OpenAiKind kCompatible{.prefillMark = {}, .drops = {}, .takes = {}, .renames = {}};
constexpr OpenAiKind kQwen{.jsonWord = true,
                           .needsParameters = true,
                           .givenReasoning = GivenReasoning::LeftOut,
                           .thinking = ThinkingSwitch::EnableThinking,
                           .prefillMark = "partial",
                           .drops = {},
                           .takes = kQwenTakes,
                           .renames = {}};
constexpr OpenAiKind kDeepSeek{.embeddings = false,
                               .severalAnswers = false,
                               .jsonWord = true,
                               .needsParameters = true,
                               .strictTools = false,
                               .givenReasoning = GivenReasoning::Content,
                               .thinking = ThinkingSwitch::ThinkingType,
                               .prefillMark = "prefix",
                               .drops = {},
                               .takes = kDeepSeekTakes,
                               .renames = {}};
constexpr OpenAiKind kOpenRouter{.severalAnswers = false,
                                 .givenReasoning = GivenReasoning::Details,
                                 .prefillMark = {},
                                 .drops = kOpenRouterDrops,
                                 .takes = {},
                                 .renames = {}};
constexpr OpenAiKind kMistral{.includeUsage = false,
                              .needsParameters = true,
                              .plainMessages = true,
                              .givenReasoning = GivenReasoning::LeftOut,
                              .thinking = ThinkingSwitch::PromptMode,
                              .callIds = CallIdForm::Nine,
                              .required = "any",
                              .prefillMark = "prefix",
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

bool takesPrefill(ProviderKind kind, std::string_view model)
{
    // alibabacloud.com/help/en/model-studio/partial-mode, 2026-03-15: none while it thinks.
    constexpr std::array<std::string_view, 9> kQwenModels = {"qwen-max",
                                                             "qwen-plus",
                                                             "qwen-flash",
                                                             "qwen-turbo",
                                                             "qwen-coder",
                                                             "qwen-math",
                                                             "qwen-vl",
                                                             "qwen2.5",
                                                             "qwen3"};
    const auto isNamed = [model](std::string_view prefix) { return model.starts_with(prefix); };
    switch (kind) {
    case ProviderKind::Qwen:
        return std::ranges::any_of(kQwenModels, isNamed) && !qwenAlwaysThinks(model)
               && model.find("omni") == std::string_view::npos;
    case ProviderKind::DeepSeek:
        return model != "deepseek-reasoner"; // it would think first
    case ProviderKind::Mistral:
        return !isNamed("magistral"); // it always thinks
    case ProviderKind::OpenAi:
    case ProviderKind::OpenRouter:
    case ProviderKind::OpenAiCompatible:
    case ProviderKind::Anthropic:
    case ProviderKind::Gemini:
        break;
    }
    return false;
}

bool takesJsonSchema(ProviderKind kind, std::string_view model)
{
    // alibabacloud.com/help/en/model-studio/qwen-structured-output, 2026-02-17
    constexpr std::array<std::string_view, 7> kQwenModels =
        {"qwen-plus", "qwen-flash", "qwen3-max", "qwen3.5", "qwen3.6", "qwen3.7", "qwen3.8"};
    if (kind == ProviderKind::Qwen) {
        return std::ranges::any_of(kQwenModels, [&](std::string_view prefix) {
            return model.starts_with(prefix);
        });
    }
    return kind != ProviderKind::DeepSeek;
}

} // namespace signalbox::providers
