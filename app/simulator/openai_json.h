// SPDX-License-Identifier: Apache-2.0
// The parts of OpenAI's JSON that whole answers, streams and errors share.
#pragma once

#include "app/simulator/dialect.h"

#include <memory>
#include <string>

namespace signalbox::simulator {

/// Reads a chat request, or says what is wrong with it as the provider of \p rules would.
Result<ChatCall, ApiError> readOpenAiCall(const Json &request, Rules rules);
ApiError openAiInvalid(std::string message,
                       std::optional<std::string> param,
                       std::optional<std::string> code);
/// The body of an error as the provider of \p rules writes it.
std::string writeOpenAiError(const ApiError &error, Rules rules, const std::string &requestId);
std::string openAiFinish(const Answer &answer);
Json openAiUsage(const Answer &answer);
/// A member of `tool_calls`.
Json openAiCall(const std::string &id, const std::string &name, const std::string &arguments);
std::shared_ptr<const StreamWriter> openAiStream(Answer answer);
/// What the API says with a status of no particular cause.
ApiError openAiErrorOf(int status);

} // namespace signalbox::simulator
