// SPDX-License-Identifier: Apache-2.0
#include "core/config/import/provider_book.h"

#include "core/base/check.h"

#include <algorithm>
#include <utility>

namespace signalbox::config {

bool ProviderBook::fits(std::size_t index, const Deployment &deployment) const
{
    const Deployment &first = m_first[index];
    if (first.provider != deployment.provider || first.keyInClear != deployment.keyInClear) {
        return false;
    }
    const auto &models = m_providers[index].models;
    const auto known = std::ranges::find(models, deployment.model.name, &ImportedModel::name);
    if (known != models.end()) {
        return *known == deployment.model;
    }
    return deployment.provider.limits == LimitSettings{};
}

std::string ProviderBook::freeId(const std::string &wanted) const
{
    return freeName(wanted, [this](const std::string &id) {
        return std::ranges::find(m_providers, id, &ImportedProvider::id) != m_providers.end()
               || std::ranges::any_of(m_routes, [&](const std::string &route) {
                      return route.starts_with(id + "/");
                  });
    });
}

TargetId ProviderBook::add(const Deployment &deployment)
{
    for (std::size_t i = 0; i < m_providers.size(); ++i) {
        if (!fits(i, deployment)) {
            continue;
        }
        auto &models = m_providers[i].models;
        if (std::ranges::find(models, deployment.model.name, &ImportedModel::name)
            == models.end()) {
            models.push_back(deployment.model);
        }
        return {m_providers[i].id, deployment.model.name};
    }
    ImportedProvider provider = deployment.provider;
    provider.id = freeId(provider.id);
    if (!deployment.keyInClear.empty()) {
        provider.keys = {{SecretRef::Store::Keychain, provider.id}};
    }
    provider.models = {deployment.model};
    m_providers.push_back(provider);
    m_first.push_back(deployment);
    return {provider.id, deployment.model.name};
}

const ImportedProvider &ProviderBook::provider(const TargetId &target) const
{
    const auto found = std::ranges::find(m_providers, target.provider(), &ImportedProvider::id);
    SB_CHECK(found != m_providers.end());
    return *found;
}

} // namespace signalbox::config
