// SPDX-License-Identifier: Apache-2.0
#include "core/domain/changed_routes.h"

namespace signalbox {

std::vector<std::string> changedRoutes(const Configuration &before, const Configuration &after)
{
    std::vector<std::string> changed;
    for (const RouteSettings &route : after.routes) {
        const RouteSettings *was = before.route(route.name);
        if (was != nullptr && *was != route) {
            changed.push_back(route.name);
        }
    }
    return changed;
}

} // namespace signalbox
