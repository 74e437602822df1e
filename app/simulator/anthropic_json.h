// SPDX-License-Identifier: Apache-2.0
// The parts of Anthropic's JSON that whole answers, streams and errors share.
#pragma once

#include "app/simulator/dialect.h"

#include <memory>
#include <string>

namespace signalbox::simulator {

/// Reads a request, or says what is wrong with it as the API would.
Result<ChatCall, ApiError> readAnthropicCall(const Json &request);

/// One content block of an answer, in pieces.
struct AnthropicBlock
{
    Json start; ///< the block with nothing in it yet
    std::string deltaType; ///< `text_delta`, ...
    std::string deltaKey; ///< where a delta has its piece
    std::vector<std::string> pieces; ///< at least one

    /// As a whole answer has it.
    [[nodiscard]] Json whole() const;
};
std::vector<AnthropicBlock> anthropicBlocks(const Answer &answer);

std::string anthropicStop(const Answer &answer);
Json anthropicUsage(const Answer &answer, std::int64_t outputTokens);
/// A message with the given content blocks and no end yet.
Json anthropicMessage(const Answer &answer, const Json &content);
std::shared_ptr<const StreamWriter> anthropicStream(Answer answer);
/// What the API says with a status of no particular cause.
ApiError anthropicErrorOf(int status);

} // namespace signalbox::simulator
