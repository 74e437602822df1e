// SPDX-License-Identifier: Apache-2.0
// The providers of an import as they are met: what can share one does.
#pragma once

#include "core/config/import/import.h"

#include <map>
#include <string>
#include <vector>

namespace signalbox::config {

/// A model behind an address with a key, as a foreign file lists it.
struct Deployment
{
    ImportedProvider provider; ///< without models; its id is what it would be called
    ImportedModel model;
    std::string keyInClear = {}; ///< never written anywhere: only tells keys apart
};

class ProviderBook
{
public:
    /// \p routes: names that no target may have.
    explicit ProviderBook(std::vector<std::string> routes)
        : m_routes(std::move(routes))
    {}

    /// Limits there are a deployment's, here a provider's: one that has any gets a provider of its own.
    TargetId add(const Deployment &deployment);
    /// Of the provider of a target.
    [[nodiscard]] const ImportedProvider &provider(const TargetId &target) const;
    [[nodiscard]] std::vector<ImportedProvider> take() { return std::move(m_providers); }

private:
    [[nodiscard]] bool fits(std::size_t index, const Deployment &deployment) const;
    [[nodiscard]] std::string freeId(const std::string &wanted) const;

    std::vector<std::string> m_routes;
    std::vector<ImportedProvider> m_providers;
    std::vector<Deployment> m_first; ///< of each provider, as it was given
};

/// \p wanted, or with the first number behind it that nobody has.
template <typename Taken>
std::string freeName(const std::string &wanted, const Taken &isTaken)
{
    std::string name = wanted;
    for (int i = 2; isTaken(name); ++i) {
        name = wanted + "-" + std::to_string(i);
    }
    return name;
}

} // namespace signalbox::config
