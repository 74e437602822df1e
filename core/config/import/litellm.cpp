// SPDX-License-Identifier: Apache-2.0
#include "core/config/import/formats.h"
#include "core/config/import/litellm_models.h"
#include "core/config/import/tiers.h"
#include "core/config/report.h"

#include <algorithm>
#include <utility>

namespace signalbox::config {
namespace {

constexpr int kAttemptsMax = 20;

using Group = LiteLlmGroup;
using Member = LiteLlmMember;

class LiteLlm
{
public:
    LiteLlm(const Item &root, Findings &findings);
    Imported read();

private:
    void tellLostFallbacks() const;
    void addAlias(const std::string &alias, const std::string &name, Imported &imported);
    [[nodiscard]] const Group *group(const std::string &name) const;
    [[nodiscard]] RouteSettings routeOf(const Group &group) const;
    [[nodiscard]] std::vector<const Group *> fallbacksOf(const std::string &name) const;

    Fields m_root;
    LiteLlmSettings m_settings;
    ProviderBook m_providers;
    std::vector<Group> m_groups;
};

/// Whatever becomes a route.
std::vector<std::string> routeNames(const Item &root, const LiteLlmSettings &settings)
{
    std::vector<std::string> names;
    for (const auto &[alias, group] : settings.aliases) {
        names.push_back(alias);
    }
    const Item *models = root.find("model_list");
    for (std::size_t i = 0; models != nullptr && i < models->items.size(); ++i) {
        if (const Item *name = models->items[i].find("model_name")) {
            names.push_back(name->text);
        }
    }
    return names;
}

LiteLlm::LiteLlm(const Item &root, Findings &findings)
    : m_root(root, "", findings)
    , m_settings(readLiteLlmSettings(m_root))
    , m_providers(routeNames(root, m_settings))
{}

const Group *LiteLlm::group(const std::string &name) const
{
    const auto alias = std::ranges::find(m_settings.aliases,
                                         name,
                                         &std::pair<std::string, std::string>::first);
    const std::string &meant = alias == m_settings.aliases.end() ? name : alias->second;
    const auto found = std::ranges::find(m_groups, meant, &Group::name);
    return found == m_groups.end() ? nullptr : &*found;
}

std::vector<const Group *> LiteLlm::fallbacksOf(const std::string &name) const
{
    std::vector<const Group *> all;
    const auto add = [&](const std::string &wanted) {
        for (const LiteLlmFallback &fallback : m_settings.fallbacks) {
            for (const std::string &other : fallback.others) {
                const Group *found = fallback.group == wanted ? group(other) : nullptr;
                if (found != nullptr && found->name != name
                    && std::ranges::find(all, found) == all.end()) {
                    all.push_back(found);
                }
            }
        }
    };
    add(name);
    if (all.empty()) {
        add("*");
    }
    return all;
}

/// Weights as the router's shuffle takes them: `weight`, else `rpm`, else `tpm`, else all the same.
std::vector<double> weightsOf(const std::vector<Member> &members)
{
    for (const auto value : {&Member::weight, &Member::requests, &Member::tokens}) {
        if (std::ranges::any_of(members,
                                [&](const Member &each) { return (each.*value).has_value(); })) {
            std::vector<double> weights;
            for (const Member &member : members) {
                weights.push_back((member.*value).value_or(0));
            }
            return weights;
        }
    }
    return std::vector<double>(members.size(), 1);
}

void append(const Group &group, std::vector<TargetChoice> &targets)
{
    const int above = targets.empty() ? 0 : targets.back().tier;
    std::vector<int> orders;
    for (const Member &member : group.members) {
        orders.push_back(member.order);
    }
    std::ranges::sort(orders);
    orders.erase(std::ranges::unique(orders).begin(), orders.end());
    const std::vector<double> weights = weightsOf(group.members);
    for (std::size_t tier = 0; tier < orders.size(); ++tier) {
        for (std::size_t i = 0; i < group.members.size(); ++i) {
            const Member &member = group.members[i];
            if (member.order == orders[tier]
                && std::ranges::find(targets, member.target, &TargetChoice::target)
                       == targets.end()) {
                targets.push_back({member.target, weights[i], above + 1 + static_cast<int>(tier)});
            }
        }
    }
}

RouteSettings LiteLlm::routeOf(const Group &group) const
{
    RouteSettings route;
    route.name = group.name;
    route.strategy = m_settings.strategy;
    append(group, route.targets);
    const auto fallbacks = fallbacksOf(group.name);
    for (const Group *other : fallbacks) {
        append(*other, route.targets);
    }
    simplify(route.strategy, route.targets);
    if (m_settings.retries) {
        const int groups = 1 + static_cast<int>(fallbacks.size());
        route.retry.attempts = static_cast<int>(
            std::min<std::int64_t>(kAttemptsMax, (std::int64_t{*m_settings.retries} + 1) * groups));
        route.retry.sameTarget = group.members.size() == 1
                                     ? std::min(*m_settings.retries, kAttemptsMax)
                                     : 0;
    }
    if (m_settings.backoff && m_settings.backoff->count() > 0) {
        route.retry.backoff = *m_settings.backoff;
        route.retry.backoffMax = std::max(route.retry.backoffMax, route.retry.backoff);
    }
    route.deadline = std::max(route.deadline, m_settings.timeout.value_or(Millis(0)));
    return route;
}

void LiteLlm::tellLostFallbacks() const
{
    for (const LiteLlmFallback &fallback : m_settings.fallbacks) {
        for (const std::string &other : fallback.others) {
            if (group(other) == nullptr) {
                m_root.findings().note(ImportNote::Kind::Dropped,
                                       *fallback.at,
                                       "fallbacks." + fallback.group,
                                       "no target is left of model " + quoted(other));
            }
        }
    }
}

/// A name more for a group: a route of its own, which changes by itself from then on.
void LiteLlm::addAlias(const std::string &alias, const std::string &name, Imported &imported)
{
    const bool isGroup = std::ranges::find(m_groups, alias, &Group::name) != m_groups.end();
    const Group *meant = group(alias);
    if (meant == nullptr || isGroup) {
        return m_root.findings().note(ImportNote::Kind::Dropped,
                                      *m_root.take("router_settings"),
                                      "router_settings.model_group_alias." + alias,
                                      isGroup ? "a model group has that name already"
                                              : "no target is left of model " + quoted(name));
    }
    RouteSettings route = routeOf(*meant);
    route.name = alias;
    imported.routes.push_back(std::move(route));
}

Imported LiteLlm::read()
{
    LiteLlmModels models(m_settings, m_providers, m_root.findings());
    const Item *list = m_root.list("model_list");
    for (std::size_t i = 0; list != nullptr && i < list->items.size(); ++i) {
        models.read(list->items[i], "model_list[" + std::to_string(i) + "]");
    }
    m_groups = models.take();
    tellLostFallbacks();
    if (const Item *general = m_root.take("general_settings")) {
        // Who may call, and who may operate: applications and people get keys of their own.
        Fields(*general, "general_settings", m_root.findings()).rest();
    }
    m_root.rest();
    Imported imported;
    for (const Group &each : m_groups) {
        imported.routes.push_back(routeOf(each));
    }
    for (const auto &[alias, name] : m_settings.aliases) {
        addAlias(alias, name, imported);
    }
    imported.providers = m_providers.take();
    return imported;
}

} // namespace

Imported importLiteLlm(const Item &root, Findings &findings)
{
    return LiteLlm(root, findings).read();
}

} // namespace signalbox::config
