// SPDX-License-Identifier: Apache-2.0
// LiteLLM's `model_list`: deployments, gathered in groups by the name that clients send.
#pragma once

#include "core/config/import/findings.h"
#include "core/config/import/litellm_settings.h"
#include "core/config/import/origin.h"
#include "core/config/import/provider_book.h"

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::config {

/// A deployment in its group, as the router there sees it.
struct LiteLlmMember
{
    static constexpr int kLast = std::numeric_limits<int>::max();

    TargetId target = {};
    std::optional<double> weight = {};
    std::optional<double> requests = {}; ///< a minute
    std::optional<double> tokens = {}; ///< a minute
    int order = kLast; ///< lower ones are asked first
};

struct LiteLlmGroup
{
    std::string name;
    std::vector<LiteLlmMember> members; ///< never empty, each target once
};

class LiteLlmModels
{
public:
    /// All three outlive it.
    LiteLlmModels(const LiteLlmSettings &settings, ProviderBook &providers, Findings &findings)
        : m_settings(settings)
        , m_providers(providers)
        , m_findings(findings)
    {}

    /// An entry of the list, whose place is \p path. What cannot be asked from here is told.
    void read(const Item &entry, const std::string &path);
    [[nodiscard]] std::vector<LiteLlmGroup> take() { return std::move(m_groups); }

private:
    void readParameters(Fields &fields, Fields &info, const std::string &groupName);
    [[nodiscard]] std::optional<Origin> originOf(Fields &fields, std::string &model) const;
    void readKey(Fields &fields, const Origin &origin, Deployment &deployment) const;
    void readLimits(Fields &fields, LiteLlmMember &member, Deployment &deployment) const;
    void readTimes(Fields &fields, ImportedProvider &provider) const;
    void add(Fields &fields, const std::string &groupName, LiteLlmMember member);

    const LiteLlmSettings &m_settings;
    ProviderBook &m_providers;
    Findings &m_findings;
    std::vector<LiteLlmGroup> m_groups;
};

} // namespace signalbox::config
