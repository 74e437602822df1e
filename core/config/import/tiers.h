// SPDX-License-Identifier: Apache-2.0
// Targets of a route as an import collects them.
#pragma once

#include "core/domain/settings.h"

#include <vector>

namespace signalbox::config {

/// Where every tier has one target only, the order alone says the same.
void simplify(Strategy &strategy, std::vector<TargetChoice> &targets);

} // namespace signalbox::config
