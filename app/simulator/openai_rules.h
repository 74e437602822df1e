// SPDX-License-Identifier: Apache-2.0
// What the providers of OpenAI's form refuse, each by its own rules and in its own words.
#pragma once

#include "app/simulator/dialect.h"

#include <optional>
#include <string>
#include <vector>

namespace signalbox::simulator {

/// What the provider of \p rules finds wrong with a \p request that is well formed; nothing with
/// Rules::None.
std::optional<ApiError> faultByRules(const Json &request, Rules rules);

/// A result without its call, or a call without its result, told as the provider of \p rules does.
std::optional<ApiError> faultInCalls(const Json &messages, Rules rules);
/// Its list of members, ids of nine characters, who speaks last.
std::optional<ApiError> faultForMistral(const Json &request);

/// The calls of an assistant's message.
std::vector<Json> callsOf(const Json &message);
ApiError qwenInvalid(const std::string &message);
ApiError deepSeekInvalid(std::string message);
/// Mistral's refusal of messages in a wrong order.
ApiError mistralOrder(std::string message);

} // namespace signalbox::simulator
