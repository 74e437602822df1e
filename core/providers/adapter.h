// SPDX-License-Identifier: Apache-2.0
// What every provider's format must be able to do: ask, read the answer, judge the failure.
#pragma once

#include "core/base/result.h"
#include "core/domain/chat_event.h"
#include "core/domain/chat_request.h"
#include "core/domain/settings.h"
#include "core/http/headers.h"
#include "core/providers/client_api.h"
#include "core/providers/http_call.h"

#include <memory>
#include <string_view>
#include <vector>

namespace signalbox::providers {

/// Turns the body of one 200 answer into events: chunks, then one end or failure, and after that
/// nothing. It tells an event stream from a JSON body by its first byte.
class ReplyDecoder
{
public:
    ReplyDecoder() = default;
    ReplyDecoder(const ReplyDecoder &) = delete;
    ReplyDecoder &operator=(const ReplyDecoder &) = delete;
    virtual ~ReplyDecoder() = default;

    /// The client speaks this very format: chunks shall carry what they were made from, of a
    /// \p stream its events, else the document, in `wholeJson`. To be called before feed(); a format
    /// in which no client asks does nothing.
    virtual void passOn(bool /*stream*/) {}
    /// Takes the next bytes of the body and appends the events they complete.
    virtual void feed(std::string_view bytes, std::vector<ChatEvent> &out) = 0;
    /// The body is over.
    virtual void finish(std::vector<ChatEvent> &out) = 0;
};

/// What an answer of embeddings is to be, where it is not passed on as it came.
struct EmbeddingsTerms
{
    std::string model; ///< told where the answer names none
    std::size_t texts = 0; ///< how many were sent
    bool base64 = false; ///< the client's `encoding_format`
    std::int64_t promptTokens = 0; ///< told where the answer counts none
};

/// One provider's format. Stateless; any thread.
class Adapter
{
public:
    Adapter() = default;
    Adapter(const Adapter &) = delete;
    Adapter &operator=(const Adapter &) = delete;
    virtual ~Adapter() = default;

    /// Why it cannot serve \p request with \p upstreamModel; nothing when encodeChat() with the two
    /// will succeed.
    [[nodiscard]] virtual std::optional<Refusal> refuses(const ChatRequest &request,
                                                         std::string_view upstreamModel) const = 0;
    /// The same of encodeEmbeddings().
    [[nodiscard]] virtual std::optional<Refusal> refusesEmbeddings(
        const EmbeddingsRequest &request) const = 0;
    /// The provider cannot do with the address \p url of a picture: the picture itself is to be in
    /// the request (see pictures.h).
    [[nodiscard]] virtual bool wantsPictureOf(std::string_view /*url*/) const { return false; }
    /// A model at \p baseUrl goes on with an answer that another one has begun: encodeChat() takes a
    /// request that is `begun`, and what comes is the rest of it alone.
    [[nodiscard]] virtual bool takesPrefill(std::string_view /*upstreamModel*/,
                                            std::string_view /*baseUrl*/) const
    {
        return false;
    }
    [[nodiscard]] virtual Result<HttpCall, Refusal> encodeChat(
        const ChatRequest &request,
        std::string_view upstreamModel,
        const ModelSettings &model) const = 0;
    /// How many texts one call of encodeEmbeddings() may have; 0: any number. More take several.
    [[nodiscard]] virtual std::size_t embeddingTextsMax(std::string_view /*upstreamModel*/) const
    {
        return 0;
    }
    [[nodiscard]] virtual Result<HttpCall, Refusal> encodeEmbeddings(
        const EmbeddingsRequest &request, std::string_view upstreamModel) const = 0;
    /// For the answer of one call; \p stream as the client's request has it.
    [[nodiscard]] virtual std::unique_ptr<ReplyDecoder> decoder(bool stream) const = 0;
    /// For the answer of one call of encodeEmbeddings(): one chunk with `wholeJson`, and its end.
    /// Null where that always refuses.
    [[nodiscard]] virtual std::unique_ptr<ReplyDecoder> embeddingsDecoder(
        EmbeddingsTerms /*terms*/) const
    {
        return {};
    }
    /// What an answer other than a good 200 means. Success for 2xx.
    [[nodiscard]] virtual Outcome classify(int status,
                                           const http::Headers &headers,
                                           std::string_view body,
                                           SystemTime now) const = 0;
};

/// Lives for the whole program.
[[nodiscard]] const Adapter &adapterFor(ProviderKind kind);

} // namespace signalbox::providers
