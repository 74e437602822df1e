// SPDX-License-Identifier: Apache-2.0
// What Gemini's model families take and refuse, by the model's name.
#pragma once

#include <cstdint>
#include <string_view>

namespace signalbox::providers {

struct GeminiModel
{
    enum class Thinking : std::uint8_t {
        None,
        Budget, ///< in tokens
        Level ///< LOW, HIGH and, where it has them, MINIMAL and MEDIUM
    };
    Thinking thinking = Thinking::None;
    std::int64_t budgetMin = 0; ///< above 0; where it may not think, 0 is taken too
    std::int64_t budgetMax = 0;
    bool mayNotThink = false; ///< of Budget
    bool hasMinimal = false; ///< of Level
    bool hasMedium = false; ///< of Level
    bool takesPenalties = false;
    bool takesLogprobs = false;
    bool takesToolsBesideJson = false; ///< tools in one request with an answer in JSON
    bool wantsSignatures = false; ///< refuses the calls of earlier answers without their signature
};

/// Any prefix before `gemini-` is overlooked. A Gemini of an unknown family is taken for one of the
/// newest; a name without Gemini in it for a model that does not think.
[[nodiscard]] GeminiModel geminiModel(std::string_view name);

} // namespace signalbox::providers
