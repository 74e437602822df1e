// SPDX-License-Identifier: Apache-2.0
#include "core/config/catalogue.h"
#include "core/config/price_table.h"
#include "core/config/sections.h"

#include <algorithm>
#include <utility>

namespace signalbox::config {
namespace {

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

/// What the catalogue knows of the model, as defaults of the keys to come.
void applyCatalogue(const ProviderSettings &provider, ModelSettings &model)
{
    const Catalogue &catalogue = builtInCatalogue();
    const CatalogueModel *known = catalogue.find(provider.kind, model.name);
    if (known == nullptr) {
        return;
    }
    model.price = catalogue.prices(*known, provider.baseUrl);
    model.contextTokens = known->contextTokens;
    model.maxOutputTokens = known->maxOutputTokens;
    model.features = known->features;
    model.tokenizer = known->tokenizer;
}

} // namespace

std::vector<ModelSettings> readModels(TableReader &table,
                                      const ProviderSettings &provider,
                                      TargetDirectory &targets)
{
    std::vector<ModelSettings> models;
    UniqueNames names("model or alias", table.report());
    for (TableReader &entry : table.tables("model")) {
        ModelSettings model;
        readNames(entry, provider.id, names, targets, model);
        applyCatalogue(provider, model);
        if (auto price = entry.table("price")) {
            model.price = PriceHistory::always(readPriceTable(*price));
            model.pricedByOperator = true;
            price->finish();
        }
        entry.whole("context", model.contextTokens, {.min = 1});
        entry.whole("max_output", model.maxOutputTokens, {.min = 1});
        readFeatures(entry, model.features);
        readTokenizer(entry, model.tokenizer);
        entry.finish();
        models.push_back(std::move(model));
    }
    return models;
}

} // namespace signalbox::config
