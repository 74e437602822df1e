// SPDX-License-Identifier: Apache-2.0
// The parts of OpenAI's JSON that whole answers, streams and errors share.
#pragma once

#include "app/simulator/dialect.h"

#include <memory>
#include <string>

namespace signalbox::simulator {

/// Reads a chat request, or says what is wrong with it as the API would.
Result<ChatCall, ApiError> readOpenAiCall(const Json &request);
ApiError openAiInvalid(std::string message,
                       std::optional<std::string> param,
                       std::optional<std::string> code);
std::string openAiFinish(const Answer &answer);
Json openAiUsage(const Answer &answer);
std::shared_ptr<const StreamWriter> openAiStream(Answer answer);
/// What the API says with a status of no particular cause.
ApiError openAiErrorOf(int status);

} // namespace signalbox::simulator
