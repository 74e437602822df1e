// SPDX-License-Identifier: Apache-2.0
#include "core/providers/openai_adapter.h"

#include "core/base/json_writer.h"
#include "core/providers/classifier.h"
#include "core/providers/openai_decode.h"
#include "core/providers/openai_embeddings.h"
#include "core/providers/openai_encode.h"
#include "core/providers/openai_kinds.h"
#include "core/providers/openai_thinking.h"

namespace signalbox::providers {
namespace {

/// alibabacloud.com/help/en/model-studio/embedding: 10 for text-embedding-v3 and later, 25 before.
std::size_t qwenTextsMax(std::string_view model)
{
    return model == "text-embedding-v1" || model == "text-embedding-v2" ? 25 : 10;
}

HttpCall callTo(std::string_view path, bool stream)
{
    HttpCall call;
    call.path = path;
    call.headers.reserve(2);
    call.headers.emplace_back("content-type", "application/json");
    call.headers.emplace_back("accept", stream ? "text/event-stream" : "application/json");
    call.auth = {"authorization", "Bearer "};
    return call;
}

} // namespace

std::optional<Refusal> OpenAiAdapter::refuses(const ChatRequest &request,
                                              std::string_view /*upstreamModel*/) const
{
    if (request.choices > 1 && !openAiKind(m_kind).severalAnswers) {
        return Refusal{std::nullopt,
                       "the provider gives one answer to a request, not n = "
                           + std::to_string(request.choices)};
    }
    return std::nullopt;
}

std::optional<Refusal> OpenAiAdapter::refusesEmbeddings(const EmbeddingsRequest & /*request*/) const
{
    if (!openAiKind(m_kind).embeddings) {
        return Refusal{Feature::Embeddings, "the provider has no embeddings"};
    }
    return std::nullopt;
}

std::size_t OpenAiAdapter::embeddingTextsMax(std::string_view upstreamModel) const
{
    return m_kind == ProviderKind::Qwen ? qwenTextsMax(upstreamModel) : 0;
}

/// Ollama takes no addresses (docs/openai.md, "Supported request fields"), others of its like may not
/// reach them, and all take the picture itself.
bool OpenAiAdapter::wantsPictureOf(std::string_view /*url*/) const
{
    return m_kind == ProviderKind::OpenAiCompatible;
}

bool OpenAiAdapter::takesPrefill(std::string_view upstreamModel, std::string_view baseUrl) const
{
    // DeepSeek's beta is found beside the root only.
    const bool rooted = baseUrl.find('/', baseUrl.find("://") + 3) == std::string_view::npos;
    return providers::takesPrefill(m_kind, upstreamModel)
           && (m_kind != ProviderKind::DeepSeek || rooted);
}

Result<HttpCall, Refusal> OpenAiAdapter::encodeChat(const ChatRequest &request,
                                                    std::string_view upstreamModel,
                                                    const ModelSettings & /*model*/) const
{
    if (auto refusal = refuses(request, upstreamModel)) {
        return Failure{std::move(*refusal)};
    }
    EncodedBody encoded = encodeOpenAiChat(m_kind, request, upstreamModel);
    encoded.dropUntold(request);
    const bool streams = request.stream || mustStream(openAiKind(m_kind), request, upstreamModel);
    // api-docs.deepseek.com, Chat Prefix Completion (Beta): at the address of the beta alone.
    const bool beta = request.begun && m_kind == ProviderKind::DeepSeek;
    HttpCall call = callTo(beta ? "/beta/chat/completions" : "/chat/completions", streams);
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
