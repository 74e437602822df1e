// SPDX-License-Identifier: Apache-2.0
// How the providers of OpenAI's form are told to think, and show it.
#pragma once

#include "app/simulator/chat.h"

#include <vector>

namespace signalbox::simulator {

/// Whether the answer to \p request is thought about first.
bool thinksByRules(const Json &request, Rules rules);

/// Puts the thinking of \p answer into its \p message, under the provider's own name; OpenAI counts
/// its own and does not show it.
void addThinking(Json &message, const Answer &answer);

/// The same as deltas of a stream.
std::vector<Json> thinkingDeltas(const Answer &answer);

/// With which OpenRouter signs a text of `reasoning_details`.
std::string signatureOfReasoning(std::string_view text);

} // namespace signalbox::simulator
