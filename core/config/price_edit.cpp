// SPDX-License-Identifier: Apache-2.0
#include "core/config/price_edit.h"

#include "core/config/document.h"
#include "core/config/proof.h"

#include <algorithm>
#include <iterator>

namespace signalbox::config {
namespace {

constexpr std::size_t kDigitsMax = 32;

bool isDecimal(std::string_view figure)
{
    return !figure.empty() && figure.size() <= kDigitsMax && figure.front() != '.'
           && figure.back() != '.' && std::ranges::count(figure, '.') <= 1
           && figure.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// As TOML writes a number: without zeros before it.
std::string tomlNumber(std::string_view figure)
{
    while (figure.size() > 1 && figure[0] == '0' && figure[1] != '.') {
        figure.remove_prefix(1);
    }
    return std::string(figure);
}

/// Where \p edit belongs in \p settings, as a path of the document; empty: nowhere.
std::string placeOf(const Configuration &settings, const PriceEdit &edit)
{
    const auto provider = std::ranges::find(settings.providers,
                                            edit.provider,
                                            &ProviderSettings::id);
    if (provider == settings.providers.end()) {
        return {};
    }
    const auto model = std::ranges::find(provider->models, edit.model, &ModelSettings::name);
    if (model == provider->models.end()) {
        return {};
    }
    return "provider[" + std::to_string(std::distance(settings.providers.begin(), provider))
           + "].model[" + std::to_string(std::distance(provider->models.begin(), model)) + "]";
}

PriceTable tableOf(const PriceEdit &edit)
{
    PriceRow row;
    row.input = TokenPrice::fromUsdPerMillion(edit.input).value_or(TokenPrice());
    row.output = TokenPrice::fromUsdPerMillion(edit.output).value_or(TokenPrice());
    row.cachedInput = row.input;
    row.cacheWrite = row.input;
    return {{row}};
}

} // namespace

Result<std::string, std::string> withPrices(std::string_view text,
                                            const std::vector<PriceEdit> &edits)
{
    auto wanted = parsed(text);
    if (!wanted) {
        return Failure{wanted.error()};
    }
    Document document(text);
    for (const PriceEdit &edit : edits) {
        const std::string name = edit.provider + "/" + edit.model;
        const std::string place = placeOf(*wanted, edit);
        if (place.empty()) {
            return Failure{"there is no model " + name + " in the file"};
        }
        for (const std::string &figure : {edit.input, edit.output}) {
            if (!isDecimal(figure)) {
                return Failure{"the price of " + name
                               + " is no number of dollars per million tokens: "
                               + quotedText(figure)};
            }
        }
        document.set(place,
                     "price",
                     "{ input = " + tomlNumber(edit.input) + ", output = " + tomlNumber(edit.output)
                         + " }",
                     "name");
        auto &models =
            std::ranges::find(wanted->providers, edit.provider, &ProviderSettings::id)->models;
        ModelSettings &model = *std::ranges::find(models, edit.model, &ModelSettings::name);
        model.price = PriceHistory::always(tableOf(edit));
        model.pricedByOperator = true;
    }
    return proved(document.text(), std::move(*wanted));
}

} // namespace signalbox::config
