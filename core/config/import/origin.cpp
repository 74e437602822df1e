// SPDX-License-Identifier: Apache-2.0
#include "core/config/import/origin.h"

#include "core/base/text.h"
#include "core/config/catalogue.h"
#include "core/config/notation.h"
#include "core/config/report.h"

#include <algorithm>
#include <array>
#include <utility>

namespace signalbox::config {
namespace {

using enum ProviderKind;

struct Known
{
    std::string_view liteLlm; ///< empty: it has no name there
    std::string_view portkey; ///< likewise
    ProviderKind kind = OpenAiCompatible;
    std::string_view baseUrl = {}; ///< of openai-compatible; empty: the file has to say it
    std::string_view variable = {};
};

/// Addresses as the providers' own documentation gives them for OpenAI's SDKs.
constexpr std::array kProviders = {
    Known{"openai", "openai", OpenAi, "", "OPENAI_API_KEY"},
    Known{"anthropic", "anthropic", Anthropic, "", "ANTHROPIC_API_KEY"},
    Known{"deepseek", "deepseek", DeepSeek, "", "DEEPSEEK_API_KEY"},
    Known{"mistral", "mistral-ai", Mistral, "", "MISTRAL_API_KEY"},
    Known{"gemini", "google", Gemini, "", "GEMINI_API_KEY"},
    Known{"openrouter", "openrouter", OpenRouter, "", "OPENROUTER_API_KEY"},
    Known{"dashscope", "dashscope", Qwen, "", "DASHSCOPE_API_KEY"},
    Known{"groq", "groq", OpenAiCompatible, "https://api.groq.com/openai/v1", "GROQ_API_KEY"},
    Known{"xai", "x-ai", OpenAiCompatible, "https://api.x.ai/v1", "XAI_API_KEY"},
    Known{"together_ai",
          "together-ai",
          OpenAiCompatible,
          "https://api.together.xyz/v1",
          "TOGETHERAI_API_KEY"},
    Known{"fireworks_ai",
          "fireworks-ai",
          OpenAiCompatible,
          "https://api.fireworks.ai/inference/v1",
          "FIREWORKS_AI_API_KEY"},
    Known{"perplexity",
          "perplexity-ai",
          OpenAiCompatible,
          "https://api.perplexity.ai",
          "PERPLEXITYAI_API_KEY"},
    Known{"cerebras",
          "cerebras",
          OpenAiCompatible,
          "https://api.cerebras.ai/v1",
          "CEREBRAS_API_KEY"},
    Known{"deepinfra",
          "deepinfra",
          OpenAiCompatible,
          "https://api.deepinfra.com/v1/openai",
          "DEEPINFRA_API_KEY"},
    Known{"ollama", "ollama", OpenAiCompatible, "http://localhost:11434/v1", ""},
    Known{"ollama_chat", "", OpenAiCompatible, "http://localhost:11434/v1", ""},
    Known{"hosted_vllm", "", OpenAiCompatible, "", ""},
    Known{"lm_studio", "", OpenAiCompatible, "", ""},
    Known{"openai_like", "", OpenAiCompatible, "", ""},
    Known{"custom_openai", "", OpenAiCompatible, "", ""},
    Known{"litellm_proxy", "", OpenAiCompatible, "", ""},
};

/// An id out of an address: its host.
std::string hostId(std::string_view url)
{
    const auto from = url.find("://") + 3;
    const std::string_view authority = url.substr(from, url.find('/', from) - from);
    std::string id;
    for (const char c : toLowerAscii(authority.substr(0, authority.rfind(':')))) {
        id += isProviderId("a" + std::string(1, c)) ? c : '-';
    }
    const auto first = id.find_first_not_of(".-_");
    return first == std::string::npos ? "provider" : id.substr(first);
}

/// What precedes `/chat/completions` or `/messages`, as we want it.
std::string withoutEndpoint(std::string_view url, const Known &known)
{
    std::string out(url);
    const auto strip = [&out](std::string_view tail) {
        while (out.ends_with('/')) {
            out.pop_back();
        }
        if (out.ends_with(tail)) {
            out.resize(out.size() - tail.size());
        }
    };
    for (const std::string_view tail : {"", "/chat/completions", "/messages", "/embeddings"}) {
        strip(tail);
    }
    const bool wantsVersion = known.kind == Anthropic || known.liteLlm.starts_with("ollama");
    return wantsVersion && !out.ends_with("/v1") ? out + "/v1" : out;
}

} // namespace

Result<Origin, std::string> originOf(Naming naming,
                                     std::string_view provider,
                                     std::string_view address)
{
    const auto known = std::ranges::find_if(kProviders, [&](const Known &each) {
        const std::string_view name = naming == Naming::LiteLlm ? each.liteLlm : each.portkey;
        return !name.empty() && name == provider;
    });
    if (known == kProviders.end()) {
        return Failure{"the API of provider " + quoted(provider) + " is not spoken here"};
    }
    Origin origin{.kind = known->kind,
                  .baseUrl = std::string(known->baseUrl),
                  .variable = std::string(known->variable)};
    const bool isKind = known->kind != OpenAiCompatible;
    origin.id = isKind ? std::string(toString(known->kind)) : std::string(known->liteLlm);
    if (address.empty()) {
        return origin.baseUrl.empty() && !isKind ? Result<Origin, std::string>(
                   Failure{"it has no address, and provider " + quoted(provider) + " needs one"})
                                                 : origin;
    }
    const auto url = parseBaseUrl(withoutEndpoint(address, *known));
    if (!url) {
        return Failure{"its address must be " + url.error()};
    }
    const std::string_view own = isKind ? defaultBaseUrl(known->kind) : known->baseUrl;
    if (*url == own || *url + "/v1" == own) {
        return origin;
    }
    // An address of somebody else's who speaks OpenAI's format.
    if (known->kind == OpenAi) {
        origin.kind = OpenAiCompatible;
    }
    if (origin.kind == OpenAiCompatible) {
        origin.id = hostId(*url);
    }
    origin.baseUrl = *url;
    // Nobody else gets the provider's own key unless the file says so.
    origin.withheld = std::exchange(origin.variable, {});
    return origin;
}

std::optional<std::string> providerOfModel(std::string_view model)
{
    for (const Known &each : kProviders) {
        if (each.kind != OpenAiCompatible && each.kind != OpenRouter
            && builtInCatalogue().find(each.kind, model) != nullptr) {
            return std::string(each.liteLlm);
        }
    }
    constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kFamilies = {{
        {"gpt-", "openai"},
        {"chatgpt-", "openai"},
        {"o1", "openai"},
        {"o3", "openai"},
        {"o4", "openai"},
        {"text-embedding-", "openai"},
        {"claude-", "anthropic"},
        {"gemini-", "gemini"},
        {"deepseek-", "deepseek"},
        {"mistral-", "mistral"},
        {"qwen-", "dashscope"},
    }};
    const auto family = std::ranges::find_if(kFamilies, [model](const auto &entry) {
        return model.starts_with(entry.first);
    });
    return family == kFamilies.end() ? std::nullopt : std::optional(std::string(family->second));
}

} // namespace signalbox::config
