// SPDX-License-Identifier: Apache-2.0
#include "core/tokens/family.h"

#include "core/base/text.h"

#include <array>
#include <string>

namespace signalbox::tokens {
namespace {

struct NamePart
{
    std::string_view part;
    TokenFamily family;
};

/// The first that a model's name contains decides.
constexpr std::array<NamePart, 17> kNameParts = {{
    {"claude-opus-4-7", TokenFamily::ClaudeNew},
    {"claude-opus-4.7", TokenFamily::ClaudeNew},
    {"claude-opus-4-8", TokenFamily::ClaudeNew},
    {"claude-opus-4.8", TokenFamily::ClaudeNew},
    {"claude-opus-5", TokenFamily::ClaudeNew},
    {"claude-sonnet-5", TokenFamily::ClaudeNew},
    {"claude", TokenFamily::Claude},
    {"deepseek", TokenFamily::DeepSeek}, // before qwen: deepseek-r1-distill-qwen
    {"qwen", TokenFamily::Qwen},
    {"qwq", TokenFamily::Qwen},
    {"mistral", TokenFamily::Mistral},
    {"codestral", TokenFamily::Mistral},
    {"gemini", TokenFamily::Gemini},
    {"gpt-4o", TokenFamily::O200k},
    {"gpt-3.5", TokenFamily::Cl100k},
    {"gpt-4-", TokenFamily::Cl100k},
    {"text-embedding", TokenFamily::Cl100k},
}};

TokenFamily familyOfKind(ProviderKind kind)
{
    switch (kind) {
    case ProviderKind::Qwen:
        return TokenFamily::Qwen;
    case ProviderKind::Anthropic:
        return TokenFamily::Claude;
    case ProviderKind::DeepSeek:
        return TokenFamily::DeepSeek;
    case ProviderKind::Mistral:
        return TokenFamily::Mistral;
    case ProviderKind::Gemini:
        return TokenFamily::Gemini;
    case ProviderKind::OpenAi:
    case ProviderKind::OpenRouter:
    case ProviderKind::OpenAiCompatible:
        break;
    }
    return TokenFamily::O200k;
}

} // namespace

TokenFamily familyFor(ProviderKind kind, std::string_view model)
{
    const std::string name = toLowerAscii(model);
    if (name == "gpt-4") {
        return TokenFamily::Cl100k;
    }
    for (const NamePart &known : kNameParts) {
        const bool foreign = kind == ProviderKind::Qwen && known.family == TokenFamily::Cl100k;
        if (!foreign && name.find(known.part) != std::string::npos) {
            return known.family;
        }
    }
    return familyOfKind(kind);
}

} // namespace signalbox::tokens
