// SPDX-License-Identifier: Apache-2.0
#include "core/config/route_edit.h"

#include "core/config/document.h"
#include "core/config/list_edit.h"
#include "core/config/proof.h"
#include "core/config/route_members.h"
#include "core/config/rule_edit.h"
#include "core/config/write.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace signalbox::config {
namespace {

using Edited = Result<std::string, std::string>;

/// Which of the old rules the wanted ones are.
std::vector<std::optional<std::size_t>> pairRules(const std::vector<RuleSettings> &before,
                                                  const std::vector<RuleSettings> &wanted)
{
    std::vector<std::optional<std::size_t>> pairs;
    std::vector<bool> taken(before.size());
    for (const RuleSettings &rule : wanted) {
        const auto found = std::ranges::find(before, rule.name, &RuleSettings::name);
        const auto index = static_cast<std::size_t>(found - before.begin());
        const bool free = found != before.end() && !taken[index];
        pairs.push_back(free ? std::optional(index) : std::nullopt);
        if (free) {
            taken[index] = true;
        }
    }
    const auto gone = std::ranges::find(taken, false);
    const auto fresh = std::ranges::find(pairs, std::optional<std::size_t>());
    const bool one = std::ranges::count(taken, false) == 1
                     && std::ranges::count(pairs, std::optional<std::size_t>()) == 1;
    if (one) {
        const auto index = static_cast<std::size_t>(gone - taken.begin());
        const RuleSettings &rule = wanted[static_cast<std::size_t>(fresh - pairs.begin())];
        const RuleSettings &old = before[index];
        if (old.when == rule.when || old.targets == rule.targets) {
            *fresh = index;
        }
    }
    return pairs;
}

/// The first rules of a route that had none, behind its last line.
void addRules(Document &document, const std::string &route, const RouteSettings &wanted)
{
    const toml::table *table = document.table(route);
    if (table == nullptr || wanted.rules.empty()) {
        return;
    }
    if (table->is_inline()) {
        std::string list;
        for (const RuleSettings &rule : wanted.rules) {
            list += (list.empty() ? "" : ", ") + ruleText(rule, wanted.strategy);
        }
        document.set(route, "rule", "[" + list + "]");
        return;
    }
    const std::string lineEnd(lineEndOf(document.text()));
    const std::size_t at = endOfBlock(document, *table);
    std::string text = document.text()[at - 1] == '\n' ? "" : lineEnd;
    for (const RuleSettings &rule : wanted.rules) {
        text += lineEnd + ruleBlock(rule, wanted.strategy, lineEnd);
    }
    document.splice({{{at, at}, text}});
}

void editRules(Document &document,
               const std::string &route,
               const RouteSettings &before,
               const RouteSettings &wanted)
{
    const std::string path = route + ".rule";
    if (document.list(path) == nullptr) {
        addRules(document, route, wanted);
        return;
    }
    const auto pairs = pairRules(before.rules, wanted.rules);
    const std::string lineEnd(lineEndOf(document.text()));
    std::vector<Element> elements;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const RuleSettings &rule = wanted.rules[i];
        elements.push_back(
            {pairs[i], ruleText(rule, wanted.strategy), ruleBlock(rule, wanted.strategy, lineEnd)});
    }
    arrange(document, path, elements);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (pairs[i]) {
            editRule(document,
                     path + "[" + std::to_string(i) + "]",
                     before.rules[*pairs[i]],
                     wanted.rules[i],
                     wanted.strategy);
        }
    }
}

/// In the file, and in what its clients may use.
void rename(Document &document,
            const std::string &path,
            const std::string &before,
            const std::string &name,
            Configuration &configuration)
{
    for (std::size_t i = 0; i < configuration.clients.size(); ++i) {
        auto &routes = configuration.clients[i].routes;
        for (std::size_t k = 0; k < routes.size(); ++k) {
            const toml::array *list = document.list("client[" + std::to_string(i) + "].routes");
            if (routes[k] == before && list != nullptr && k < list->size()) {
                routes[k] = name;
                document.splice({{document.extentOf(*list->get(k)), quotedText(name)}});
            }
        }
    }
    document.set(path, "name", quotedText(name));
}

