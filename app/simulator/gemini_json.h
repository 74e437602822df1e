// SPDX-License-Identifier: Apache-2.0
// The parts of Gemini's JSON that whole answers, streams and errors share.
#pragma once

#include "app/simulator/dialect.h"
#include "app/simulator/embeddings.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::simulator {

/// Where a request goes: `.../models/MODEL:METHOD`.
struct GeminiAddress
{
    std::string model; ///< unescaped
    std::string method; ///< `generateContent`, ...
};
std::optional<GeminiAddress> geminiAddress(const std::string &path);

/// Reads a request whose body was given `model` and `stream` by its address, or says what is wrong
/// with it as the API would.
Result<ChatCall, ApiError> readGeminiCall(const Json &request);
Result<EmbeddingCall, ApiError> readGeminiEmbeddings(const Json &request);
std::string writeGeminiEmbeddings(const EmbeddingCall &call);

/// The parts of an answer: each thought and text in its pieces, each call whole.
std::vector<Json> geminiParts(const Answer &answer);
/// One response object; \p last: with the reason why it ends.
Json geminiResponse(const Answer &answer, const Json &parts, bool last);
std::shared_ptr<const StreamWriter> geminiStream(Answer answer);

/// The model is of the generation that gives calls ids and demands their signatures.
bool signsCalls(const std::string &model);
/// The signature this simulator gives to \p call, and accepts.
std::string signatureOfCall(const Json &call);

} // namespace signalbox::simulator
