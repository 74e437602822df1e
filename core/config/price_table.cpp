// SPDX-License-Identifier: Apache-2.0
#include "core/config/price_table.h"

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

/// The price of \p key where it is not that of all the others, \p usual.
std::optional<TokenPrice> readApart(TableReader &table, std::string_view key, TokenPrice usual)
{
    const TokenPrice price = readAmount(table, key, usual);
    return price == usual ? std::nullopt : std::optional(price);
}

PriceRow readAmounts(TableReader &table)
{
    PriceRow row;
    row.input = readAmount(table, "input", std::nullopt);
    row.output = readAmount(table, "output", std::nullopt);
    row.cachedInput = readAmount(table, "cached_input", row.input);
    row.cacheWrite = readAmount(table, "cache_write", row.input);
    row.cacheWriteHour = readApart(table, "cache_write_1h", row.cacheWrite);
    row.thinkingOutput = readApart(table, "thinking_output", row.output);
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

} // namespace

PriceTable readPriceTable(TableReader &table)
{
    PriceTable price;
    price.rows.push_back(readAmounts(table));
    readTiers(table, price);
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

void readTokenizer(TableReader &table, std::optional<TokenFamily> &tokenizer)
{
    std::vector<std::string> names;
    for (const TokenFamily family : tokenFamilies()) {
        names.emplace_back(toString(family));
    }
    if (const auto index = table.choiceIndex("tokenizer", names)) {
        tokenizer = tokenFamilies()[*index];
    }
}

} // namespace signalbox::config
