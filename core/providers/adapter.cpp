// SPDX-License-Identifier: Apache-2.0
#include "core/providers/adapter.h"

#include "core/providers/anthropic_adapter.h"
#include "core/providers/gemini_adapter.h"
#include "core/providers/openai_adapter.h"

namespace signalbox::providers {
const Adapter &adapterFor(ProviderKind kind)
{
    static const OpenAiAdapter openAi(ProviderKind::OpenAi);
    static const OpenAiAdapter qwen(ProviderKind::Qwen);
    static const OpenAiAdapter deepSeek(ProviderKind::DeepSeek);
    static const OpenAiAdapter mistral(ProviderKind::Mistral);
    static const OpenAiAdapter openRouter(ProviderKind::OpenRouter);
    static const OpenAiAdapter compatible(ProviderKind::OpenAiCompatible);
    static const AnthropicAdapter anthropic;
    static const GeminiAdapter gemini;
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
