// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_adapter.h"

#include "core/providers/anthropic_decode.h"
#include "core/providers/anthropic_encode.h"
#include "core/providers/classifier.h"

#include <algorithm>

namespace signalbox::providers {
namespace {

bool hasForeignPart(const ChatRequest &request)
{
    return std::ranges::any_of(request.messages, [](const ChatMessage &message) {
        return std::ranges::find(message.parts,
                                 ChatMessage::PartKind::Other,
                                 &ChatMessage::Part::kind)
               != message.parts.end();
    });
}

bool hasText(const ChatRequest &request)
{
    return std::ranges::any_of(request.messages, [](const ChatMessage &message) {
        return std::ranges::any_of(message.parts, [](const ChatMessage::Part &part) {
            return part.text.find_first_not_of(" \t\r\n") != std::string::npos;
        });
    });
}

} // namespace

std::optional<Refusal> AnthropicAdapter::refuses(const ChatRequest &request) const
{
    const auto missing = request.needs.without(carries()).list();
    if (!missing.empty()) {
        return Refusal{missing.front(),
                       std::string(toString(missing.front())) + " cannot be sent to Anthropic yet"};
    }
    if (hasForeignPart(request)) {
        return Refusal{std::nullopt,
                       "content parts other than text cannot be sent to Anthropic yet"};
    }
    if (!hasText(request)) {
        return Refusal{std::nullopt, "Anthropic takes no conversation without text"};
    }
    return std::nullopt;
}

Result<HttpCall, Refusal> AnthropicAdapter::encodeChat(const ChatRequest &request,
                                                       std::string_view upstreamModel,
                                                       const ModelSettings &model) const
{
    if (auto refusal = refuses(request)) {
        return Failure{std::move(*refusal)};
    }
    EncodedBody encoded = encodeAnthropicChat(request, upstreamModel, model);
    HttpCall call;
    call.path = "/messages";
    call.headers = {{"content-type", "application/json"},
                    {"accept", request.stream ? "text/event-stream" : "application/json"},
                    {"anthropic-version", "2023-06-01"}};
    call.auth = {"x-api-key", ""};
    call.body = std::move(encoded.body);
    call.notes = std::move(encoded.notes);
    call.dropped = std::move(encoded.dropped);
    return call;
}

Result<HttpCall, Refusal> AnthropicAdapter::encodeEmbeddings(
    const EmbeddingsRequest & /*request*/, std::string_view /*upstreamModel*/) const
{
    return Failure{Refusal{Feature::Embeddings, "Anthropic has no embeddings"}};
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
