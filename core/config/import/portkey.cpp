// SPDX-License-Identifier: Apache-2.0
#include "core/config/import/formats.h"
#include "core/config/import/portkey_query.h"
#include "core/config/import/portkey_targets.h"
#include "core/config/import/provider_book.h"
#include "core/config/import/tiers.h"
#include "core/config/report.h"

#include <algorithm>
#include <map>
#include <utility>

namespace signalbox::config {
namespace {

constexpr int kDepthMax = 16;
constexpr int kTiersMax = 1000;
constexpr int kAttemptsMax = 20;
constexpr double kWeightMax = 1e6;

class Portkey
{
public:
    Portkey(std::string name, std::vector<std::string> routes, Findings &findings)
        : m_name(std::move(name))
        , m_findings(findings)
        , m_targets(std::move(routes), findings)
    {}
    Imported read(const Item &root);

private:
    using Targets = std::vector<TargetChoice>;
    using Inherited = PortkeyInherited;

    Targets readNode(const Item &item, const std::string &path, Inherited from, int depth);
    Targets balanced(const Item &targets,
                     const std::string &path,
                     const Inherited &from,
                     int depth);
    Targets inOrder(const Item &targets, const std::string &path, const Inherited &from, int depth);
    Targets conditional(Fields &strategy,
                        const Item &targets,
                        const std::string &path,
                        const Inherited &from,
                        int depth);
    void addCase(const PortkeyCase &each, const std::string &name, Targets targets);
    [[nodiscard]] RouteSettings routeOf(std::string name, Targets targets) const;

