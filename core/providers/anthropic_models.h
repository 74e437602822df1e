// SPDX-License-Identifier: Apache-2.0
// What Anthropic's model families take and refuse, by the model's name.
#pragma once

#include <string_view>

namespace signalbox::providers {

struct AnthropicModel
{
    bool takesSampling = true; ///< temperature, top_p and top_k
    bool thinksAdaptively = false; ///< by an effort; else by a budget of tokens
    bool mayNotThink = true; ///< takes `thinking: disabled`
    bool takesXhigh = false; ///< the effort between high and max
    bool takesSchemas = true; ///< structured output and strict tools
    bool takesPrefill = true; ///< a conversation may end with the assistant's words
};

/// Any prefix before `claude-` is overlooked. A Claude of an unknown family is taken for one of the
/// newest; a name without Claude in it for one of the middle, which take the most.
[[nodiscard]] AnthropicModel anthropicModel(std::string_view name);

} // namespace signalbox::providers
