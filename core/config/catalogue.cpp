// SPDX-License-Identifier: Apache-2.0
#include "core/config/catalogue.h"

#include "core/base/check.h"
#include "core/config/price_table.h"
#include "core/config/report.h"
#include "core/config/table_reader.h"
#include "core/config/toml_text.h"

#include <algorithm>
#include <catalogue_text.h>
#include <tuple>
#include <utility>

namespace signalbox::config {
namespace {

const std::vector<ProviderKind> &kinds()
{
    using enum ProviderKind;
    static const std::vector<ProviderKind> all =
        {OpenAi, Qwen, Anthropic, DeepSeek, Mistral, Gemini, OpenRouter};
    return all;
}

/// The host in `https://host[:port]/path`.
std::string_view hostOf(std::string_view url)
{
    const auto scheme = url.find("://");
    url.remove_prefix(scheme == std::string_view::npos ? 0 : scheme + 3);
    return url.substr(0, url.find_first_of(":/"));
}

std::string requiredText(TableReader &table, std::string_view key)
{
    const auto text = table.requiredName(key);
    return text ? text->value : "";
}

std::int64_t requiredCount(TableReader &table, std::string_view key)
{
    return table.require(key) ? table.wholeNumber(key, {.min = 1}).value_or(0) : 0;
}

SystemTime requiredDay(TableReader &table, std::string_view key)
{
    return table.require(key) ? table.day(key).value_or(SystemTime()) : SystemTime();
}

ProviderKind readKind(TableReader &table)
{
    ProviderKind kind{};
    if (table.require("kind")) {
        table.choice("kind", kind, kinds());
    }
    return kind;
}

CataloguePrice readPrice(TableReader &table)
{
    CataloguePrice price;
    price.from = requiredDay(table, "from");
    price.source = requiredText(table, "source");
    const auto host = table.name("host");
    price.host = host ? host->value : "";
    price.table = readPriceTable(table);
    table.finish();
    return price;
}

CatalogueModel readModel(TableReader &table)
{
    CatalogueModel model;
    model.kind = readKind(table);
    model.name = requiredText(table, "name");
    for (const Text &alias : table.texts("aliases").value_or(std::vector<Text>{})) {
        model.aliases.push_back(alias.value);
    }
    model.contextTokens = requiredCount(table, "context");
    table.whole("max_output", model.maxOutputTokens, {.min = 1});
    if (table.require("features")) {
        readFeatures(table, model.features);
    }
    std::optional<TokenFamily> tokenizer;
    if (table.require("tokenizer")) {
        readTokenizer(table, tokenizer);
    }
    model.tokenizer = tokenizer.value_or(TokenFamily::O200k);
    model.checked = requiredDay(table, "checked");
    model.source = requiredText(table, "source");
    for (TableReader &price : table.tables("price")) {
        model.prices.push_back(readPrice(price));
    }
    std::ranges::stable_sort(model.prices, [](const auto &a, const auto &b) {
        return std::tie(a.host, a.from) < std::tie(b.host, b.from);
    });
    table.finish();
    return model;
}

FreeQuota readFreeQuota(TableReader &table)
{
    FreeQuota quota;
    quota.kind = readKind(table);
    quota.tokensPerModel = requiredCount(table, "tokens_per_model");
    quota.days = requiredCount(table, "days");
    quota.checked = requiredDay(table, "checked");
    quota.source = requiredText(table, "source");
    table.finish();
    return quota;
}

/// Names and aliases differ within a kind.
void addNames(const CatalogueModel &model, Position at, UniqueNames &names)
{
    const std::string prefix = std::string(toString(model.kind)) + "/";
    names.add({prefix + model.name, at});
    for (const std::string &alias : model.aliases) {
        names.add({prefix + alias, at});
    }
}

} // namespace

Result<Catalogue, std::vector<Fault>> Catalogue::read(std::string_view text)
{
    const ReadOptions options;
    Report report(options);
    const auto table = parseToml(text);
    if (!table) {
        return Failure<std::vector<Fault>>{{table.error()}};
    }
    Catalogue catalogue;
    TableReader root(*table, "", report);
    UniqueNames names("model or alias", report);
    for (TableReader &entry : root.tables("model")) {
        CatalogueModel model = readModel(entry);
        addNames(model, entry.position(), names);
        for (const CataloguePrice &price : model.prices) {
            if (!price.host.empty()) {
                catalogue.m_hosts.insert(price.host);
            }
        }
        catalogue.m_models.push_back(std::move(model));
    }
    for (TableReader &entry : root.tables("free_quota")) {
        catalogue.m_freeQuotas.push_back(readFreeQuota(entry));
    }
    root.finish();
    auto faults = report.faults();
    if (!faults.empty()) {
        return Failure<std::vector<Fault>>{std::move(faults)};
    }
    return catalogue;
}

const CatalogueModel *Catalogue::find(ProviderKind kind, std::string_view name) const
{
    const auto found = std::ranges::find_if(m_models, [&](const CatalogueModel &model) {
        return model.kind == kind
               && (model.name == name
                   || std::ranges::find(model.aliases, name) != model.aliases.end());
    });
    return found == m_models.end() ? nullptr : &*found;
}

PriceHistory Catalogue::prices(const CatalogueModel &model, std::string_view baseUrl) const
{
    std::string_view host = hostOf(baseUrl);
    if (!m_hosts.contains(host)) {
        host = hostOf(defaultBaseUrl(model.kind));
    }
    const bool own = std::ranges::find(model.prices, host, &CataloguePrice::host)
                     != model.prices.end();
    PriceHistory history;
    for (const CataloguePrice &price : model.prices) {
        if (price.host == (own ? host : std::string_view())) {
            history.prices.push_back({price.from, price.table});
        }
    }
    return history;
}

std::vector<NamedPrice> Catalogue::allPrices(ProviderKind kind, std::string_view baseUrl) const
{
    std::vector<NamedPrice> all;
    for (const CatalogueModel &model : m_models) {
        if (model.kind != kind) {
            continue;
        }
        const PriceHistory history = prices(model, baseUrl);
        all.push_back({model.name, history});
        for (const std::string &alias : model.aliases) {
            all.push_back({alias, history});
        }
    }
    return all;
}

const Catalogue &builtInCatalogue()
{
    static const Catalogue catalogue = [] {
        auto read = Catalogue::read(kCatalogueText);
        SB_CHECK(read.ok()); // a test reads it before it ships
        return *std::move(read);
    }();
    return catalogue;
}

} // namespace signalbox::config