    std::string m_name;
    Findings &m_findings;
    PortkeyTargets m_targets;
    std::vector<RuleSettings> m_rules;
    std::map<std::string, Targets> m_models; ///< by the model's name that leads to them
};

/// Adds what is not there; of what is, in the same tier, the weights are summed.
void merge(std::vector<TargetChoice> &all, const std::vector<TargetChoice> &more)
{
    for (const TargetChoice &choice : more) {
        const auto known = std::ranges::find(all, choice.target, &TargetChoice::target);
        if (known == all.end()) {
            all.push_back(choice);
        } else if (known->tier == choice.tier) {
            known->weight += choice.weight;
        } else if (choice.tier < known->tier) {
            *known = choice;
        }
    }
}

int lastTier(const std::vector<TargetChoice> &targets)
{
    int last = 0;
    for (const TargetChoice &choice : targets) {
        last = std::max(last, choice.tier);
    }
    return last;
}

std::string place(const std::string &path, std::size_t index)
{
    return (path.empty() ? "" : path + ".") + "targets[" + std::to_string(index) + "]";
}

/// By shares; what stands behind a target in its own fallback comes after all of them.
std::vector<TargetChoice> Portkey::balanced(const Item &targets,
                                            const std::string &path,
                                            const Inherited &from,
                                            int depth)
{
    Targets all;
    for (std::size_t i = 0; i < targets.items.size(); ++i) {
        const Item &item = targets.items[i];
        Targets some = readNode(item, place(path, i), from, depth + 1);
        double sum = 0;
        for (const TargetChoice &choice : some) {
            sum += choice.tier == 1 ? choice.weight : 0;
        }
        const Item *written = item.find("weight");
        Item wrapped;
        Fields of(item.kind == Item::Kind::Map ? item : wrapped, place(path, i), m_findings);
        const double weight = written == nullptr ? 1
                                                 : of.number("weight", 0, kWeightMax).value_or(1);
        for (TargetChoice &choice : some) {
            choice.weight = some.size() == 1 ? weight : sum > 0 ? weight * choice.weight / sum : 0;
        }
        if (lastTier(some) > 1) {
            m_findings.note(ImportNote::Kind::Changed,
                            item,
                            place(path, i),
                            "a fallback within a share: here it is asked after all targets of the "
                            "tier above, not after this one");
        }
        merge(all, some);
    }
    return all;
}

std::vector<TargetChoice> Portkey::inOrder(const Item &targets,
                                           const std::string &path,
                                           const Inherited &from,
                                           int depth)
{
    Targets all;
    for (std::size_t i = 0; i < targets.items.size(); ++i) {
        const int above = lastTier(all);
        Targets some = readNode(targets.items[i], place(path, i), from, depth + 1);
        for (TargetChoice &choice : some) {
            choice.tier = std::min(choice.tier + above, kTiersMax);
        }
        merge(all, some);
    }
    return all;
}

void Portkey::addCase(const PortkeyCase &each, const std::string &name, Targets targets)
{
    if (each.when.empty() && each.model) {
        m_models.try_emplace(*each.model, std::move(targets));
        return;
    }
    RuleSettings rule{.name = freeName(name,
                                       [this](const std::string &taken) {
                                           return std::ranges::find(m_rules,
                                                                    taken,
                                                                    &RuleSettings::name)
                                                  != m_rules.end();
                                       }),
                      .when = each.when,
                      .strategy = Strategy::Weighted,
                      .targets = std::move(targets)};
    simplify(rule.strategy, rule.targets);
    m_rules.push_back(std::move(rule));
}

/// Conditions become rules, the default the route itself.
std::vector<TargetChoice> Portkey::conditional(Fields &strategy,
                                               const Item &targets,
                                               const std::string &path,
                                               const Inherited &from,
                                               int depth)
{
    std::map<std::string, Targets> named;
    for (std::size_t i = 0; i < targets.items.size(); ++i) {
        Fields of(targets.items[i], place(path, i), m_findings);
        if (const auto name = of.name("name")) {
            named[*name] = readNode(targets.items[i], place(path, i), from, depth + 1);
        } else if (m_findings.faults().empty()) {
            m_findings.fault(targets.items[i], quoted(of.pathOf("name")) + " is missing");
        }
    }
    const auto targetsOf = [&](Fields &fields, const char *key) -> Targets {
        const auto name = fields.text(key);
        const auto found = name ? named.find(*name) : named.end();
        if (found == named.end()) {
            m_findings.fault(name ? *fields.take(key) : fields.item(),
                             quoted(fields.pathOf(key)) + " must name a target");
            return {};
        }
        return found->second;
    };
    const Item *conditions = strategy.list("conditions");
    for (std::size_t i = 0; conditions != nullptr && i < conditions->items.size(); ++i) {
        Fields of(conditions->items[i],
                  strategy.pathOf("conditions") + "[" + std::to_string(i) + "]",
                  m_findings);
        const Item *query = of.map("query");
        const auto then = of.text("then").value_or("");
        Targets some = targetsOf(of, "then");
        of.rest();
        if (query == nullptr) {
            m_findings.fault(of.item(), quoted(of.pathOf("query")) + " is missing");
        } else if (depth > 0) {
            of.dropped("query", "conditions are rules of a route; within a target there are none");
        } else if (!some.empty()) {
            for (const PortkeyCase &each :
                 readPortkeyQuery(*query, of.pathOf("query"), m_findings)) {
                if (each.model && !each.when.empty()) {
                    of.dropped("query", "a model's name together with other conditions");
                } else {
                    addCase(each, then, some);
                }
            }
        }
    }
    if (!m_rules.empty() && depth == 0) {
        strategy.changed("conditions",
                         "rules of the route; where all targets of a rule fail, those of the route "
                         "follow");
    }
    if (strategy.take("default") == nullptr) {
        strategy.changed("default", "there is none: the route has the targets of all conditions");
        Targets all;
        for (const auto &[name, some] : named) {
            merge(all, some);
        }
        return all;
    }
    return targetsOf(strategy, "default");
}

std::vector<TargetChoice> Portkey::readNode(const Item &item,
                                            const std::string &path,
                                            Inherited from,
                                            int depth)
{
    Fields fields(item, path, m_findings);
    if (depth > kDepthMax) {
        m_findings.fault(item, quoted(path) + " is nested too deep");
        return {};
    }
    (void)fields.take("weight");
    (void)fields.take("name");
    m_targets.inherit(fields, from);
    const Item *targets = fields.list("targets");
    const Item *strategy = fields.map("strategy");
    if (targets == nullptr) {
        if (strategy != nullptr && strategy->find("mode") != nullptr
            && strategy->find("mode")->text != "single") {
            m_findings.fault(*strategy, quoted(fields.pathOf("strategy")) + " has no `targets`");
        }
        return m_targets.read(fields, from);
    }
    static const Item kNone;
    Fields how(strategy == nullptr ? kNone : *strategy, fields.pathOf("strategy"), m_findings);
    const std::string mode = how.text("mode").value_or("single");
    Targets all;
    if (mode == "loadbalance") {
        all = balanced(*targets, path, from, depth);
    } else if (mode == "fallback") {
        all = inOrder(*targets, path, from, depth);
    } else if (mode == "conditional") {
        all = conditional(how, *targets, path, from, depth);
    } else if (mode == "single") {
        all = targets->items.empty()
                  ? Targets{}
                  : readNode(targets->items.front(), place(path, 0), from, depth + 1);
        for (std::size_t i = 1; i < targets->items.size(); ++i) {
            m_findings.note(ImportNote::Kind::Dropped,
                            targets->items[i],
                            place(path, i),
                            "mode single asks the first target only");
        }
    } else {
        m_findings.fault(*how.take("mode"),
                         quoted(how.pathOf("mode"))
                             + " must be single, loadbalance, fallback or conditional");
    }
    how.rest();
    fields.rest();
    return all;
}

RouteSettings Portkey::routeOf(std::string name, Targets targets) const
{
    RouteSettings route;
    route.name = std::move(name);
    route.strategy = Strategy::Weighted;
    route.targets = std::move(targets);
    simplify(route.strategy, route.targets);
    if (const auto retries = m_targets.retries()) {
        route.retry.sameTarget = std::min(*retries, kAttemptsMax);
        const auto calls = static_cast<std::int64_t>(route.targets.size())
                           * (std::int64_t{*retries} + 1);
        route.retry.attempts = static_cast<int>(std::clamp<std::int64_t>(calls, 1, kAttemptsMax));
    }
    return route;
}

Imported Portkey::read(const Item &root)
{
    Imported imported;
    Targets targets = readNode(root, "", {}, 0);
    if (!targets.empty()) {
        imported.routes.push_back(routeOf(m_name, std::move(targets)));
        imported.routes.front().rules = std::move(m_rules);
    }
    for (auto &[model, some] : m_models) {
        if (model != m_name) {
            imported.routes.push_back(routeOf(model, std::move(some)));
        }
    }
    imported.providers = m_targets.take();
    return imported;
}

/// The names of models that conditions ask for, wherever they stand: they become routes.
void collectModels(const Item &item, std::vector<std::string> &names)
{
    for (std::size_t i = 0; i < item.items.size(); ++i) {
        const bool isModel = item.kind == Item::Kind::Map && item.keys[i] == "params.model";
        if (isModel) {
            std::vector<const Item *> waiting{&item.items[i]};
            while (!waiting.empty()) {
                const Item *each = waiting.back();
                waiting.pop_back();
                names.push_back(each->text);
                for (const Item &inner : each->items) {
                    waiting.push_back(&inner);
                }
            }
        } else {
            collectModels(item.items[i], names);
        }
    }
}

} // namespace

Imported importPortkey(const Item &root, std::string_view name, Findings &findings)
{
    std::vector<std::string> routes{isName(name) ? std::string(name) : "imported"};
    const std::string own = routes.front();
    collectModels(root, routes);
    return Portkey(own, std::move(routes), findings).read(root);
}

} // namespace signalbox::config
