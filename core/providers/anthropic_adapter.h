// SPDX-License-Identifier: Apache-2.0
// Anthropic's Messages format.
#pragma once

#include "core/providers/adapter.h"

namespace signalbox::providers {

class AnthropicAdapter final : public Adapter
{
public:
    [[nodiscard]] std::optional<Refusal> refuses(const ChatRequest &request,
                                                 std::string_view upstreamModel) const override;
    [[nodiscard]] std::optional<Refusal> refusesEmbeddings(
        const EmbeddingsRequest &request) const override;
    [[nodiscard]] bool takesPrefill(std::string_view upstreamModel,
                                    std::string_view baseUrl) const override;
    [[nodiscard]] Result<HttpCall, Refusal> encodeChat(const ChatRequest &request,
                                                       std::string_view upstreamModel,
                                                       const ModelSettings &model) const override;
    [[nodiscard]] Result<HttpCall, Refusal> encodeEmbeddings(
        const EmbeddingsRequest &request, std::string_view upstreamModel) const override;
    [[nodiscard]] std::unique_ptr<ReplyDecoder> decoder(bool stream) const override;
    [[nodiscard]] Outcome classify(int status,
                                   const http::Headers &headers,
                                   std::string_view body,
                                   SystemTime now) const override;
};

} // namespace signalbox::providers
