// SPDX-License-Identifier: Apache-2.0
// A condition of a Portkey config as conditions of our rules.
#pragma once

#include "core/config/import/findings.h"

#include <optional>
#include <string>
#include <vector>

namespace signalbox::config {

/// One way for a query to hold.
struct PortkeyCase
{
    std::vector<Condition> when; ///< all must hold
    std::optional<std::string> model; ///< the request's `model` must be this
};

/// All ways for it to hold; none: it has no equivalent, and that was told.
[[nodiscard]] std::vector<PortkeyCase> readPortkeyQuery(const Item &query,
                                                        const std::string &path,
                                                        Findings &findings);

} // namespace signalbox::config
