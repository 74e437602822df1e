// SPDX-License-Identifier: Apache-2.0
// The parts of OpenAI's JSON that whole answers, streams and errors share.
#pragma once

#include "app/simulator/dialect.h"

#include <memory>
#include <string>

namespace signalbox::simulator {

std::string openAiFinish(const Answer &answer);
Json openAiUsage(const Answer &answer);
std::shared_ptr<const StreamWriter> openAiStream(Answer answer);
/// What the API says with a status of no particular cause.
ApiError openAiErrorOf(int status);

} // namespace signalbox::simulator
