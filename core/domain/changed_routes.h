// SPDX-License-Identifier: Apache-2.0
// Which routes are what a change is about.
#pragma once

#include "core/domain/settings.h"

#include <string>
#include <vector>

namespace signalbox {

/// The names of the routes that both have and that differ, in the order of \p after: those that a
/// trial tries, that a preview foretells and that are followed up.
[[nodiscard]] std::vector<std::string> changedRoutes(const Configuration &before,
                                                     const Configuration &after);

} // namespace signalbox
