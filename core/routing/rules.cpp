// SPDX-License-Identifier: Apache-2.0
#include "core/routing/rules.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <string>

namespace signalbox::routing {
namespace {

std::optional<Literal> entryOf(const std::map<std::string, std::string> &entries,
                               const std::string &key)
{
    const auto found = entries.find(key);
    return found == entries.end() ? std::nullopt : std::optional<Literal>(found->second);
}

std::optional<Literal> numberOf(std::optional<std::int64_t> value)
{
    return value ? std::optional<Literal>(static_cast<double>(*value)) : std::nullopt;
}

std::optional<double> asNumber(const Literal &value)
{
    if (const auto *const number = std::get_if<double>(&value)) {
        return *number;
    }
    const auto *const text = std::get_if<std::string>(&value);
    if (text == nullptr) {
        return std::nullopt;
    }
    double number = 0;
    const char *const end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, number);
    const bool whole = read.ec == std::errc{} && read.ptr == end && !text->empty();
    return whole ? std::optional(number) : std::nullopt;
}

/// Equal as they stand; headers and metadata are texts, and read as a number or bool if the rule
/// names one.
bool equals(const Literal &value, const Literal &wanted)
{
    const auto *const text = std::get_if<std::string>(&value);
    if (text == nullptr || value.index() == wanted.index()) {
        return value == wanted;
    }
    if (const auto *const flag = std::get_if<bool>(&wanted)) {
        return *text == (*flag ? "true" : "false");
    }
    const auto number = asNumber(value);
    return number && Literal(*number) == wanted;
}

bool compares(double value, const Comparison &comparison)
{
    switch (comparison.op) {
    case Comparison::Operator::Less:
        return value < comparison.bound;
    case Comparison::Operator::LessEqual:
        return value <= comparison.bound;
    case Comparison::Operator::Greater:
        return value > comparison.bound;
    case Comparison::Operator::GreaterEqual:
        return value >= comparison.bound;
    }
    return false;
}

bool isWithin(double value, const Range &range, bool wraps)
{
    if (wraps && range.from > range.to) {
        return value >= range.from || value < range.to;
    }
    return value >= range.from && value < range.to;
}

/// Says for each kind of matcher whether \p value passes it.
struct Passes
{
    const Literal &value;
    bool wraps = false;

    bool operator()(const Literal &wanted) const { return equals(value, wanted); }
    bool operator()(const Comparison &comparison) const
    {
        const auto number = asNumber(value);
        return number && compares(*number, comparison);
    }
    bool operator()(const Range &range) const
    {
        const auto number = asNumber(value);
        return number && isWithin(*number, range, wraps);
    }
    bool operator()(const std::vector<Literal> &anyOf) const
    {
        return std::ranges::any_of(anyOf,
                                   [this](const Literal &wanted) { return equals(value, wanted); });
    }
};

} // namespace

std::string nameOf(const Condition &condition)
{
    std::string name(toString(condition.fact));
    if (condition.fact == Fact::Header || condition.fact == Fact::Metadata) {
        name.append(".").append(condition.key);
    }
    return name;
}

std::optional<Literal> valueOf(const Condition &condition, const RequestFacts &facts)
{
    switch (condition.fact) {
    case Fact::CjkShare:
        return facts.cjkShare;
    case Fact::PromptTokens:
        return numberOf(facts.promptTokens);
    case Fact::MaxOutputTokens:
        return numberOf(facts.maxOutputTokens);
    case Fact::HasTools:
        return facts.hasTools;
    case Fact::HasImages:
        return facts.hasImages;
    case Fact::WantsJson:
        return facts.wantsJson;
    case Fact::WantsReasoning:
        return facts.wantsReasoning;
    case Fact::Stream:
        return facts.stream;
    case Fact::Client:
        return facts.client;
    case Fact::Hour:
        return numberOf(facts.hour);
    case Fact::BudgetLeft:
        return facts.budgetLeft;
    case Fact::Header:
        return entryOf(facts.headers, condition.key);
    case Fact::Metadata:
        return entryOf(facts.metadata, condition.key);
    case Fact::Language:
        return facts.language.empty() ? std::nullopt : std::optional<Literal>(facts.language);
    case Fact::Task:
        return std::string(toString(facts.task));
    }
    return std::nullopt;
}

bool passes(const Condition &condition, const Literal &value)
{
    return std::visit(Passes{.value = value, .wraps = condition.fact == Fact::Hour},
                      condition.matcher);
}

bool holds(const Condition &condition, const RequestFacts &facts)
{
    const auto value = valueOf(condition, facts);
    return value && passes(condition, *value);
}

RuleTrial tryRule(const RuleSettings &rule, const RequestFacts &facts)
{
    for (const Condition &condition : rule.when) {
        if (!holds(condition, facts)) {
            return {.rule = rule.name, .matched = false, .failedFact = nameOf(condition)};
        }
    }
    return {.rule = rule.name, .matched = true, .failedFact = {}};
}

} // namespace signalbox::routing
