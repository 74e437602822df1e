// SPDX-License-Identifier: Apache-2.0
#include "core/config/catalogue.h"
#include "core/config/notation.h"
#include "core/config/sections.h"

#include <utility>

namespace signalbox::config {
namespace {

std::string readId(TableReader &table, UniqueNames &ids, TargetDirectory &targets)
{
    const auto id = table.requiredName("id");
    if (!id) {
        return "";
    }
    if (!isProviderId(id->value)) {
        table.report().fault(id->at,
                             "`id` must be of a-z, 0-9, dot, _ and - and begin with a letter or a "
                             "digit, found "
                                 + quoted(id->value));
    }
    ids.add(*id);
    targets.addProvider(id->value);
    return id->value;
}

/// False when the kind is unknown, so that nothing may be concluded from it.
bool readKind(TableReader &table, ProviderKind &kind)
{
    using enum ProviderKind;
    std::optional<ProviderKind> found;
    if (table.require("kind")) {
        const std::vector<ProviderKind> kinds =
            {OpenAi, Qwen, Anthropic, DeepSeek, Mistral, Gemini, OpenRouter, OpenAiCompatible};
        std::vector<std::string> names;
        names.reserve(kinds.size());
        for (const ProviderKind each : kinds) {
            names.emplace_back(toString(each));
        }
        const auto index = table.choiceIndex("kind", names);
        found = index ? std::optional(kinds[*index]) : std::nullopt;
    }
    kind = found.value_or(kind);
    return found.has_value();
}

void readBaseUrl(TableReader &table, bool kindIsKnown, ProviderSettings &provider)
{
    const bool isNeeded = kindIsKnown && provider.kind == ProviderKind::OpenAiCompatible;
    if (isNeeded && !table.has("base_url")) {
        table.report().fault(table.position(),
                             "`base_url` is missing: kind openai-compatible has no default");
        return;
    }
    provider.baseUrl = defaultBaseUrl(provider.kind);
    const auto text = table.text("base_url");
    if (!text) {
        return;
    }
    auto url = parseBaseUrl(text->value);
    if (!url) {
        table.report().fault(text->at, "`base_url` must be " + url.error());
        return;
    }
    provider.baseUrl = std::move(url).value();
}

LimitSettings readLimits(TableReader &provider, std::string_view key)
{
    LimitSettings limits;
    if (auto table = provider.table(key)) {
        table->whole("requests_per_minute", limits.requestsPerMinute, {.min = 1});
        table->whole("tokens_per_minute", limits.tokensPerMinute, {.min = 1});
        table->whole("concurrent", limits.concurrent, {.min = 1});
        table->finish();
    }
    return limits;
}

TimeoutSettings readTimeouts(TableReader &provider)
{
    TimeoutSettings timeouts;
    if (auto table = provider.table("timeouts")) {
        table->seconds("connect_s", timeouts.connect);
        table->seconds("first_token_s", timeouts.firstToken);
        table->seconds("idle_s", timeouts.idle);
        table->seconds("total_s", timeouts.total);
        table->finish();
    }
    return timeouts;
}

BreakerSettings readBreaker(TableReader &provider)
{
    BreakerSettings breaker;
    if (auto table = provider.table("breaker")) {
        table->whole("failures", breaker.failures, {1, 1000});
        table->seconds("window_s", breaker.window);
        table->seconds("open_s", breaker.open);
        table->whole("probes", breaker.probes, {1, 1000});
        table->finish();
    }
    return breaker;
}

std::optional<HealthCheckSettings> readHealthCheck(TableReader &provider)
{
    auto table = provider.table("health_check");
    if (!table) {
        return std::nullopt;
    }
    using enum HealthCheckSettings::Ask;
    HealthCheckSettings check;
    table->seconds("every_s", check.every);
    table->seconds("timeout_s", check.timeout);
    table->choice("ask", check.ask, {Models, Answer});
    if (check.every < bounds::kHealthCheckEveryMin) {
        table->report().fault(table->at("every_s"), "`every_s` must be at least 1");
    }
    table->finish();
    return check;
}

ProviderSettings readProvider(TableReader &table, UniqueNames &ids, TargetDirectory &targets)
{
    ProviderSettings provider;
    provider.id = readId(table, ids, targets);
    const bool kindIsKnown = readKind(table, provider.kind);
    readBaseUrl(table, kindIsKnown, provider);
    provider.keys = table.secrets("keys", "provider " + provider.id + " key");
    provider.limits = readLimits(table, "limits");
    provider.keyLimits = readLimits(table, "key_limits");
    provider.budgetPerDay = readBudget(table);
    provider.timeouts = readTimeouts(table);
    provider.breaker = readBreaker(table);
    provider.healthCheck = readHealthCheck(table);
    provider.caFile = table.file("ca_file", "provider " + provider.id + " ca_file");
    table.boolean("allow_private_images", provider.allowPrivateImages);
    provider.models = readModels(table, provider, targets);
    provider.cataloguePrices = builtInCatalogue().allPrices(provider.kind, provider.baseUrl);
    table.finish();
    return provider;
}

} // namespace

std::vector<ProviderSettings> readProviders(TableReader &root, TargetDirectory &targets)
{
    std::vector<ProviderSettings> providers;
    UniqueNames ids("provider", root.report());
    for (TableReader &table : root.tables("provider")) {
        providers.push_back(readProvider(table, ids, targets));
    }
    return providers;
}

} // namespace signalbox::config
