// SPDX-License-Identifier: Apache-2.0
#include "core/replay/prices.h"

#include "core/pricing/cost.h"

#include <algorithm>

namespace signalbox::replay {

Prices::Prices(const Configuration &configuration, const Names &targets, const Names &models)
    : m_configuration(configuration)
    , m_targets(targets)
    , m_models(models)
{
    const auto note = [this](const PriceHistory &history) {
        for (const DatedPrice &price : history.prices) {
            m_changes.push_back(price.from);
        }
    };
    for (const ProviderSettings &provider : configuration.providers) {
        for (const ModelSettings &model : provider.models) {
            note(model.price);
        }
        for (const NamedPrice &price : provider.cataloguePrices) {
            note(price.price);
        }
    }
    std::ranges::sort(m_changes);
    const auto rest = std::ranges::unique(m_changes);
    m_changes.erase(rest.begin(), rest.end());
}

Cost Prices::costOf(const Usage &usage,
                    std::uint32_t target,
                    std::uint32_t model,
                    SystemTime at) const
{
    const auto epoch = static_cast<std::uint64_t>(std::ranges::upper_bound(m_changes, at)
                                                  - m_changes.begin());
    const std::uint64_t key = (epoch << 48U) | (std::uint64_t{target} << 24U) | model;
    auto found = m_tables.find(key);
    if (found == m_tables.end()) {
        const TargetId id(m_targets.name(target));
        const ProviderSettings *provider = m_configuration.provider(id.provider());
        const ModelSettings *settings = m_configuration.model(id);
        PriceTable table;
        if (provider != nullptr && settings != nullptr) {
            table = pricing::priceOfAnswer(*provider, *settings, m_models.name(model), at).table;
        }
        found = m_tables.emplace(key, std::move(table)).first;
    }
    return pricing::costOf(usage, found->second);
}

} // namespace signalbox::replay
