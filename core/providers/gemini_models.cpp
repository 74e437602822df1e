// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_models.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {
namespace {

using Thinking = GeminiModel::Thinking;

struct Family
{
    std::string_view prefix;
    GeminiModel model;
};

constexpr GeminiModel kPlain{};
/// From 2.5 on penalties and logprobs are answered with 400 "... is not enabled for this model".
constexpr GeminiModel kFirst{.takesPenalties = true, .takesLogprobs = true};
constexpr GeminiModel kPro25{.thinking = Thinking::Budget, .budgetMin = 128, .budgetMax = 32'768};
constexpr GeminiModel kFlash25{.thinking = Thinking::Budget,
                               .budgetMin = 1,
                               .budgetMax = 24'576,
                               .mayNotThink = true};
constexpr GeminiModel kLite25{.thinking = Thinking::Budget,
                              .budgetMin = 512,
                              .budgetMax = 24'576,
                              .mayNotThink = true};
constexpr GeminiModel kImage25{};

constexpr GeminiModel byLevel(bool minimal, bool medium)
{
    return {.thinking = Thinking::Level,
            .hasMinimal = minimal,
            .hasMedium = medium,
            .takesToolsBesideJson = true,
            .wantsSignatures = true};
}

/// The first that fits counts. From ai.google.dev on thinking, function calling, structured output
/// and file inputs, and the issues of its SDKs, as of October 2026.
constexpr std::array<Family, 11> kFamilies = {{
    {"gemini-1", kFirst},
    {"gemini-2.0", kFirst},
    {"gemini-2.5-flash-image", kImage25},
    {"gemini-2.5-flash-lite", kLite25},
    {"gemini-2.5-pro", kPro25},
    {"gemini-2.5", kFlash25},
    {"gemini-embedding", kPlain},
    {"gemini-3-pro", byLevel(false, false)},
    {"gemini-3.1-pro", byLevel(false, true)},
    {"gemini-pro-latest", byLevel(false, true)},
    {"gemini-", byLevel(true, true)},
}};

} // namespace

GeminiModel geminiModel(std::string_view name)
{
    const auto gemini = name.rfind("gemini-");
    if (gemini == std::string_view::npos) {
        return kPlain;
    }
    const std::string_view bare = name.substr(gemini);
    return std::ranges::find_if(kFamilies,
                                [bare](const Family &family) {
                                    return bare.starts_with(family.prefix);
                                })
        ->model;
}

} // namespace signalbox::providers
