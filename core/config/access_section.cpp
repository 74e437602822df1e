// SPDX-License-Identifier: Apache-2.0
#include "core/config/sections.h"

#include <algorithm>
#include <utility>

namespace signalbox::config {
namespace {

/// A key that two hold cannot tell who calls.
class UniqueSecrets
{
public:
    explicit UniqueSecrets(Report &report)
        : m_report(report)
    {}

    void add(const SecretRef &ref, Position at)
    {
        const auto [first, isNew] = m_seen.emplace(ref, at);
        if (!isNew) {
            m_report.fault(at,
                           "this secret is already in use in line "
                               + std::to_string(first->second.line) + "; each needs its own");
        }
    }

private:
    Report &m_report;
    std::map<SecretRef, Position> m_seen;
};

/// The id, reported when absent or repeated; empty when it cannot be used.
std::string readId(TableReader &table, UniqueNames &ids)
{
    const auto id = table.requiredName("id");
    if (!id) {
        return "";
    }
    ids.add(*id);
    return id->value;
}

SecretRef readKey(TableReader &table,
                  std::string_view key,
                  const std::string &use,
                  UniqueSecrets &secrets)
{
    const auto ref = table.require(key) ? table.secret(key, use) : std::nullopt;
    if (ref) {
        secrets.add(*ref, table.at(key));
    }
    return ref.value_or(SecretRef{});
}

std::vector<std::string> readAllowedRoutes(TableReader &table,
                                           const std::vector<RouteSettings> &routes)
{
    std::vector<std::string> known;
    known.reserve(routes.size());
    for (const RouteSettings &route : routes) {
        known.push_back(route.name);
    }
    std::vector<std::string> allowed;
    const auto wanted = table.texts("routes");
    if (wanted && wanted->empty()) {
        table.report().fault(table.at("routes"),
                             "`routes` must name at least one route; leave it out to allow all");
    }
    for (const Text &name : wanted.value_or(std::vector<Text>{})) {
        if (std::ranges::find(known, name.value) == known.end()) {
            table.report().fault(name.at,
                                 "there is no route " + quoted(name.value)
                                     + didYouMean(name.value, known));
        }
        allowed.push_back(name.value);
    }
    return allowed;
}

} // namespace

std::optional<Money> readBudget(TableReader &table)
{
    // A million dollars a day is more than anybody means.
    constexpr double kBudgetUsdMax = 1e6;
    const auto usd = table.number("budget_usd_per_day", {0, kBudgetUsdMax});
    return usd ? Money::fromDecimal(shortest(*usd)) : std::nullopt;
}

std::vector<ClientSettings> readClients(TableReader &root, const std::vector<RouteSettings> &routes)
{
    std::vector<ClientSettings> clients;
    UniqueNames ids("client", root.report());
    UniqueSecrets secrets(root.report());
    for (TableReader &table : root.tables("client")) {
        ClientSettings client;
        client.id = readId(table, ids);
        client.key = readKey(table, "key", "client " + client.id, secrets);
        client.routes = readAllowedRoutes(table, routes);
        table.whole("requests_per_minute", client.requestsPerMinute, {.min = 1});
        table.whole("tokens_per_minute", client.tokensPerMinute, {.min = 1});
        table.whole("concurrent", client.concurrent, {.min = 1});
        client.budgetPerDay = readBudget(table);
        table.finish();
        clients.push_back(std::move(client));
    }
    return clients;
}

std::vector<OperatorSettings> readOperators(TableReader &root)
{
    std::vector<OperatorSettings> operators;
    UniqueNames ids("operator", root.report());
    UniqueSecrets secrets(root.report());
    for (TableReader &table : root.tables("operator")) {
        OperatorSettings entry;
        entry.id = readId(table, ids);
        entry.token = readKey(table, "token", "operator " + entry.id, secrets);
        const auto role = table.require("role") ? table.choiceIndex("role", {"operator", "viewer"})
                                                : std::nullopt;
        entry.role = role == 0U ? OperatorRole::Operator : OperatorRole::Viewer;
        table.finish();
        operators.push_back(std::move(entry));
    }
    return operators;
}

} // namespace signalbox::config
