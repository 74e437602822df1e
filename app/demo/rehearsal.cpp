// SPDX-License-Identifier: Apache-2.0
#include "app/demo/rehearsal.h"

#include <sstream>
#include <toml++/toml.h>
#include <tuple>
#include <utility>

namespace signalbox::app {

namespace {

using simulator::Format;
using simulator::Rules;

std::pair<Format, Rules> formOf(ProviderKind kind)
{
    switch (kind) {
    case ProviderKind::OpenAi:
        return {Format::OpenAi, Rules::OpenAi};
    case ProviderKind::Qwen:
        return {Format::OpenAi, Rules::Qwen};
    case ProviderKind::Anthropic:
        return {Format::Anthropic, Rules::None};
    case ProviderKind::DeepSeek:
        return {Format::OpenAi, Rules::DeepSeek};
    case ProviderKind::Mistral:
        return {Format::OpenAi, Rules::Mistral};
    case ProviderKind::Gemini:
        return {Format::Gemini, Rules::None};
    case ProviderKind::OpenRouter:
        return {Format::OpenAi, Rules::OpenRouter};
    case ProviderKind::OpenAiCompatible:
        return {Format::OpenAi, Rules::None};
    }
    return {Format::OpenAi, Rules::None};
}

} // namespace

simulator::Scenario rehearsalScenario(const Configuration &configuration)
{
    simulator::Scenario scenario;
    for (const ProviderSettings &provider : configuration.providers) {
        simulator::ProviderSpec spec;
        spec.id = provider.id;
        std::tie(spec.format, spec.rules) = formOf(provider.kind);
        for (const ModelSettings &model : provider.models) {
            spec.models.push_back({.name = model.name, .answersAs = {}, .refuses = {}});
        }
        scenario.providers.push_back(std::move(spec));
    }
    return scenario;
}

Result<std::string, std::string> rehearsalText(
    const std::string &text, const std::function<std::string(const std::string &)> &addressOf)
{
    try {
        toml::table all = toml::parse(text);
        for (const char *outside : {"client", "operator"}) {
            all.erase(outside);
        }
        auto &server = *all.insert("server", toml::table()).first->second.as_table();
        for (const char *outside : {"tls_certificate", "tls_key", "admin_token"}) {
            server.erase(outside);
        }
        server.insert_or_assign("listen", "127.0.0.1:0");
        if (toml::array *providers = all["provider"].as_array()) {
            for (toml::node &node : *providers) {
                toml::table &provider = *node.as_table();
                for (const char *outside : {"keys", "proxy", "ca_file", "allow_private_images"}) {
                    provider.erase(outside);
                }
                const auto id = provider["id"].value_or(std::string());
                provider.insert_or_assign("base_url", addressOf(id));
            }
        }
        std::ostringstream written;
        written << all << '\n';
        return written.str();
    } catch (const toml::parse_error &error) {
        return Failure{std::string(error.description())};
    }
}

std::vector<std::string> rehearsalRoutes(const Configuration &configuration)
{
    std::vector<std::string> names;
    for (const RouteSettings &route : configuration.routes) {
        names.push_back(route.name);
    }
    return names;
}

} // namespace signalbox::app
