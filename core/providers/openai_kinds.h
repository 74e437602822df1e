// SPDX-License-Identifier: Apache-2.0
// Where the providers that speak OpenAI's format differ in what they take.
#pragma once

#include "core/domain/settings.h"

#include <span>
#include <string_view>

namespace signalbox::providers {

struct FieldRename
{
    std::string_view from;
    std::string_view to;
};

struct OpenAiKind
{
    bool developerRole = false; ///< else developer messages become system messages
    bool includeUsage = true; ///< send stream_options.include_usage; else its usage always comes
    bool embeddings = true;
    std::span<const std::string_view> drops; ///< members it refuses or ignores
    std::span<const std::string_view> takes; ///< if not empty, it refuses every other member
    std::span<const FieldRename> renames;
};

/// \pre \p kind is one of openai, qwen, deepseek, mistral, openrouter, openai-compatible.
[[nodiscard]] const OpenAiKind &openAiKind(ProviderKind kind);

/// The one name under which a model of \p kind takes the limit of its answer; empty when it takes
/// both.
[[nodiscard]] std::string_view outputLimitField(ProviderKind kind, std::string_view model);

} // namespace signalbox::providers
