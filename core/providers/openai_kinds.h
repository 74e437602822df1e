// SPDX-License-Identifier: Apache-2.0
// Where the providers that speak OpenAI's format differ in what they take.
#pragma once

#include "core/domain/settings.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace signalbox::providers {

struct FieldRename
{
    std::string_view from;
    std::string_view to;
};

/// What becomes of the reasoning that a client gives back with an earlier answer.
enum class GivenReasoning : std::uint8_t {
    AsItIs, ///< a host unknown to us
    LeftOut, ///< refused or useless there
    Content, ///< `reasoning_content` alone; its absence beside tools is refused
    Details, ///< `reasoning_details`, and `reasoning` for `reasoning_content`
};

/// How a model is told to think, or not.
enum class ThinkingSwitch : std::uint8_t {
    AsItIs, ///< `reasoning_effort` as the client says it
    OpenAi, ///< the same, with what the model has; such models refuse sampling
    EnableThinking, ///< `enable_thinking` and `thinking_budget`
    ThinkingType, ///< `thinking.type` and `reasoning_effort` of low, high, max
    PromptMode, ///< `prompt_mode: reasoning`, or `reasoning_effort` of none, high
};

/// Which ids of tool calls are taken.
enum class CallIdForm : std::uint8_t {
    Any,
    Forty, ///< of 40 bytes at most
    Nine ///< exactly nine letters and digits
};

struct OpenAiKind
{
    bool developerRole = false; ///< else developer messages become system messages
    bool includeUsage = true; ///< send stream_options.include_usage; else its usage always comes
    bool embeddings = true;
    bool severalAnswers = true; ///< takes `n` above 1
    bool jsonWord = false; ///< refuses `json_object` where no message speaks of JSON
    bool needsParameters = false; ///< refuses a function without an object of parameters
    bool strictTools = true; ///< takes `strict` of a function
    bool plainMessages = false; ///< refuses members of messages that are not Mistral's own
    GivenReasoning givenReasoning = GivenReasoning::AsItIs;
    ThinkingSwitch thinking = ThinkingSwitch::AsItIs;
    CallIdForm callIds = CallIdForm::Any;
    std::string_view required = "required"; ///< its word for that `tool_choice`
    std::string_view
        prefillMark; ///< member of a final message that is gone on with; empty: none is
    std::span<const std::string_view> drops; ///< members it refuses or ignores
    std::span<const std::string_view> takes; ///< if not empty, all other members are dropped
    std::span<const FieldRename> renames;
};

/// \pre \p kind is one of openai, qwen, deepseek, mistral, openrouter, openai-compatible.
[[nodiscard]] const OpenAiKind &openAiKind(ProviderKind kind);

/// The one name under which a model of \p kind takes the limit of its answer; empty when it takes
/// both.
[[nodiscard]] std::string_view outputLimitField(ProviderKind kind, std::string_view model);

/// \p model of \p kind goes on with an assistant's final message.
[[nodiscard]] bool takesPrefill(ProviderKind kind, std::string_view model);

/// \p model takes `response_format: json_schema`; else it gets the schema in words.
[[nodiscard]] bool takesJsonSchema(ProviderKind kind, std::string_view model);

} // namespace signalbox::providers
