// SPDX-License-Identifier: Apache-2.0
// The names that clients ask by: what one means, and which there are.
#include "core/base/text.h"
#include "core/gateway/answer_headers.h"
#include "core/gateway/gateway.h"
#include "core/http/target.h"
#include "core/routing/resolve_model.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

namespace {

std::string joined(const std::vector<std::string> &names)
{
    std::string text;
    for (const std::string &name : names) {
        text += (text.empty() ? "\"" : ", \"") + name + "\"";
    }
    return text;
}

ErrorAnswer unknownModel(const std::string &model, const std::vector<std::string> &nearest)
{
    std::string message = "No route, target or alias is called \"" + model.substr(0, 200) + "\".";
    if (!nearest.empty()) {
        message += " Did you mean " + joined(nearest) + "?";
    }
    return modelNotFound(std::move(message));
}

ErrorAnswer ambiguousModel(const std::string &model, const std::vector<TargetId> &targets)
{
    std::vector<std::string> names;
    for (const TargetId &target : targets) {
        names.push_back(target.name());
    }
    return modelNotFound("Several providers have a model \"" + model + "\"; name one of "
                         + joined(names) + ".");
}

bool containsTarget(const RouteSettings &route, const TargetId &target)
{
    const auto has = [&](const std::vector<TargetChoice> &choices) {
        return std::ranges::find(choices, target, &TargetChoice::target) != choices.end();
    };
    return has(route.targets) || std::ranges::any_of(route.rules, [&](const RuleSettings &rule) {
               return has(rule.targets);
           });
}

/// By one of the routes that \p client may use; a client without a list may use every target.
bool mayReach(const Configuration &configuration,
              const ClientSettings *client,
              const TargetId &target)
{
    return client == nullptr || client->routes.empty()
           || std::ranges::any_of(configuration.routes, [&](const RouteSettings &route) {
                  return Admission::mayUse(client, route.name) && containsTarget(route, target);
              });
}

} // namespace

/// The route that `model` means, or the pinned target as a route of its own.
Result<Gateway::RoutePtr, ErrorAnswer> Gateway::routeFor(const ChatRequest &request,
                                                         const http::Headers &headers,
                                                         const ClientSettings *client,
                                                         RequestRecord &record) const
{
    const auto meaning = routing::resolveModel(*m_configuration, request.model);
    if (const auto *unknown = std::get_if<routing::UnknownModel>(&meaning)) {
        return Failure{unknownModel(request.model, unknown->nearest)};
    }
    if (const auto *ambiguous = std::get_if<routing::AmbiguousModel>(&meaning)) {
        return Failure{ambiguousModel(request.model, ambiguous->targets)};
    }
    const auto *named = std::get_if<routing::RouteMeant>(&meaning);
    if (named != nullptr) {
        record.route = named->route->name;
        if (!Admission::mayUse(client, record.route)) {
            return Failure{routeNotAllowed(record.route, client->id)};
        }
    }
    std::optional<TargetId> only;
    if (const auto *target = std::get_if<routing::TargetMeant>(&meaning)) {
        only = target->target;
    }
    if (const auto pin = headers.find("x-signalbox-target")) {
        only = TargetId(std::string(*pin));
        if (m_configuration->model(*only) == nullptr) {
            return Failure{unknownModel(std::string(*pin), {})};
        }
    }
    if (!only) {
        return RoutePtr(m_configuration, named->route);
    }
    if (!mayReach(*m_configuration, client, *only)) {
        return Failure{routeNotAllowed(only->name(), client->id)};
    }
    auto route = std::make_shared<RouteSettings>(routing::routeToTarget(*only));
    if (named != nullptr) {
        route->retry = named->route->retry;
        route->deadline = named->route->deadline;
        route->onStreamBreak = named->route->onStreamBreak;
        route->cache = named->route->cache;
    }
    return RoutePtr(std::move(route));
}

void Gateway::models(const http::RequestHead &head, const std::string &path, Respond &answer) const
{
    const auto refuseWith = [&answer](const ErrorAnswer &error) {
        answer.status = error.status;
        answer.headers = errorHeaders(error);
        answer.body = errorBody(error);
    };
    const auto client = m_admission.identify(head);
    if (!client) {
        refuseWith(client.error());
        return;
    }
    std::vector<providers::ModelEntry> entries;
    for (const RouteSettings &route : m_configuration->routes) {
        if (Admission::mayUse(*client, route.name)) {
            entries.push_back({route.name, 0, "signalbox"});
        }
    }
    for (const auto &target : m_upstreams.targets()) {
        if (mayReach(*m_configuration, *client, target->id)) {
            entries.push_back({target->id.name(), 0, std::string(target->id.provider())});
        }
    }
    const auto at = path.find("/models/");
    if (at == std::string::npos) {
        answer.body = providers::encodeModels(entries);
        return;
    }
    const std::string wanted = path.substr(at + std::string_view("/models/").size());
    const auto found = std::ranges::find(entries, wanted, &providers::ModelEntry::id);
    if (found == entries.end()) {
        std::vector<std::string> names;
        for (const auto &entry : entries) {
            names.push_back(entry.id);
        }
        refuseWith(unknownModel(headerSafe(wanted), nearestNames(wanted, names)));
        return;
    }
    answer.body = providers::encodeModel(*found);
}

} // namespace signalbox::gateway
