// SPDX-License-Identifier: Apache-2.0
#include "core/providers/adapter.h"

#include "core/providers/anthropic_adapter.h"
#include "core/providers/classifier.h"
#include "core/providers/openai_adapter.h"
#include "core/providers/openai_decode.h"

namespace signalbox::providers {
namespace {

/// Stands for a format that is not spoken yet.
class SilentAdapter final : public Adapter
{
public:
    explicit SilentAdapter(ProviderKind kind)
        : m_kind(kind)
    {}

    [[nodiscard]] FeatureSet carries() const override { return {}; }
    [[nodiscard]] std::optional<Refusal> refuses(const ChatRequest & /*request*/,
                                                 std::string_view /*upstreamModel*/) const override
    {
        return refusal();
    }
    [[nodiscard]] Result<HttpCall, Refusal> encodeChat(
        const ChatRequest & /*request*/,
        std::string_view /*upstreamModel*/,
        const ModelSettings & /*model*/) const override
    {
        return Failure{refusal()};
    }
    [[nodiscard]] Result<HttpCall, Refusal> encodeEmbeddings(
        const EmbeddingsRequest & /*request*/, std::string_view /*upstreamModel*/) const override
    {
        return Failure{refusal()};
    }
    [[nodiscard]] std::unique_ptr<ReplyDecoder> decoder(bool /*stream*/) const override
    {
        return std::make_unique<OpenAiDecoder>(m_kind);
    }
    [[nodiscard]] Outcome classify(int status,
                                   const http::Headers &headers,
                                   std::string_view body,
                                   SystemTime now) const override
    {
        return classifyAnswer(m_kind, status, headers, body, now);
    }

private:
    [[nodiscard]] Refusal refusal() const
    {
        return {std::nullopt,
                "the format of " + std::string(toString(m_kind)) + " is not spoken yet"};
    }

    ProviderKind m_kind;
};

} // namespace

const Adapter &adapterFor(ProviderKind kind)
{
    static const OpenAiAdapter openAi(ProviderKind::OpenAi);
    static const OpenAiAdapter qwen(ProviderKind::Qwen);
    static const OpenAiAdapter deepSeek(ProviderKind::DeepSeek);
    static const OpenAiAdapter mistral(ProviderKind::Mistral);
    static const OpenAiAdapter openRouter(ProviderKind::OpenRouter);
    static const OpenAiAdapter compatible(ProviderKind::OpenAiCompatible);
    static const AnthropicAdapter anthropic;
    static const SilentAdapter gemini(ProviderKind::Gemini);
    switch (kind) {
    case ProviderKind::OpenAi:
        return openAi;
    case ProviderKind::Qwen:
        return qwen;
    case ProviderKind::DeepSeek:
        return deepSeek;
    case ProviderKind::Mistral:
        return mistral;
    case ProviderKind::OpenRouter:
        return openRouter;
    case ProviderKind::Anthropic:
        return anthropic;
    case ProviderKind::Gemini:
        return gemini;
    case ProviderKind::OpenAiCompatible:
        break;
    }
    return compatible;
}

} // namespace signalbox::providers
