// SPDX-License-Identifier: Apache-2.0
// Every target of the file under all its names.
#pragma once

#include "core/domain/ids.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::config {

class TargetDirectory
{
public:
    void addProvider(const std::string &id) { m_providers.push_back(id); }
    /// A target whose provider or model has no valid name is left out.
    void add(const std::string &provider, const std::string &model, const std::string &knownAs);

    /// The real name of the target that \p name or an alias in it means.
    [[nodiscard]] std::optional<TargetId> resolve(std::string_view name) const;
    /// Why \p name is no target, with the nearest ones that are.
    [[nodiscard]] std::string refusal(const std::string &name) const;

private:
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] std::string suggestion(const std::string &wanted) const;

    std::vector<std::string> m_providers;
    std::map<std::string, TargetId, std::less<>> m_targets;
};

} // namespace signalbox::config
