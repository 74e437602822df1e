// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_adapter.h"

#include "core/providers/classifier.h"
#include "core/providers/gemini_decode.h"
#include "core/providers/gemini_embeddings.h"
#include "core/providers/gemini_encode.h"

namespace signalbox::providers {
namespace {

/// `models/NAME`; the name may have that prefix already, or `tunedModels/`.
std::string resourceOf(std::string_view model)
{
    const bool full = model.starts_with("models/") || model.starts_with("tunedModels/");
    return full ? std::string(model) : "models/" + std::string(model);
}

/// \p resource as a path: all but its first slash escaped (RFC 3986, section 3.3).
std::string pathOf(std::string_view resource)
{
    constexpr std::string_view kPlain = "-._~";
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const auto name = resource.find('/') + 1;
    std::string path = "/" + std::string(resource.substr(0, name));
    for (const char c : resource.substr(name)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9');
        if (letter || kPlain.find(c) != std::string_view::npos) {
            path += c;
        } else {
            path += '%';
            path += kHex[byte >> 4U];
            path += kHex[byte & 0x0FU];
        }
    }
    return path;
}

HttpCall callTo(std::string path, bool stream, EncodedBody encoded)
{
    HttpCall call;
    call.path = std::move(path);
    call.headers = {{"content-type", "application/json"},
                    {"accept", stream ? "text/event-stream" : "application/json"}};
    call.auth = {"x-goog-api-key", ""};
    call.body = std::move(encoded.body);
    call.notes = std::move(encoded.notes);
    call.dropped = std::move(encoded.dropped);
    return call;
}

} // namespace

std::optional<Refusal> GeminiAdapter::refuses(const ChatRequest &request,
                                              std::string_view upstreamModel) const
{
    return refuseGeminiChat(request, upstreamModel);
}

std::optional<Refusal> GeminiAdapter::refusesEmbeddings(const EmbeddingsRequest &request) const
{
    return refuseGeminiEmbeddings(request);
}

/// Gemini fetches public addresses itself since January 2026, yet refuses those whose sites keep
/// robots out, and no model before 2.5 does; what was uploaded to it is named by its address.
bool GeminiAdapter::wantsPictureOf(std::string_view url) const
{
    return !url.starts_with("https://generativelanguage.googleapis.com/");
}

Result<HttpCall, Refusal> GeminiAdapter::encodeChat(const ChatRequest &request,
                                                    std::string_view upstreamModel,
                                                    const ModelSettings &model) const
{
    auto encoded = encodeGeminiChat(request, upstreamModel, model);
    if (!encoded) {
        return Failure{encoded.error()};
    }
    // Without alt=sse a stream is one JSON array.
    const char *method = request.stream ? ":streamGenerateContent?alt=sse" : ":generateContent";
    return callTo(pathOf(resourceOf(upstreamModel)) + method, request.stream, *std::move(encoded));
}

std::size_t GeminiAdapter::embeddingTextsMax(std::string_view /*upstreamModel*/) const
{
    return kGeminiBatchMax;
}

Result<HttpCall, Refusal> GeminiAdapter::encodeEmbeddings(const EmbeddingsRequest &request,
                                                          std::string_view upstreamModel) const
{
    if (auto refusal = refuseGeminiEmbeddings(request)) {
        return Failure{std::move(*refusal)};
    }
    const std::string resource = resourceOf(upstreamModel);
    return callTo(pathOf(resource) + ":batchEmbedContents",
                  false,
                  encodeGeminiEmbeddings(request, resource));
}

std::unique_ptr<ReplyDecoder> GeminiAdapter::decoder(bool /*stream*/) const
{
    return std::make_unique<GeminiDecoder>();
}

std::unique_ptr<ReplyDecoder> GeminiAdapter::embeddingsDecoder(EmbeddingsTerms terms) const
{
    return std::make_unique<GeminiEmbeddingsDecoder>(std::move(terms));
}

Outcome GeminiAdapter::classify(int status,
                                const http::Headers &headers,
                                std::string_view body,
                                SystemTime now) const
{
    return classifyAnswer(ProviderKind::Gemini, status, headers, body, now);
}

} // namespace signalbox::providers
