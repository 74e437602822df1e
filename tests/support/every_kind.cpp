// SPDX-License-Identifier: Apache-2.0
#include "tests/support/every_kind.h"

#include <set>

namespace signalbox::tests {
namespace {

std::set<std::string> modelsOf(const SimulatedKind &kind)
{
    std::set<std::string> models{kind.model, kind.thinker, kind.embedder};
    models.erase("");
    return models;
}

std::string listed(const std::set<std::string> &models)
{
    std::string list;
    for (const std::string &model : models) {
        list += (list.empty() ? "\"" : ", \"") + model + "\"";
    }
    return "[" + list + "]";
}

bool hasFormatOfItsOwn(const SimulatedKind &kind)
{
    return kind.kind == "anthropic" || kind.kind == "gemini";
}

/// The key of the simulator's scenario. What is compatible passes others on, as OpenRouter does.
std::string rulesOf(const SimulatedKind &kind)
{
    if (hasFormatOfItsOwn(kind)) {
        return {};
    }
    return "rules = \"" + (kind.kind == "openai-compatible" ? "openrouter" : kind.kind) + "\"\n";
}

std::string providerText(const std::string &id,
                         const SimulatedKind &kind,
                         const RunningSimulator &simulator,
                         const std::string &more = {})
{
    std::string text = "[[provider]]\nid = \"" + id + "\"\nkind = \"" + kind.kind
                       + "\"\nkeys = [\"env:UPSTREAM_KEY\"]\nbase_url = \""
                       + simulator.baseUrl(kind.kind) + "\"\n" + more;
    for (const std::string &model : modelsOf(kind)) {
        const bool embeds = model == kind.embedder;
        text += "[[provider.model]]\nname = \"" + model + "\"\nfeatures = "
                + (embeds ? R"(["embeddings"])"
                          : R"(["tools", "images", "json_schema", "reasoning"])")
                + "\nprice = { input = 0.3, output = 2.5 }\n";
    }
    return text;
}

} // namespace

const std::vector<SimulatedKind> &everyKind()
{
    static const std::vector<SimulatedKind> kinds = {
        {"openai", "gpt-4o-mini", "gpt-5-mini", "text-embedding-3-small", false},
        {"qwen", "qwen-plus", "qwen-plus", "text-embedding-v3"},
        {"anthropic", "claude-haiku-4-5", "claude-haiku-4-5", ""},
        {"deepseek", "deepseek-chat", "deepseek-v4-flash", ""},
        {"mistral", "mistral-small-latest", "magistral-medium-latest", "mistral-embed"},
        {"gemini", "gemini-2.5-flash", "gemini-3-flash-preview", "gemini-embedding-001"},
        {"openrouter", "openai/gpt-4o-mini", "moonshotai/kimi-k2", "openai/text-embedding-3-small"},
        {"openai-compatible", "local-model", "local-model", "local-embedder"},
    };
    return kinds;
}

std::string scenarioOfEveryKind()
{
    std::vector<SimulatedProvider> providers;
    for (const SimulatedKind &kind : everyKind()) {
        providers.push_back({.id = kind.kind,
                             .models = listed(modelsOf(kind)),
                             .format = hasFormatOfItsOwn(kind) ? kind.kind : "openai",
                             .more = rulesOf(kind)});
    }
    return scenarioOf(providers, "keep_bodies = true\n");
}

std::string configurationOfEveryKind(const RunningSimulator &simulator, const std::string &sections)
{
    std::string text = sections;
    for (const SimulatedKind &kind : everyKind()) {
        text += providerText(kind.kind, kind, simulator);
    }
    return text
           + providerText("hasty",
                          everyKind().front(),
                          simulator,
                          "timeouts = { first_token_s = 0.2 }\n");
}

std::string everyKindAsJson()
{
    Json list = Json::array();
    for (const SimulatedKind &kind : everyKind()) {
        const std::string provider = kind.kind + "/";
        list.push_back({{"kind", kind.kind},
                        {"target", kind.target()},
                        {"thinker", provider + kind.thinker},
                        {"embedder", kind.embedder.empty() ? "" : provider + kind.embedder},
                        {"showsThinking", kind.showsThinking}});
    }
    return list.dump();
}

} // namespace signalbox::tests
