// SPDX-License-Identifier: Apache-2.0
#include "app/catalogue_table.h"

#include <algorithm>
#include <array>
#include <vector>

namespace signalbox::app {
namespace {

constexpr std::size_t kColumns = 15;
using Line = std::array<std::string, kColumns>;

std::string usdPerMillion(TokenPrice price)
{
    return Money::fromNanos(price.picosPerToken() * 1000).toDecimal();
}

std::string apart(const std::optional<TokenPrice> &price)
{
    return price ? usdPerMillion(*price) : "-";
}

std::string countOf(const std::optional<std::int64_t> &count)
{
    return count ? std::to_string(*count) : "-";
}

std::string featuresOf(const FeatureSet &features)
{
    std::string text;
    for (const Feature feature : features.list()) {
        text.append(text.empty() ? "" : ",").append(toString(feature));
    }
    return text.empty() ? "-" : text;
}

std::string dayOf(SystemTime time)
{
    return toIso8601(time).substr(0, 10);
}

Line lineOf(const config::CatalogueModel &model)
{
    Line line;
    line.fill("-");
    line[0] = std::string(toString(model.kind)) + "/" + model.name;
    line[10] = countOf(model.contextTokens);
    line[11] = countOf(model.maxOutputTokens);
    line[12] = featuresOf(model.features);
    line[13] = toString(model.tokenizer);
    line[14] = model.source + " " + dayOf(model.checked);
    return line;
}

Line lineOf(Line line, const config::CataloguePrice &price, const PriceRow &row)
{
    line[1] = dayOf(price.from);
    line[2] = price.host.empty() ? "-" : price.host;
    line[3] = std::to_string(row.fromPromptTokens);
    line[4] = usdPerMillion(row.input);
    line[5] = usdPerMillion(row.cachedInput);
    line[6] = usdPerMillion(row.cacheWrite);
    line[7] = apart(row.cacheWriteHour);
    line[8] = usdPerMillion(row.output);
    line[9] = apart(row.thinkingOutput);
    line[14] = price.source;
    return line;
}

std::vector<Line> linesOf(const config::Catalogue &catalogue)
{
    std::vector<Line> lines = {{"model",
                                "from",
                                "host",
                                "prompt>=",
                                "input",
                                "cached",
                                "write",
                                "write_1h",
                                "output",
                                "thinking",
                                "context",
                                "max_output",
                                "features",
                                "tokenizer",
                                "source"}};
    for (const config::CatalogueModel &model : catalogue.models()) {
        const Line line = lineOf(model);
        if (model.prices.empty()) {
            lines.push_back(line);
        }
        for (const config::CataloguePrice &price : model.prices) {
            for (const PriceRow &row : price.table.rows) {
                lines.push_back(lineOf(line, price, row));
            }
        }
    }
    return lines;
}

} // namespace

std::string catalogueTable(const config::Catalogue &catalogue)
{
    const std::vector<Line> lines = linesOf(catalogue);
    std::array<std::size_t, kColumns> widths{};
    for (const Line &line : lines) {
        for (std::size_t i = 0; i < kColumns; ++i) {
            widths[i] = std::max(widths[i], line[i].size());
        }
    }
    std::string text;
    for (const Line &line : lines) {
        for (std::size_t i = 0; i + 1 < kColumns; ++i) {
            text += line[i] + std::string(widths[i] + 2 - line[i].size(), ' ');
        }
        text += line.back() + "\n";
    }
    text += "\nUSD per million tokens; - is unknown, or no price of its own.\n";
    for (const config::FreeQuota &quota : catalogue.freeQuotas()) {
        text += "New accounts at " + std::string(toString(quota.kind)) + " have "
                + std::to_string(quota.tokensPerModel) + " tokens of each model free for "
                + std::to_string(quota.days) + " days (" + quota.source + ", "
                + dayOf(quota.checked) + "); costs do not take them off.\n";
    }
    return text;
}

} // namespace signalbox::app
