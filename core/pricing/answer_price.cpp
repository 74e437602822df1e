// SPDX-License-Identifier: Apache-2.0
#include "core/pricing/answer_price.h"

#include <algorithm>

namespace signalbox::pricing {
namespace {

bool isCalled(const ModelSettings &model, std::string_view name)
{
    return model.name == name || std::ranges::find(model.aliases, name) != model.aliases.end();
}

AnswerPrice priceOf(const PriceHistory &history,
                    std::string_view model,
                    bool byOperator,
                    SystemTime time)
{
    AnswerPrice price{history.at(time), {}, std::string(model), byOperator};
    for (const DatedPrice &dated : history.prices) {
        if (dated.from <= time && dated.from != SystemTime::min()) {
            price.since = dated.from;
        }
    }
    return price;
}

/// Not told where it makes no difference: most answers name the dated version of the model asked for.
AnswerPrice noted(AnswerPrice price, std::string_view from, const AnswerPrice &own)
{
    if (price.table == own.table) {
        return own;
    }
    price.note = "priced as " + price.model + ", the model in the answer, by the ";
    price.note.append(from);
    return price;
}

} // namespace

AnswerPrice priceOfAnswer(const ProviderSettings &provider,
                          const ModelSettings &asked,
                          std::string_view answered,
                          SystemTime time)
{
    const AnswerPrice own = priceOf(asked.price, asked.name, asked.pricedByOperator, time);
    if (answered.starts_with("models/")) {
        answered.remove_prefix(std::string_view("models/").size()); // Gemini's way
    }
    if (answered.empty() || isCalled(asked, answered)) {
        return own;
    }
    for (const ModelSettings &model : provider.models) {
        if (isCalled(model, answered) && !model.price.at(time).rows.empty()) {
            return noted(priceOf(model.price, model.name, model.pricedByOperator, time),
                         "configuration",
                         own);
        }
    }
    if (asked.pricedByOperator) {
        return own;
    }
    const auto known = std::ranges::find(provider.cataloguePrices, answered, &NamedPrice::model);
    if (known == provider.cataloguePrices.end() || known->price.at(time).rows.empty()) {
        return own;
    }
    return noted(priceOf(known->price, answered, false, time), "catalogue", own);
}

} // namespace signalbox::pricing
