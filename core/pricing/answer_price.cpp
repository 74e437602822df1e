// SPDX-License-Identifier: Apache-2.0
#include "core/pricing/answer_price.h"

#include <algorithm>

namespace signalbox::pricing {
namespace {

bool isCalled(const ModelSettings &model, std::string_view name)
{
    return model.name == name || std::ranges::find(model.aliases, name) != model.aliases.end();
}

/// Not told where it makes no difference: most answers name the dated version of the model asked for.
AnswerPrice pricedAs(const PriceTable &table,
                     std::string_view model,
                     std::string_view from,
                     const AnswerPrice &own)
{
    if (table == own.table) {
        return own;
    }
    std::string note("priced as ");
    note.append(model).append(", the model in the answer, by the ").append(from);
    return {table, std::move(note)};
}

} // namespace

AnswerPrice priceOfAnswer(const ProviderSettings &provider,
                          const ModelSettings &asked,
                          std::string_view answered,
                          SystemTime time)
{
    const AnswerPrice own{asked.price.at(time), {}};
    if (answered.starts_with("models/")) {
        answered.remove_prefix(std::string_view("models/").size()); // Gemini's way
    }
    if (answered.empty() || isCalled(asked, answered)) {
        return own;
    }
    for (const ModelSettings &model : provider.models) {
        if (isCalled(model, answered) && !model.price.at(time).rows.empty()) {
            return pricedAs(model.price.at(time), model.name, "configuration", own);
        }
    }
    if (asked.pricedByOperator) {
        return own;
    }
    const auto known = std::ranges::find(provider.cataloguePrices, answered, &NamedPrice::model);
    if (known == provider.cataloguePrices.end() || known->price.at(time).rows.empty()) {
        return own;
    }
    return pricedAs(known->price.at(time), answered, "catalogue", own);
}

} // namespace signalbox::pricing
