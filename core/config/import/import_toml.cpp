// SPDX-License-Identifier: Apache-2.0
#include "core/config/document.h"
#include "core/config/import/import.h"
#include "core/config/write.h"

#include <utility>

namespace signalbox::config {
namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;

std::string inlineTable(const Entries &entries)
{
    std::string out = "{ ";
    for (const auto &[key, value] : entries) {
        out += (out.size() > 2 ? ", " : "") + key + " = " + value;
    }
    return out + " }";
}

void addTable(std::string &out, const char *key, const Entries &entries)
{
    if (!entries.empty()) {
        out += std::string(key) + " = " + inlineTable(entries) + "\n";
    }
}

Entries limitsOf(const LimitSettings &limits)
{
    Entries out;
    const auto add = [&out](const char *key, const std::optional<std::int64_t> &value) {
        if (value) {
            out.emplace_back(key, std::to_string(*value));
        }
    };
    add("requests_per_minute", limits.requestsPerMinute);
    add("tokens_per_minute", limits.tokensPerMinute);
    add("concurrent", limits.concurrent);
    return out;
}

void addSeconds(Entries &out, const char *key, Millis value, Millis usual)
{
    if (value != usual) {
        out.emplace_back(key, secondsText(value));
    }
}

Entries timeoutsOf(const TimeoutSettings &timeouts)
{
    const TimeoutSettings usual;
    Entries out;
    addSeconds(out, "connect_s", timeouts.connect, usual.connect);
    addSeconds(out, "first_token_s", timeouts.firstToken, usual.firstToken);
    addSeconds(out, "idle_s", timeouts.idle, usual.idle);
    addSeconds(out, "total_s", timeouts.total, usual.total);
    return out;
}

Entries breakerOf(const BreakerSettings &breaker)
{
    const BreakerSettings usual;
    Entries out;
    if (breaker.failures != usual.failures) {
        out.emplace_back("failures", std::to_string(breaker.failures));
    }
    addSeconds(out, "window_s", breaker.window, usual.window);
    addSeconds(out, "open_s", breaker.open, usual.open);
    return out;
}

Entries priceOf(const PriceRow &row)
{
    const auto usd = [](TokenPrice price) {
        return numberText(static_cast<double>(price.picosPerToken()) / 1e6);
    };
    Entries out{{"input", usd(row.input)}};
    if (row.cachedInput != row.input) {
        out.emplace_back("cached_input", usd(row.cachedInput));
    }
    if (row.cacheWrite != row.input) {
        out.emplace_back("cache_write", usd(row.cacheWrite));
    }
    out.emplace_back("output", usd(row.output));
    return out;
}

std::string modelToml(const ImportedModel &model)
{
    std::string out = "\n[[provider.model]]\nname = " + quotedText(model.name) + "\n";
    if (model.price) {
        addTable(out, "price", priceOf(*model.price));
    }
    if (model.context) {
        out += "context = " + std::to_string(*model.context) + "\n";
    }
    if (model.maxOutput) {
        out += "max_output = " + std::to_string(*model.maxOutput) + "\n";
    }
    if (model.features) {
        std::string list;
        for (const Feature feature : model.features->list()) {
            list += (list.empty() ? "" : ", ") + quotedText(toString(feature));
        }
        out += "features = [" + list + "]\n";
    }
    return out;
}

std::string providerToml(const ImportedProvider &provider)
{
    std::string out = "[[provider]]\nid = " + quotedText(provider.id)
                      + "\nkind = " + quotedText(toString(provider.kind)) + "\n";
    if (!provider.baseUrl.empty()) {
        out += "base_url = " + quotedText(provider.baseUrl) + "\n";
    }
    if (!provider.keys.empty()) {
        out += "keys = [" + quotedText(provider.keys.front().toString()) + "]\n";
    }
    addTable(out, "limits", limitsOf(provider.limits));
    addTable(out, "timeouts", timeoutsOf(provider.timeouts));
    addTable(out, "breaker", breakerOf(provider.breaker));
    for (const ImportedModel &model : provider.models) {
        out += modelToml(model);
    }
    return out;
}

} // namespace

std::string providersToml(const std::vector<ImportedProvider> &providers)
{
    std::string out;
    for (const ImportedProvider &provider : providers) {
        out += (out.empty() ? "" : "\n") + providerToml(provider);
    }
    return out;
}

std::string toToml(const Imported &imported)
{
    std::string out = providersToml(imported.providers);
    for (const RouteSettings &route : imported.routes) {
        out += (out.empty() ? "" : "\n") + routeBlock(route, "\n");
    }
    return out;
}

} // namespace signalbox::config
