// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/price_json.h"

#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/json_members.h"

namespace signalbox::runtime {
namespace {

constexpr std::string_view kConfiguration = "configuration";
constexpr std::string_view kCatalogue = "catalogue";

/// A token's picodollars are a million's microdollars.
Money perMillion(TokenPrice price)
{
    return Money::fromNanos(price.picosPerToken() * 1000);
}

std::optional<Money> perMillion(const std::optional<TokenPrice> &price)
{
    return price ? std::optional(perMillion(*price)) : std::nullopt;
}

std::optional<TokenPrice> priceIn(const JsonFields &fields, const char *name)
{
    const auto amount = fields.money(name);
    return amount ? std::optional(TokenPrice::fromPicosPerToken(amount->nanos() / 1000))
                  : std::nullopt;
}

} // namespace

void write(JsonWriter &json, const AppliedPrice &price)
{
    JsonMembers members(json);
    members.text("model", price.model);
    members.string("from", price.byOperator ? kConfiguration : kCatalogue);
    members.text("since", price.since ? toIsoMicros(*price.since) : std::string());
    members.integer("from_prompt_tokens", price.row.fromPromptTokens);
    members.money("input_usd_per_million", perMillion(price.row.input));
    members.money("cached_input_usd_per_million", perMillion(price.row.cachedInput));
    members.money("cache_write_usd_per_million", perMillion(price.row.cacheWrite));
    members.money("cache_write_hour_usd_per_million", perMillion(price.row.cacheWriteHour));
    members.money("output_usd_per_million", perMillion(price.row.output));
    members.money("thinking_output_usd_per_million", perMillion(price.row.thinkingOutput));
}

std::string toText(const AppliedPrice &price)
{
    std::string text;
    JsonWriter json(text);
    write(json, price);
    return text;
}

std::optional<AppliedPrice> priceFromJson(const Json &json)
{
    const JsonFields fields(json);
    const auto input = priceIn(fields, "input_usd_per_million");
    const auto cached = priceIn(fields, "cached_input_usd_per_million");
    const auto written = priceIn(fields, "cache_write_usd_per_million");
    const auto output = priceIn(fields, "output_usd_per_million");
    if (!input || !cached || !written || !output) {
        return std::nullopt;
    }
    AppliedPrice price;
    price.model = fields.text("model");
    price.byOperator = fields.text("from") == kConfiguration;
    price.since = fromIso8601(fields.text("since"));
    price.row = {fields.integer("from_prompt_tokens"),
                 *input,
                 *cached,
                 *written,
                 *output,
                 priceIn(fields, "cache_write_hour_usd_per_million"),
                 priceIn(fields, "thinking_output_usd_per_million")};
    return price;
}

} // namespace signalbox::runtime
