// SPDX-License-Identifier: Apache-2.0
#include "core/config/target_directory.h"

#include "core/config/report.h"

#include <algorithm>

namespace signalbox::config {

void TargetDirectory::add(const std::string &provider,
                          const std::string &model,
                          const std::string &knownAs)
{
    if (!provider.empty() && !model.empty()) {
        m_targets.emplace(TargetId(provider, knownAs).name(), TargetId(provider, model));
    }
}

std::optional<TargetId> TargetDirectory::resolve(std::string_view name) const
{
    const auto found = m_targets.find(name);
    return found == m_targets.end() ? std::nullopt : std::optional(found->second);
}

std::string TargetDirectory::refusal(const std::string &name) const
{
    const TargetId wanted(name);
    const std::string provider(wanted.provider());
    if (name.find('/') == std::string::npos) {
        return "target " + quoted(name) + " must be written provider/model" + suggestion(name);
    }
    if (std::ranges::find(m_providers, provider) == m_providers.end()) {
        return "there is no provider " + quoted(provider) + suggestion(name);
    }
    return "provider " + quoted(provider) + " has no model " + quoted(wanted.model())
           + suggestion(name);
}

std::vector<std::string> TargetDirectory::names() const
{
    std::vector<std::string> names;
    for (const auto &entry : m_targets) {
        names.push_back(entry.first);
    }
    return names;
}

/// A model's name without its provider is the commonest slip, but far away in edits.
std::string TargetDirectory::suggestion(const std::string &wanted) const
{
    std::vector<std::string> sameModel;
    for (const std::string &name : names()) {
        if (TargetId(name).model() == wanted) {
            sameModel.push_back(quoted(name));
        }
    }
    return sameModel.empty() ? didYouMean(wanted, names())
                             : "; did you mean " + joined(sameModel) + '?';
}

} // namespace signalbox::config
