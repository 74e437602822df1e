// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_models.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {
namespace {

struct Family
{
    std::string_view prefix;
    AnthropicModel model;
};

constexpr AnthropicModel kFirst{.takesSchemas = false};
constexpr AnthropicModel kMiddle{};
/// Prefill went with 4.6 (platform.claude.com, migration guide).
constexpr AnthropicModel kAdaptive{.thinksAdaptively = true, .takesPrefill = false};
/// 4.7 and later refuse sampling parameters and budgets.
constexpr AnthropicModel kNewest{.takesSampling = false,
                                 .thinksAdaptively = true,
                                 .takesXhigh = true,
                                 .takesPrefill = false};
constexpr AnthropicModel kAlwaysThinking{.takesSampling = false,
                                         .thinksAdaptively = true,
                                         .mayNotThink = false,
                                         .takesXhigh = true,
                                         .takesPrefill = false};

/// The first that fits counts. From the tables of models in the SDKs and in Anthropic's pages on
/// structured outputs, thinking and migration, as of August 2026.
constexpr std::array<Family, 16> kFamilies = {{
    {"claude-2", kFirst},
    {"claude-3", kFirst},
    {"claude-instant", kFirst},
    {"claude-opus-4-0", kFirst},
    {"claude-opus-4-2025", kFirst},
    {"claude-sonnet-4-0", kFirst},
    {"claude-sonnet-4-2025", kFirst},
    {"claude-opus-4-1", kMiddle},
    {"claude-opus-4-5", kMiddle},
    {"claude-sonnet-4-5", kMiddle},
    {"claude-haiku-4-5", kMiddle},
    {"claude-opus-4-6", kAdaptive},
    {"claude-sonnet-4-6", kAdaptive},
    {"claude-fable-", kAlwaysThinking},
    {"claude-mythos-", kAlwaysThinking},
    {"claude-", kNewest},
}};

} // namespace

AnthropicModel anthropicModel(std::string_view name)
{
    const auto claude = name.find("claude-");
    if (claude == std::string_view::npos) {
        return kMiddle;
    }
    const std::string_view bare = name.substr(claude);
    return std::ranges::find_if(kFamilies,
                                [bare](const Family &family) {
                                    return bare.starts_with(family.prefix);
                                })
        ->model;
}

} // namespace signalbox::providers
