// SPDX-License-Identifier: Apache-2.0
#include "core/providers/openai_adapter.h"

#include "core/base/json_writer.h"
#include "core/providers/classifier.h"
#include "core/providers/openai_decode.h"
#include "core/providers/openai_embeddings.h"
#include "core/providers/openai_encode.h"
#include "core/providers/openai_kinds.h"

namespace signalbox::providers {
namespace {

HttpCall callTo(std::string_view path, bool stream)
{
    HttpCall call;
    call.path = path;
    call.headers = {{"content-type", "application/json"},
                    {"accept", stream ? "text/event-stream" : "application/json"}};
    call.auth = {"authorization", "Bearer "};
    return call;
}

} // namespace

std::optional<Refusal> OpenAiAdapter::refuses(const ChatRequest & /*request*/,
                                              std::string_view /*upstreamModel*/) const
{
    return std::nullopt;
}

std::optional<Refusal> OpenAiAdapter::refusesEmbeddings(const EmbeddingsRequest & /*request*/) const
{
    if (!openAiKind(m_kind).embeddings) {
        return Refusal{Feature::Embeddings, "the provider has no embeddings"};
    }
    return std::nullopt;
}

Result<HttpCall, Refusal> OpenAiAdapter::encodeChat(const ChatRequest &request,
                                                    std::string_view upstreamModel,
                                                    const ModelSettings & /*model*/) const
{
    EncodedBody encoded = encodeOpenAiChat(m_kind, request, upstreamModel);
    encoded.dropUntold(request);
    HttpCall call = callTo("/chat/completions", request.stream);
    call.body = std::move(encoded.body);
    call.notes = std::move(encoded.notes);
    call.dropped = std::move(encoded.dropped);
    return call;
}

Result<HttpCall, Refusal> OpenAiAdapter::encodeEmbeddings(const EmbeddingsRequest &request,
                                                          std::string_view upstreamModel) const
{
    if (auto refusal = refusesEmbeddings(request)) {
        return Failure{std::move(*refusal)};
    }
    HttpCall call = callTo("/embeddings", false);
    JsonWriter json(call.body);
    json.beginObject();
    for (const RawField &field : request.fields) {
        json.anyKey(field.name);
        if (field.name == "model") {
            json.string(upstreamModel);
        } else {
            json.raw(field.json);
        }
    }
    json.endObject();
    return call;
}

std::unique_ptr<ReplyDecoder> OpenAiAdapter::decoder(bool /*stream*/) const
{
    return std::make_unique<OpenAiDecoder>(m_kind);
}

std::unique_ptr<ReplyDecoder> OpenAiAdapter::embeddingsDecoder(EmbeddingsTerms /*terms*/) const
{
    return std::make_unique<OpenAiEmbeddingsDecoder>(m_kind);
}

Outcome OpenAiAdapter::classify(int status,
                                const http::Headers &headers,
                                std::string_view body,
                                SystemTime now) const
{
    return classifyAnswer(m_kind, status, headers, body, now);
}

} // namespace signalbox::providers
