// SPDX-License-Identifier: Apache-2.0
#include "core/config/sections.h"

#include <algorithm>
#include <utility>

namespace signalbox::config {
namespace {

// 0.1 USD a token. The dearest prompt there is then still fits the sum of a cost.
constexpr double kUsdPerMillionMax = 100'000;

/// The price of \p key; \p fallback when it is absent, nothing when it is faulty or needed.
TokenPrice readAmount(TableReader &table, std::string_view key, std::optional<TokenPrice> fallback)
{
    if (!fallback && !table.require(key)) {
        return {};
    }
    const auto usd = table.number(key, {0, kUsdPerMillionMax});
    if (!usd) {
        return fallback.value_or(TokenPrice{});
    }
    const auto price = TokenPrice::fromUsdPerMillion(shortest(*usd)).value_or(TokenPrice{});
    if (*usd > 0 && price == TokenPrice{}) {
        table.report().fault(table.at(key),
                             quoted(key) + " is below 0.000001 USD per million tokens");
    }
    return price;
}

PriceRow readAmounts(TableReader &table)
{
    PriceRow row;
    row.input = readAmount(table, "input", std::nullopt);
    row.output = readAmount(table, "output", std::nullopt);
    row.cachedInput = readAmount(table, "cached_input", row.input);
    row.cacheWrite = readAmount(table, "cache_write", row.input);
    return row;
}

void readTiers(TableReader &price, PriceTable &out)
{
    for (TableReader &table : price.tables("tiers")) {
        PriceRow row = readAmounts(table);
        const auto from = table.require("from") ? table.wholeNumber("from", {.min = 1})
                                                : std::nullopt;
        if (from && *from <= out.rows.back().fromPromptTokens) {
            table.report().fault(table.at("from"),
                                 "`from` must be greater than that of the tier before it");
        }
        table.finish();
        row.fromPromptTokens = from.value_or(row.fromPromptTokens);
        if (from) {
            out.rows.push_back(row);
        }
    }
}

PriceTable readPrice(TableReader &model)
{
    PriceTable price;
    if (auto table = model.table("price")) {
        price.rows.push_back(readAmounts(*table));
        readTiers(*table, price);
        table->finish();
    }
    return price;
}

void readFeatures(TableReader &table, FeatureSet &features)
{
    const auto names = table.texts("features");
    if (!names) {
        return;
    }
    using enum Feature;
    std::vector<std::string> known;
    for (const Feature feature : {Tools, Images, JsonSchema, Reasoning, Embeddings}) {
        known.emplace_back(toString(feature));
    }
    features = {};
    for (const Text &name : *names) {
        const auto feature = featureFromString(name.value);
        if (feature) {
            features.insert(*feature);
            continue;
        }
        table.report().fault(name.at,
                             "there is no feature " + quoted(name.value) + "; it must be "
                                 + joined(known) + didYouMean(name.value, known));
    }
}

/// The model's name and aliases; all must differ within the provider.
void readNames(TableReader &table,
               const std::string &provider,
               UniqueNames &names,
               TargetDirectory &targets,
               ModelSettings &model)
{
    const auto name = table.requiredName("name");
    if (name) {
        model.name = name->value;
        names.add(*name);
        targets.add(provider, model.name, model.name);
    }
    for (const Text &alias : table.texts("aliases").value_or(std::vector<Text>{})) {
        names.add(alias);
        model.aliases.push_back(alias.value);
        targets.add(provider, model.name, alias.value);
    }
}

} // namespace

std::vector<ModelSettings> readModels(TableReader &provider,
                                      const std::string &providerId,
                                      TargetDirectory &targets)
{
    std::vector<ModelSettings> models;
    UniqueNames names("model or alias", provider.report());
    for (TableReader &table : provider.tables("model")) {
        ModelSettings model;
        readNames(table, providerId, names, targets, model);
        model.price = readPrice(table);
        table.whole("context", model.contextTokens, {.min = 1});
        table.whole("max_output", model.maxOutputTokens, {.min = 1});
        readFeatures(table, model.features);
        const auto tokenizer = table.name("tokenizer");
        model.tokenizer = tokenizer ? tokenizer->value : "";
        table.finish();
        models.push_back(std::move(model));
    }
    return models;
}

} // namespace signalbox::config