void editRoute(Document &document,
               const std::string &path,
               const RouteSettings &before,
               const RouteSettings &wanted)
{
    if (before.strategy != wanted.strategy) {
        document.set(path, "strategy", quotedText(toString(wanted.strategy)), "name");
    }
    if (before.deadline != wanted.deadline) {
        document.set(path, "deadline_s", secondsText(wanted.deadline));
    }
    editRetry(document, path, before.retry, wanted.retry);
    if (before.onStreamBreak != wanted.onStreamBreak) {
        document.set(path, "on_stream_break", quotedText(toString(wanted.onStreamBreak)));
    }
    editExtras(document, path, before, wanted);
    editTargets(document, path, "route.targets", before.targets, wanted.targets);
    editRules(document, path, before, wanted);
}

struct Found
{
    Configuration configuration;
    std::size_t index = 0;

    [[nodiscard]] std::string path() const { return "route[" + std::to_string(index) + "]"; }
    [[nodiscard]] RouteSettings &route() { return configuration.routes[index]; }
};

Result<Found, std::string> find(std::string_view text, std::string_view name)
{
    auto before = parsed(text);
    if (!before) {
        return Failure{before.error()};
    }
    const auto found = std::ranges::find(before->routes, name, &RouteSettings::name);
    if (found == before->routes.end()) {
        return Failure{"there is no route " + std::string(name) + " in the file"};
    }
    const auto index = static_cast<std::size_t>(found - before->routes.begin());
    return Found{std::move(*before), index};
}

std::vector<Element> allOf(std::size_t count)
{
    std::vector<Element> elements;
    for (std::size_t i = 0; i < count; ++i) {
        elements.push_back({i});
    }
    return elements;
}

} // namespace

Edited withRoute(std::string_view text, std::string_view name, const RouteSettings &wanted)
{
    auto found = find(text, name);
    if (!found) {
        return Failure{found.error()};
    }
    const RouteSettings before = std::exchange(found->route(), wanted);
    if (before == wanted) {
        return std::string(text);
    }
    Document document(text);
    editRoute(document, found->path(), before, wanted);
    if (before.name != wanted.name && !document.isBroken()) {
        rename(document, found->path(), before.name, wanted.name, found->configuration);
    }
    return proved(document.text(), std::move(found->configuration));
}

Edited withNewRoute(std::string_view text, const RouteSettings &wanted)
{
    auto before = parsed(text);
    if (!before) {
        return Failure{before.error()};
    }
    const std::string lineEnd(lineEndOf(text));
    const std::string block = routeBlock(wanted, lineEnd);
    Document document(text);
    if (document.list("route") != nullptr) {
        auto elements = allOf(before->routes.size());
        elements.push_back({std::nullopt, routeText(wanted), block});
        arrange(document, "route", elements);
    } else {
        const std::string between = text.empty()           ? ""
                                    : text.ends_with('\n') ? lineEnd
                                                           : lineEnd + lineEnd;
        document.splice({{{text.size(), text.size()}, between + block}});
    }
    before->routes.push_back(wanted);
    return proved(document.text(), std::move(*before));
}

Edited withoutRoute(std::string_view text, std::string_view name)
{
    auto found = find(text, name);
    if (!found) {
        return Failure{found.error()};
    }
    Document document(text);
    auto &routes = found->configuration.routes;
    auto elements = allOf(routes.size());
    elements.erase(elements.begin() + static_cast<std::ptrdiff_t>(found->index));
    routes.erase(routes.begin() + static_cast<std::ptrdiff_t>(found->index));
    arrange(document, "route", elements);
    return proved(document.text(), std::move(found->configuration));
}

} // namespace signalbox::config
