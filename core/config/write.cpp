// SPDX-License-Identifier: Apache-2.0
#include "core/config/write.h"

#include "core/config/document.h"
#include "core/config/node.h"

#include <cmath>
#include <utility>
#include <vector>

namespace signalbox::config {
namespace {

std::string inlineTable(const Entries &entries)
{
    std::string out = "{ ";
    for (const auto &[key, value] : entries) {
        out += (out.size() > 2 ? ", " : "") + key + " = " + value;
    }
    return out + " }";
}

std::string block(std::string_view header, const Entries &entries, std::string_view lineEnd)
{
    std::string out = "[[" + std::string(header) + "]]";
    out += lineEnd;
    for (const auto &[key, value] : entries) {
        out += key + " = " + value;
        out += lineEnd;
    }
    return out;
}

template <typename Range, typename Write>
std::string listText(const Range &values, Write write)
{
    std::string out = "[";
    for (const auto &value : values) {
        out += (out.size() > 1 ? ", " : "") + write(value);
    }
    return out + "]";
}

std::string literalText(const Literal &literal)
{
    if (const bool *truth = std::get_if<bool>(&literal)) {
        return *truth ? "true" : "false";
    }
    const double *number = std::get_if<double>(&literal);
    return number != nullptr ? numberText(*number)
                             : quotedText(*std::get_if<std::string>(&literal));
}

std::string_view sign(Comparison::Operator op)
{
    switch (op) {
    case Comparison::Operator::Less:
        return "< ";
    case Comparison::Operator::LessEqual:
        return "<= ";
    case Comparison::Operator::Greater:
        return "> ";
    case Comparison::Operator::GreaterEqual:
        return ">= ";
    }
    return "";
}

Entries entriesOf(const TargetChoice &choice)
{
    const TargetChoice usual;
    Entries out{{"target", quotedText(choice.target.name())}};
    if (choice.weight != usual.weight) {
        out.emplace_back("weight", numberText(choice.weight));
    }
    if (choice.tier != usual.tier) {
        out.emplace_back("tier", std::to_string(choice.tier));
    }
    return out;
}

Entries entriesOf(const RuleSettings &rule, Strategy inherited)
{
    Entries out{{"name", quotedText(rule.name)}, {"when", whenText(rule.when)}};
    if (rule.strategy != inherited) {
        out.emplace_back("strategy", quotedText(toString(rule.strategy)));
    }
    out.emplace_back("targets", targetsText(rule.targets));
    return out;
}

Entries entriesOf(const RetrySettings &retry)
{
    const RetrySettings usual;
    Entries out;
    const auto add = [&out](const char *key, auto value, auto other, const std::string &text) {
        if (value != other) {
            out.emplace_back(key, text);
        }
    };
    add("attempts", retry.attempts, usual.attempts, std::to_string(retry.attempts));
    add("same_target", retry.sameTarget, usual.sameTarget, std::to_string(retry.sameTarget));
    add("backoff_ms", retry.backoff, usual.backoff, std::to_string(retry.backoff.count()));
    add("backoff_max_ms",
        retry.backoffMax,
        usual.backoffMax,
        std::to_string(retry.backoffMax.count()));
    add("retry_after_cap_s",
        retry.retryAfterCap,
        usual.retryAfterCap,
        secondsText(retry.retryAfterCap));
    return out;
}

/// Seconds, or `"p95"`.
std::string hedgeText(const HedgeAfter &after)
{
    if (const auto *fixed = std::get_if<Millis>(&after)) {
        return secondsText(*fixed);
    }
    return quotedText("p" + std::to_string(std::lround(std::get<double>(after) * 100)));
}

/// All but the rules.
Entries entriesOf(const RouteSettings &route)
{
    const RouteSettings usual;
    Entries out{{"name", quotedText(route.name)}};
    if (route.strategy != usual.strategy) {
        out.emplace_back("strategy", quotedText(toString(route.strategy)));
    }
    out.emplace_back("targets", targetsText(route.targets));
    if (route.deadline != usual.deadline) {
        out.emplace_back("deadline_s", secondsText(route.deadline));
    }
    if (const Entries retry = entriesOf(route.retry); !retry.empty()) {
        out.emplace_back("retry", inlineTable(retry));
    }
    if (route.onStreamBreak != usual.onStreamBreak) {
        out.emplace_back("on_stream_break", quotedText(toString(route.onStreamBreak)));
    }
    const Entries extras = extrasOf(route);
    out.insert(out.end(), extras.begin(), extras.end());
    return out;
}

} // namespace

Entries entriesOf(const ProposeSettings &propose)
{
    const auto targetText = [](const TargetId &target) { return quotedText(target.name()); };
    return {{"aim", quotedText(toString(propose.aim))},
            {"most_points", std::to_string(propose.mostPoints)},
            {"least_points", std::to_string(propose.leastPoints)},
            {"never_gain", listText(propose.neverGain, targetText)},
            {"auto_apply", propose.autoApply ? "true" : "false"}};
}

Entries extrasOf(const RouteSettings &route)
{
    Entries out;
    if (route.hedgeAfter) {
        out.emplace_back("hedge_after_s", hedgeText(*route.hedgeAfter));
    }
    if (route.promptCacheAffinity) {
        out.emplace_back("affinity", quotedText("prompt-cache"));
    }
    if (route.ejectSlow) {
        out.emplace_back("eject_slow",
                         inlineTable({{"factor", numberText(route.ejectSlow->factor)},
                                      {"for_s", secondsText(route.ejectSlow->duration)},
                                      {"share_max", numberText(route.ejectSlow->shareMax)}}));
    }
    if (route.propose) {
        out.emplace_back("propose", inlineTable(entriesOf(*route.propose)));
    }
    if (route.shadow) {
        out.emplace_back("shadow",
                         inlineTable({{"target", quotedText(route.shadow->target.name())},
                                      {"share", numberText(route.shadow->share)}}));
    }
    if (route.comment) {
        out.emplace_back("comment_s", secondsText(*route.comment));
    }
    if (route.cache) {
        out.emplace_back("cache", quotedText(toString(*route.cache)));
    }
    return out;
}

std::string numberText(double value)
{
    std::string text = shortest(value);
    // Beyond 64 bits digits alone are no number to TOML.
    constexpr std::size_t kSafeDigits = 15;
    if (text.find_first_of(".en") == std::string::npos && text.size() > kSafeDigits) {
        text += ".0";
    }
    return text;
}

std::string secondsText(Millis value)
{
    const auto count = value.count();
    std::string text = std::to_string(count / 1000);
    if (const auto rest = count % 1000; rest != 0) {
        const std::string digits = std::to_string(1000 + rest).substr(1);
        text += "." + digits.substr(0, digits.find_last_not_of('0') + 1);
    }
    return text;
}

std::string matcherText(const Matcher &matcher)
{
    if (const auto *literal = std::get_if<Literal>(&matcher)) {
        return literalText(*literal);
    }
    if (const auto *comparison = std::get_if<Comparison>(&matcher)) {
        return quotedText(std::string(sign(comparison->op)) + shortest(comparison->bound));
    }
    if (const auto *range = std::get_if<Range>(&matcher)) {
        return quotedText(shortest(range->from) + ".." + shortest(range->to));
    }
    return listText(*std::get_if<std::vector<Literal>>(&matcher), literalText);
}

std::string conditionKey(const Condition &condition)
{
    const std::string fact(toString(condition.fact));
    return condition.key.empty() ? fact : quotedText(fact + "." + condition.key);
}

std::string whenText(const std::vector<Condition> &when)
{
    Entries entries;
    for (const Condition &condition : when) {
        entries.emplace_back(conditionKey(condition), matcherText(condition.matcher));
    }
    return entries.empty() ? "{}" : inlineTable(entries);
}

std::string targetText(const TargetChoice &choice)
{
    return inlineTable(entriesOf(choice));
}

std::string targetsText(const std::vector<TargetChoice> &choices)
{
    if (choices.size() < 2) {
        return choices.empty() ? "[]" : "[ " + targetText(choices.front()) + " ]";
    }
    const std::string list = listText(choices, targetText);
    return "[ " + list.substr(1, list.size() - 2) + " ]";
}

std::string targetBlock(const TargetChoice &choice,
                        std::string_view header,
                        std::string_view lineEnd)
{
    return block(header, entriesOf(choice), lineEnd);
}

std::string ruleText(const RuleSettings &rule, Strategy inherited)
{
    return inlineTable(entriesOf(rule, inherited));
}

std::string ruleBlock(const RuleSettings &rule, Strategy inherited, std::string_view lineEnd)
{
    return block("route.rule", entriesOf(rule, inherited), lineEnd);
}

std::string routeText(const RouteSettings &route)
{
    Entries entries = entriesOf(route);
    if (!route.rules.empty()) {
        entries.emplace_back("rule", listText(route.rules, [&](const RuleSettings &rule) {
                                 return ruleText(rule, route.strategy);
                             }));
    }
    return inlineTable(entries);
}

std::string routeBlock(const RouteSettings &route, std::string_view lineEnd)
{
    std::string out = block("route", entriesOf(route), lineEnd);
    for (const RuleSettings &rule : route.rules) {
        out += std::string(lineEnd) + ruleBlock(rule, route.strategy, lineEnd);
    }
    return out;
}

} // namespace signalbox::config
