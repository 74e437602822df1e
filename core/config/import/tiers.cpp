// SPDX-License-Identifier: Apache-2.0
#include "core/config/import/tiers.h"

#include <set>

namespace signalbox::config {

void simplify(Strategy &strategy, std::vector<TargetChoice> &targets)
{
    std::set<int> tiers;
    for (const TargetChoice &choice : targets) {
        tiers.insert(choice.tier);
    }
    if (tiers.size() < targets.size()) {
        return;
    }
    strategy = Strategy::Priority;
    for (TargetChoice &choice : targets) {
        choice.weight = TargetChoice{}.weight;
        choice.tier = TargetChoice{}.tier;
    }
}

} // namespace signalbox::config
