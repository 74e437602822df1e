// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/embeddings.h"

#include "app/simulator/hash.h"
#include "app/simulator/token_text.h"

#include "core/base/text.h"

#include <bit>
#include <cmath>

namespace signalbox::simulator {

namespace {

constexpr std::int64_t kDimensionsMax = 4096;
constexpr std::size_t kInputsMax = 2048;

std::string base64(const std::vector<float> &vector)
{
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    for (const float value : vector) {
        const auto bits = std::bit_cast<std::uint32_t>(value);
        for (unsigned shift = 0; shift < 32; shift += 8) {
            bytes += static_cast<char>((bits >> shift) & 0xFFU);
        }
    }
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            group = group << 8U
                    | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            text += i + k > bytes.size() ? '=' : kAlphabet[(group >> (18 - 6 * k)) & 0x3FU];
        }
    }
    return text;
}

bool addInputs(const Json &input, EmbeddingCall &call)
{
    if (input.is_string()) {
        call.inputs.push_back(input.get<std::string>());
        return true;
    }
    if (!input.is_array() || input.empty() || input.size() > kInputsMax) {
        return false;
    }
    if (input.front().is_number()) {
        call.inputs.push_back(toText(input));
        return true;
    }
    for (const Json &item : input) {
        if (!item.is_string() && !item.is_array()) {
            return false;
        }
        call.inputs.push_back(item.is_string() ? item.get<std::string>() : toText(item));
    }
    return true;
}

} // namespace

Result<EmbeddingCall, ApiError> readEmbeddingCall(const Json &request)
{
    EmbeddingCall call;
    call.model = textAt(request, "model").value_or("");
    const std::int64_t dimensions = integerAt(request, "dimensions").value_or(256);
    const bool ok = request.contains("input") && addInputs(request.at("input"), call);
    if (!ok) {
        return Failure{ApiError{400, "invalid_request_error", "'$.input' is invalid.", {}, {}}};
    }
    if (dimensions < 1 || dimensions > kDimensionsMax) {
        return Failure{ApiError{400,
                                "invalid_request_error",
                                "'dimensions' is out of range.",
                                "dimensions",
                                {}}};
    }
    call.dimensions = static_cast<std::size_t>(dimensions);
    call.base64 = textAt(request, "encoding_format") == "base64";
    for (const std::string &input : call.inputs) {
        call.tokens += countTokens(input);
    }
    return call;
}

std::string writeEmbeddings(const EmbeddingCall &call)
{
    Json list = Json::array();
    for (std::size_t i = 0; i < call.inputs.size(); ++i) {
        const std::vector<float> vector = embed(call.inputs[i], call.dimensions);
        Json item{{"object", "embedding"}, {"index", i}};
        item["embedding"] = call.base64 ? Json(base64(vector)) : Json(vector);
        list.push_back(std::move(item));
    }
    return toText({{"object", "list"},
                   {"data", list},
                   {"model", call.model},
                   {"usage", {{"prompt_tokens", call.tokens}, {"total_tokens", call.tokens}}}});
}

std::vector<float> embed(const std::string &text, std::size_t dimensions)
{
    std::vector<float> vector(dimensions, 0.0F);
    for (const std::string &token : splitIntoTokens(text)) {
        const std::uint64_t hash = hashOf(toLowerAscii(trimmed(token)));
        vector[hash % dimensions] += (hash >> 63U) != 0 ? 1.0F : -1.0F;
    }
    float sum = 0;
    for (const float value : vector) {
        sum += value * value;
    }
    if (sum == 0.0F) {
        vector.front() = 1;
        return vector;
    }
    for (float &value : vector) {
        value /= std::sqrt(sum);
    }
    return vector;
}

} // namespace signalbox::simulator
