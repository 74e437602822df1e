// SPDX-License-Identifier: Apache-2.0
// Embeddings as OpenAI answers them: passed on as they came, read for what they cost.
#pragma once

#include "core/providers/framed_decoder.h"

namespace signalbox::providers {

class OpenAiEmbeddingsDecoder final : public FramedDecoder
{
public:
    explicit OpenAiEmbeddingsDecoder(ProviderKind kind)
        : m_kind(kind)
    {}

protected:
    void onEvent(const http::SseEvent &event) override;
    void onDocument(std::string_view body) override;
    void onStreamOver() override;

private:
    ProviderKind m_kind;
};

} // namespace signalbox::providers
