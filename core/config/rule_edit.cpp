// SPDX-License-Identifier: Apache-2.0
#include "core/config/rule_edit.h"

#include "core/base/text.h"
#include "core/config/list_edit.h"
#include "core/config/write.h"

#include <algorithm>
#include <utility>

namespace signalbox::config {
namespace {

bool isSameFact(const Condition &a, const Condition &b)
{
    return a.fact == b.fact && a.key == b.key;
}

bool has(const std::vector<Condition> &conditions, const Condition &wanted)
{
    return std::ranges::any_of(conditions,
                               [&](const Condition &each) { return isSameFact(each, wanted); });
}

struct Place
{
    const toml::key *key = nullptr;
    const toml::node *value = nullptr;
};

/// `header.x-team` is one key in quotes, or a table in a table.
Place find(const toml::table &when, const Condition &condition)
{
    const std::string fact(toString(condition.fact));
    const auto matches = [&](std::string_view key) {
        return condition.fact == Fact::Header ? toLowerAscii(key) == condition.key
                                              : key == condition.key;
    };
    for (const auto &[key, value] : when) {
        const std::string_view name = key.str();
        const bool isWhole = condition.key.empty() ? name == fact
                                                   : name.starts_with(fact + ".")
                                                         && matches(name.substr(fact.size() + 1));
        if (isWhole) {
            return {&key, &value};
        }
        const toml::table *inner = value.as_table();
        if (inner == nullptr || name != fact) {
            continue;
        }
        for (const auto &[innerKey, innerValue] : *inner) {
            if (matches(innerKey.str())) {
                return {&innerKey, &innerValue};
            }
        }
    }
    return {};
}

void removeCondition(Document &document, const std::string &when, const Condition &condition)
{
    const toml::table *table = document.table(when);
    const Place place = table == nullptr ? Place() : find(*table, condition);
    if (place.key != nullptr) {
        document.remove(*place.key, *place.value);
    }
}

void changeCondition(Document &document, const std::string &when, const Condition &condition)
{
    const toml::table *table = document.table(when);
    const Place place = table == nullptr ? Place() : find(*table, condition);
    if (place.value != nullptr) {
        document.splice({{document.extentOf(*place.value), matcherText(condition.matcher)}});
    }
}

void editWhen(Document &document,
              const std::string &rule,
              const std::vector<Condition> &before,
              const std::vector<Condition> &wanted)
{
    const std::string path = rule + ".when";
    const auto isIn = [](const std::vector<Condition> &conditions) {
        return [&conditions](const Condition &each) { return has(conditions, each); };
    };
    const bool sameFacts = before.size() == wanted.size()
                           && std::ranges::all_of(before, isIn(wanted))
                           && std::ranges::all_of(wanted, isIn(before));
    const toml::table *table = document.table(path);
    if (!sameFacts && (table == nullptr || table->is_inline())) {
        document.set(rule, "when", whenText(wanted), "name"); // no comment fits into it
        return;
    }
    for (const Condition &condition : wanted) {
        if (!has(before, condition)) {
            document.set(path, conditionKey(condition), matcherText(condition.matcher));
        } else if (std::ranges::find(before, condition) == before.end()) {
            changeCondition(document, path, condition);
        }
    }
    for (const Condition &condition : before) {
        if (!has(wanted, condition)) {
            removeCondition(document, path, condition);
        }
    }
}

} // namespace

void editTargets(Document &document,
                 const std::string &owner,
                 const std::string &header,
                 const std::vector<TargetChoice> &before,
                 const std::vector<TargetChoice> &wanted)
{
    const std::string path = owner + ".targets";
    const std::string lineEnd(lineEndOf(document.text()));
    std::vector<Element> elements;
    for (const TargetChoice &choice : wanted) {
        const auto found = std::ranges::find(before, choice.target, &TargetChoice::target);
        const auto index = static_cast<std::size_t>(found - before.begin());
        elements.push_back({found == before.end() ? std::nullopt : std::optional(index),
                            targetText(choice),
                            targetBlock(choice, header, lineEnd)});
    }
    arrange(document, path, elements);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!elements[i].old) {
            continue;
        }
        const TargetChoice &old = before[*elements[i].old];
        const std::string element = path + "[" + std::to_string(i) + "]";
        if (old.weight != wanted[i].weight) {
            document.set(element, "weight", numberText(wanted[i].weight), "target");
        }
        if (old.tier != wanted[i].tier) {
            document.set(element, "tier", std::to_string(wanted[i].tier));
        }
    }
}

void editRule(Document &document,
              const std::string &path,
              const RuleSettings &before,
              const RuleSettings &wanted,
              Strategy inherited)
{
    if (before.name != wanted.name) {
        document.set(path, "name", quotedText(wanted.name));
    }
    const toml::table *table = document.table(path);
    const bool hasOwn = table != nullptr && table->contains("strategy");
    if ((hasOwn ? before.strategy : inherited) != wanted.strategy) {
        document.set(path, "strategy", quotedText(toString(wanted.strategy)), "name");
    }
    editWhen(document, path, before.when, wanted.when);
    editTargets(document, path, "route.rule.targets", before.targets, wanted.targets);
}

} // namespace signalbox::config
