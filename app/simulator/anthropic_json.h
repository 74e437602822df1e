// SPDX-License-Identifier: Apache-2.0
// The parts of Anthropic's JSON that whole answers, streams and errors share.
#pragma once

#include "app/simulator/dialect.h"

#include <memory>
#include <string>

namespace signalbox::simulator {

std::string anthropicStop(const Answer &answer);
Json anthropicUsage(const Answer &answer, std::int64_t outputTokens);
/// A message with the given content blocks and no end yet.
Json anthropicMessage(const Answer &answer, const Json &content);
std::shared_ptr<const StreamWriter> anthropicStream(Answer answer);
/// What the API says with a status of no particular cause.
ApiError anthropicErrorOf(int status);

} // namespace signalbox::simulator
