// SPDX-License-Identifier: Apache-2.0
// OpenAI's embeddings: vectors hashed from words, so that like texts lie near each other.
#pragma once

#include "app/simulator/dialect.h"

#include <cstdint>
#include <string>
#include <vector>

namespace signalbox::simulator {

struct EmbeddingCall
{
    std::string model;
    std::vector<std::string> inputs;
    std::size_t dimensions = 256;
    bool base64 = false;
    std::int64_t tokens = 0;
};

Result<EmbeddingCall, ApiError> readEmbeddingCall(const Json &request);
std::string writeEmbeddings(const EmbeddingCall &call);

/// A vector of length one; the same text always gives the same.
std::vector<float> embed(const std::string &text, std::size_t dimensions);

} // namespace signalbox::simulator
