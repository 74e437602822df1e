// SPDX-License-Identifier: Apache-2.0
#include "core/routing/lint.h"

#include "core/routing/matcher_sets.h"
#include "core/routing/rules.h"

#include <algorithm>
#include <optional>

namespace signalbox::routing {
namespace {

std::string quoted(std::string_view name)
{
    return '"' + std::string(name) + '"';
}

/// The earlier rule takes all that the later one would.
bool shadows(const RuleSettings &earlier, const RuleSettings &later)
{
    return std::ranges::all_of(earlier.when, [&](const Condition &wide) {
        if (isCertain(wide)) {
            return true;
        }
        return std::ranges::any_of(later.when, [&](const Condition &narrow) {
            return narrow.fact == wide.fact && narrow.key == wide.key && contains(wide, narrow);
        });
    });
}

bool mayUse(const ClientSettings &client, const std::string &route)
{
    return client.routes.empty() || std::ranges::find(client.routes, route) != client.routes.end();
}

/// Why a condition on `client` meets nobody; nothing when it may.
std::optional<std::string> strangers(const Configuration &configuration,
                                     const RouteSettings &route,
                                     const Condition &condition)
{
    if (condition.fact != Fact::Client) {
        return std::nullopt;
    }
    bool known = false;
    for (const ClientSettings &client : configuration.clients) {
        if (!passes(condition, client.id)) {
            continue;
        }
        if (mayUse(client, route.name)) {
            return std::nullopt;
        }
        known = true;
    }
    if (configuration.clients.empty() && passes(condition, std::string())) {
        return std::nullopt;
    }
    return known ? "the client it asks for may not use this route"
                 : "no [[client]] has the id it asks for";
}

void lintRule(const Configuration &configuration,
              const RouteSettings &route,
              std::size_t index,
              std::vector<LintFinding> &findings)
{
    const RuleSettings &rule = route.rules[index];
    const auto add = [&](LintKind kind, std::string message) {
        findings.push_back({kind, route.name, rule.name, std::move(message)});
    };
    for (const Condition &condition : rule.when) {
        if (isImpossible(condition)) {
            add(LintKind::NeverMatches,
                "can never match: no request has such a `" + nameOf(condition) + "`");
            return;
        }
        if (const auto why = strangers(configuration, route, condition)) {
            add(LintKind::MeetsNothing, "can never match: " + *why);
            return;
        }
    }
    for (std::size_t earlier = 0; earlier < index; ++earlier) {
        if (shadows(route.rules[earlier], rule)) {
            add(LintKind::Shadowed,
                "can never match: whatever it would take, the earlier rule "
                    + quoted(route.rules[earlier].name) + " takes");
            return;
        }
    }
}

std::set<std::string> targetsInUse(const Configuration &configuration)
{
    std::set<std::string> names;
    const auto use = [&names](const std::vector<TargetChoice> &choices) {
        for (const TargetChoice &choice : choices) {
            names.insert(choice.target.name());
        }
    };
    for (const RouteSettings &route : configuration.routes) {
        use(route.targets);
        for (const RuleSettings &rule : route.rules) {
            use(rule.targets);
        }
    }
    return names;
}

void lintProviders(const Configuration &configuration, std::vector<LintFinding> &findings)
{
    const std::set<std::string> used = targetsInUse(configuration);
    for (const ProviderSettings &provider : configuration.providers) {
        const std::string prefix = provider.id + "/";
        const bool any = std::ranges::any_of(used, [&](const std::string &name) {
            return name.starts_with(prefix);
        });
        if (!any) {
            findings.push_back({LintKind::MeetsNothing,
                                {},
                                {},
                                "no route has a target of provider " + quoted(provider.id)
                                    + "; only clients that name one reach it"});
        }
    }
}

} // namespace

std::string_view toString(LintKind kind)
{
    switch (kind) {
    case LintKind::NeverMatches:
        return "never_matches";
    case LintKind::Shadowed:
        return "shadowed";
    case LintKind::MeetsNothing:
        return "meets_nothing";
    case LintKind::NeverMatched:
        return "never_matched";
    case LintKind::NeverSeen:
        return "never_seen";
    }
    return {};
}

std::vector<LintFinding> lint(const Configuration &configuration)
{
    std::vector<LintFinding> findings;
    for (const RouteSettings &route : configuration.routes) {
        for (std::size_t i = 0; i < route.rules.size(); ++i) {
            lintRule(configuration, route, i, findings);
        }
        const bool barred = !configuration.clients.empty()
                            && std::ranges::none_of(configuration.clients,
                                                    [&](const ClientSettings &client) {
                                                        return mayUse(client, route.name);
                                                    });
        if (barred) {
            findings.push_back(
                {LintKind::MeetsNothing, route.name, {}, "no client may use this route"});
        }
    }
    lintProviders(configuration, findings);
    return findings;
}

void TrafficLint::add(std::string_view route, const RequestFacts &facts)
{
    const auto found = std::ranges::find(m_configuration.routes, route, &RouteSettings::name);
    if (found == m_configuration.routes.end()) {
        return;
    }
    Seen &seen = m_routes[found->name];
    ++seen.requests;
    bool taken = false;
    for (const RuleSettings &rule : found->rules) {
        for (const Condition &condition : rule.when) {
            if (!condition.key.empty() && valueOf(condition, facts)) {
                seen.keys.emplace(condition.fact, condition.key);
            }
        }
        if (!taken && tryRule(rule, facts).matched) {
            ++seen.matches[rule.name];
            taken = true;
        }
    }
}

std::vector<LintFinding> TrafficLint::findings() const
{
    std::set<std::pair<std::string, std::string>> said;
    for (const LintFinding &finding : lint(m_configuration)) {
        said.emplace(finding.route, finding.rule);
    }
    std::vector<LintFinding> findings;
    for (const RouteSettings &route : m_configuration.routes) {
        const auto found = m_routes.find(route.name);
        if (found == m_routes.end()) {
            continue;
        }
        const Seen &seen = found->second;
        const std::string of = " of " + std::to_string(seen.requests) + " requests";
        for (const RuleSettings &rule : route.rules) {
            if (seen.matches.contains(rule.name) || said.contains({route.name, rule.name})) {
                continue;
            }
            const auto missing = std::ranges::find_if(rule.when, [&](const Condition &condition) {
                return !condition.key.empty()
                       && !seen.keys.contains({condition.fact, condition.key});
            });
            findings.push_back(
                missing == rule.when.end()
                    ? LintFinding{LintKind::NeverMatched,
                                  route.name,
                                  rule.name,
                                  "matched none" + of}
                    : LintFinding{LintKind::NeverSeen,
                                  route.name,
                                  rule.name,
                                  "matched none" + of + ": none had a `" + nameOf(*missing) + "`"});
        }
    }
    return findings;
}

} // namespace signalbox::routing
