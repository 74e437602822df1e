// SPDX-License-Identifier: Apache-2.0
// OpenAI's own format, and those who speak it: Qwen, DeepSeek, Mistral, OpenRouter, any compatible.
#pragma once

#include "core/providers/adapter.h"

namespace signalbox::providers {

class OpenAiAdapter final : public Adapter
{
public:
    /// \pre \p kind is one that openAiKind() knows.
    explicit OpenAiAdapter(ProviderKind kind)
        : m_kind(kind)
    {}

    [[nodiscard]] std::optional<Refusal> refuses(const ChatRequest &request,
                                                 std::string_view upstreamModel) const override;
    [[nodiscard]] std::optional<Refusal> refusesEmbeddings(
        const EmbeddingsRequest &request) const override;
    [[nodiscard]] bool wantsPictureOf(std::string_view url) const override;
    [[nodiscard]] bool takesPrefill(std::string_view upstreamModel,
                                    std::string_view baseUrl) const override;
    [[nodiscard]] Result<HttpCall, Refusal> encodeChat(const ChatRequest &request,
                                                       std::string_view upstreamModel,
                                                       const ModelSettings &model) const override;
    [[nodiscard]] std::size_t embeddingTextsMax(std::string_view upstreamModel) const override;
    [[nodiscard]] Result<HttpCall, Refusal> encodeEmbeddings(
        const EmbeddingsRequest &request, std::string_view upstreamModel) const override;
    [[nodiscard]] std::unique_ptr<ReplyDecoder> decoder(bool stream) const override;
    [[nodiscard]] std::unique_ptr<ReplyDecoder> embeddingsDecoder(
        EmbeddingsTerms terms) const override;
    [[nodiscard]] Outcome classify(int status,
                                   const http::Headers &headers,
                                   std::string_view body,
                                   SystemTime now) const override;

private:
    ProviderKind m_kind;
};

} // namespace signalbox::providers
