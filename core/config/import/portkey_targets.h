// SPDX-License-Identifier: Apache-2.0
// A target of a Portkey config: who is asked for which model, with what of those around it.
#pragma once

#include "core/config/import/findings.h"
#include "core/config/import/provider_book.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace signalbox::config {

/// What a target has from those around it.
struct PortkeyInherited
{
    std::optional<std::string> model = {};
    std::optional<Millis> timeout = {};
};

class PortkeyTargets
{
public:
    /// \p routes: names that no target may have.
    PortkeyTargets(std::vector<std::string> routes, Findings &findings)
        : m_findings(findings)
        , m_providers(std::move(routes))
    {}

    /// Takes what \p fields say for all that is within.
    void inherit(Fields &fields, PortkeyInherited &from);
    /// One target, or none and why.
    std::vector<TargetChoice> read(Fields &fields, const PortkeyInherited &from);
    /// How often a target is tried again; nothing: it is not said.
    [[nodiscard]] std::optional<int> retries() const { return m_retries; }
    [[nodiscard]] std::vector<ImportedProvider> take() { return m_providers.take(); }

private:
    bool readProvider(Fields &fields, const PortkeyInherited &from, Deployment &deployment);
    void readRetry(Fields &fields);

    Findings &m_findings;
    ProviderBook m_providers;
    std::optional<int> m_retries;
};

} // namespace signalbox::config
