// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_adapter.h"

#include "core/providers/anthropic_decode.h"
#include "core/providers/anthropic_encode.h"
#include "core/providers/anthropic_models.h"
#include "core/providers/classifier.h"

namespace signalbox::providers {

std::optional<Refusal> AnthropicAdapter::refuses(const ChatRequest &request,
                                                 std::string_view upstreamModel) const
{
    return refuseAnthropicChat(request, upstreamModel);
}

std::optional<Refusal> AnthropicAdapter::refusesEmbeddings(
    const EmbeddingsRequest & /*request*/) const
{
    return Refusal{Feature::Embeddings, "Anthropic has no embeddings"};
}

bool AnthropicAdapter::takesPrefill(std::string_view upstreamModel,
                                    std::string_view /*baseUrl*/) const
{
    return anthropicModel(upstreamModel).takesPrefill;
}

Result<HttpCall, Refusal> AnthropicAdapter::encodeChat(const ChatRequest &request,
                                                       std::string_view upstreamModel,
                                                       const ModelSettings &model) const
{
    auto encoded = encodeAnthropicChat(request, upstreamModel, model);
    if (!encoded) {
        return Failure{encoded.error()};
    }
    HttpCall call;
    call.path = "/messages";
    call.headers = {{"content-type", "application/json"},
                    {"accept", request.stream ? "text/event-stream" : "application/json"},
                    {"anthropic-version", "2023-06-01"}};
    if (request.native && !request.native->betas.empty()) {
        call.headers.emplace_back("anthropic-beta", request.native->betas);
    }
    call.auth = {"x-api-key", ""};
    call.body = std::move(encoded->body);
    call.notes = std::move(encoded->notes);
    call.dropped = std::move(encoded->dropped);
    return call;
}

Result<HttpCall, Refusal> AnthropicAdapter::encodeEmbeddings(
    const EmbeddingsRequest &request, std::string_view /*upstreamModel*/) const
{
    return Failure{*refusesEmbeddings(request)};
}

std::unique_ptr<ReplyDecoder> AnthropicAdapter::decoder(bool /*stream*/) const
{
    return std::make_unique<AnthropicDecoder>();
}

Outcome AnthropicAdapter::classify(int status,
                                   const http::Headers &headers,
                                   std::string_view body,
                                   SystemTime now) const
{
    return classifyAnswer(ProviderKind::Anthropic, status, headers, body, now);
}

} // namespace signalbox::providers
