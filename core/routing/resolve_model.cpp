// SPDX-License-Identifier: Apache-2.0
#include "core/routing/resolve_model.h"

#include "core/base/text.h"

#include <algorithm>
#include <set>

namespace signalbox::routing {
namespace {

bool isNamed(const ModelSettings &model, std::string_view name)
{
    return model.name == name || std::ranges::find(model.aliases, name) != model.aliases.end();
}

std::vector<TargetId> targetsNamed(const Configuration &configuration, std::string_view name)
{
    std::vector<TargetId> targets;
    for (const ProviderSettings &provider : configuration.providers) {
        for (const ModelSettings &model : provider.models) {
            if (isNamed(model, name)) {
                targets.emplace_back(provider.id, model.name);
            }
        }
    }
    return targets;
}

std::vector<std::string> knownNames(const Configuration &configuration)
{
    std::set<std::string> names;
    for (const RouteSettings &route : configuration.routes) {
        names.insert(route.name);
    }
    for (const ProviderSettings &provider : configuration.providers) {
        for (const ModelSettings &model : provider.models) {
            names.insert(TargetId(provider.id, model.name).name());
            names.insert(model.name);
            names.insert(model.aliases.begin(), model.aliases.end());
        }
    }
    return {names.begin(), names.end()};
}

} // namespace

ModelMeaning resolveModel(const Configuration &configuration, std::string_view name)
{
    if (const RouteSettings *const route = configuration.route(name)) {
        return RouteMeant{route};
    }
    const TargetId full{std::string(name)};
    if (configuration.model(full) != nullptr) {
        return TargetMeant{full};
    }
    std::vector<TargetId> targets = targetsNamed(configuration, name);
    if (targets.size() == 1) {
        return TargetMeant{std::move(targets.front())};
    }
    if (!targets.empty()) {
        return AmbiguousModel{std::move(targets)};
    }
    return UnknownModel{nearestNames(name, knownNames(configuration))};
}

} // namespace signalbox::routing
