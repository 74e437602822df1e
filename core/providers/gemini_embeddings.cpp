// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_embeddings.h"

#include "core/base/base64.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/providers/classifier.h"
#include "core/providers/json_reader.h"
#include "core/providers/usage_reader.h"

#include <bit>
#include <charconv>

namespace signalbox::providers {
namespace {

/// The numbers of \p vector, a raw array, as little-endian floats in base64: OpenAI's other form.
std::string asBase64(std::string_view vector)
{
    std::string bytes;
    thread_local JsonReader reader;
    if (auto root = reader.open(vector)) {
        forEachElement(*root, [&bytes](JsonValue &element) {
            const std::string_view lexeme = asLexeme(element).value_or("0");
            float number = 0;
            std::from_chars(lexeme.data(), lexeme.data() + lexeme.size(), number);
            const auto bits = std::bit_cast<std::uint32_t>(number);
            for (unsigned shift = 0; shift < 32; shift += 8) {
                bytes += static_cast<char>((bits >> shift) & 0xFFU);
            }
        });
    }
    std::string out;
    appendBase64(out, bytes);
    return out;
}

} // namespace

std::optional<Refusal> refuseGeminiEmbeddings(const EmbeddingsRequest &request)
{
    if (request.tokenIds > 0) {
        return Refusal{std::nullopt, "Gemini embeds texts, not token ids"};
    }
    return std::nullopt;
}

EncodedBody encodeGeminiEmbeddings(const EmbeddingsRequest &request, std::string_view resource)
{
    EncodedBody encoded;
    const RawField *dimensions = request.field("dimensions");
    const bool sized = dimensions != nullptr && parseInteger(dimensions->json);
    JsonWriter json(encoded.body);
    json.beginObject().key("requests").beginArray();
    for (const std::string &text : request.texts) {
        json.beginObject().key("model").string(resource);
        json.key("content").beginObject().key("parts").beginArray();
        json.beginObject().key("text").string(text).endObject().endArray().endObject();
        if (sized) {
            json.key("outputDimensionality").raw(dimensions->json);
        }
        json.endObject();
    }
    json.endArray().endObject();
    for (const RawField &field : request.fields) {
        const bool handled = field.name == "model" || field.name == "input"
                             || field.name == "encoding_format"
                             || (field.name == "dimensions" && sized);
        if (!handled && field.json != "null") {
            encoded.drop(field.name);
        }
    }
    return encoded;
}

void GeminiEmbeddingsDecoder::onEvent(const http::SseEvent & /*event*/)
{
    failUnparseable("an event stream where embeddings were asked for");
}

void GeminiEmbeddingsDecoder::onStreamOver()
{
    failUnparseable("an event stream where embeddings were asked for");
}

void GeminiEmbeddingsDecoder::onDocument(std::string_view body)
{
    JsonReader reader;
    auto root = reader.open(body);
    std::vector<std::string> vectors;
    std::optional<ErrorBody> error;
    ChatChunk chunk;
    const auto readVector = [&vectors](std::string_view name, JsonValue &value) {
        if (name == "values" && typeOf(value) == JsonType::array) {
            vectors.emplace_back(rawJson(value));
        }
    };
    const bool object = root && forEachMember(*root, [&](std::string_view name, JsonValue &value) {
                            if (name == "embeddings") {
                                forEachElement(value, [&readVector](JsonValue &embedding) {
                                    forEachMember(embedding, readVector);
                                });
                            } else if (name == "usageMetadata") {
                                chunk.usage = readGeminiUsage(value);
                            } else if (name == "error" && !isNull(value)) {
                                error = readErrorValue(value);
                            }
                        });
    if (!object) {
        failUnparseable("not valid JSON");
    } else if (error) {
        fail(classifyToldError(ProviderKind::Gemini, *error, OutcomeClass::ServerError));
    } else if (vectors.empty()) {
        fail({OutcomeClass::EmptyAnswer, "the answer has no embeddings", {}});
    } else if (vectors.size() != m_terms.texts) {
        failUnparseable("of another number of embeddings than texts were sent");
    } else {
        chunk.model = m_terms.model;
        chunk.wholeJson = answer(vectors, chunk.usage);
        emit(std::move(chunk));
        end();
    }
}

std::string GeminiEmbeddingsDecoder::answer(const std::vector<std::string> &vectors,
                                            const std::optional<Usage> &usage) const
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("object").string("list").key("data").beginArray();
    std::int64_t index = 0;
    for (const std::string &vector : vectors) {
        json.beginObject().key("object").string("embedding").key("index").integer(index++);
        json.key("embedding");
        if (m_terms.base64) {
            json.string(asBase64(vector));
        } else {
            json.raw(vector);
        }
        json.endObject();
    }
    const std::int64_t tokens = usage ? usage->promptTokens : m_terms.promptTokens;
    json.endArray().key("model").string(m_terms.model).key("usage").beginObject();
    json.key("prompt_tokens").integer(tokens).key("total_tokens").integer(tokens);
    json.endObject().endObject();
    return out;
}

} // namespace signalbox::providers
