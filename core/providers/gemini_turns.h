// SPDX-License-Identifier: Apache-2.0
// A conversation in OpenAI's messages arranged into Gemini's contents.
#pragma once

#include "core/base/json_writer.h"
#include "core/base/result.h"
#include "core/domain/chat_request.h"
#include "core/providers/encoded_body.h"
#include "core/providers/gemini_models.h"
#include "core/providers/http_call.h"

#include <string>
#include <vector>

namespace signalbox::providers {

struct GeminiTurn
{
    bool ofModel = false;
    std::vector<std::string>
        results; ///< raw parts, in the order of the calls; stand before all else
    std::vector<std::string> parts; ///< raw
};

/// Begins and ends with a user's turn; turns alternate; every call is answered once, in the turn
/// after it.
struct GeminiConversation
{
    std::vector<std::string> system; ///< raw parts
    std::vector<GeminiTurn> turns;
};

/// The conversation of \p request, or why Gemini would not take it; what was changed is noted in
/// \p notes.
[[nodiscard]] Result<GeminiConversation, Refusal> arrangeGeminiTurns(const ChatRequest &request,
                                                                     const GeminiModel &model,
                                                                     EncodedBody &notes);

/// Writes `systemInstruction`, if any, and `contents`.
void writeGeminiConversation(JsonWriter &json, const GeminiConversation &conversation);

} // namespace signalbox::providers
