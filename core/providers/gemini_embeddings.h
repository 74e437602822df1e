// SPDX-License-Identifier: Apache-2.0
// Embeddings of Gemini's batchEmbedContents in OpenAI's form.
#pragma once

#include "core/base/result.h"
#include "core/providers/adapter.h"
#include "core/providers/encoded_body.h"
#include "core/providers/framed_decoder.h"

#include <string>
#include <string_view>

namespace signalbox::providers {

/// Texts in one call; the API refuses more.
inline constexpr std::size_t kGeminiBatchMax = 100;

/// Why \p request cannot be sent; nothing when encodeGeminiEmbeddings() will do.
[[nodiscard]] std::optional<Refusal> refuseGeminiEmbeddings(const EmbeddingsRequest &request);

/// \p resource is the model as Gemini names it: `models/...`.
[[nodiscard]] EncodedBody encodeGeminiEmbeddings(const EmbeddingsRequest &request,
                                                 std::string_view resource);

class GeminiEmbeddingsDecoder final : public FramedDecoder
{
public:
    explicit GeminiEmbeddingsDecoder(EmbeddingsTerms terms)
        : m_terms(std::move(terms))
    {}

protected:
    void onEvent(const http::SseEvent &event) override;
    void onDocument(std::string_view body) override;
    void onStreamOver() override;

private:
    [[nodiscard]] std::string answer(const std::vector<std::string> &vectors,
                                     const std::optional<Usage> &usage) const;

    EmbeddingsTerms m_terms;
};

} // namespace signalbox::providers
