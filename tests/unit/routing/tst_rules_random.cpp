// SPDX-License-Identifier: Apache-2.0
// Random requests and rule sets against a naive reading of the documentation.
#include "core/base/random.h"
#include "core/routing/router.h"

#include <QTest>

#include <map>
#include <set>
#include <string>

using namespace signalbox;
using namespace signalbox::routing;

namespace {

using Known = std::map<std::string, Literal>; ///< a fact as written in `when` -> its value

template <typename T>
T oneOf(Random &random, const std::vector<T> &values)
{
    return values.at(random.below(values.size()));
}

/// Few values, so that equal ones and those at a bound are common.
double someNumber(Random &random, Fact fact)
{
    if (fact == Fact::CjkShare || fact == Fact::BudgetLeft) {
        return oneOf<double>(random, {0, 0.25, 0.4, 0.5, 1});
    }
    return static_cast<double>(random.below(fact == Fact::Hour ? 24 : 6));
}

std::string someWord(Random &random)
{
    return oneOf<std::string>(random, {"", "a", "b", "3", "3.5", "true", "false", "code", "zh"});
}

RequestFacts someFacts(Random &random)
{
    RequestFacts facts;
    facts.cjkShare = someNumber(random, Fact::CjkShare);
    facts.language = oneOf<std::string>(random, {"", "zh", "en", "und"});
    facts.task = kTasks.at(random.below(kTasks.size()));
    facts.promptTokens = static_cast<std::int64_t>(random.below(6));
    if (random.below(2) == 0) {
        facts.maxOutputTokens = static_cast<std::int64_t>(random.below(6));
    }
    facts.hasTools = random.below(2) == 0;
    facts.hasImages = random.below(2) == 0;
    facts.wantsJson = random.below(2) == 0;
    facts.wantsReasoning = random.below(2) == 0;
    facts.stream = random.below(2) == 0;
    facts.client = someWord(random);
    facts.hour = static_cast<int>(random.below(24));
    facts.budgetLeft = someNumber(random, Fact::BudgetLeft);
    for (const char *key : {"x", "y"}) {
        if (random.below(2) == 0) {
            facts.headers[key] = someWord(random);
        }
        if (random.below(2) == 0) {
            facts.metadata[key] = someWord(random);
        }
    }
    return facts;
}

/// What docs/CONFIGURATION.md says a rule can ask.
Known knownOf(const RequestFacts &facts)
{
    Known known = {{"cjk_share", facts.cjkShare},
                   {"task", std::string(toString(facts.task))},
                   {"prompt_tokens", static_cast<double>(facts.promptTokens)},
                   {"has_tools", facts.hasTools},
                   {"has_images", facts.hasImages},
                   {"wants_json", facts.wantsJson},
                   {"wants_reasoning", facts.wantsReasoning},
                   {"stream", facts.stream},
                   {"client", facts.client},
                   {"hour", static_cast<double>(facts.hour)},
                   {"budget_left", facts.budgetLeft}};
    if (!facts.language.empty()) {
        known["language"] = facts.language;
    }
    if (facts.maxOutputTokens) {
        known["max_output_tokens"] = static_cast<double>(*facts.maxOutputTokens);
    }
    for (const auto &[key, value] : facts.headers) {
        known["header." + key] = value;
    }
    for (const auto &[key, value] : facts.metadata) {
        known["metadata." + key] = value;
    }
    return known;
}

bool isNumeric(Fact fact)
{
    static const std::set<Fact> numeric = {Fact::CjkShare,
                                           Fact::PromptTokens,
                                           Fact::MaxOutputTokens,
                                           Fact::Hour,
                                           Fact::BudgetLeft};
    return numeric.contains(fact);
}

bool isFlag(Fact fact)
{
    static const std::set<Fact> flags = {Fact::HasTools,
                                         Fact::HasImages,
                                         Fact::WantsJson,
                                         Fact::WantsReasoning,
                                         Fact::Stream};
    return flags.contains(fact);
}

Literal someLiteral(Random &random, Fact fact)
{
    if (isFlag(fact)) {
        return random.below(2) == 0;
    }
    return isNumeric(fact) ? Literal(someNumber(random, fact)) : Literal(someWord(random));
}

/// Of the forms that the configuration lets through.
Matcher someMatcher(Random &random, Fact fact)
{
    const std::uint64_t form = isFlag(fact) ? 0 : random.below(isNumeric(fact) ? 4 : 2);
    if (form == 0) {
        return someLiteral(random, fact);
    }
    if (form == 1) {
        std::vector<Literal> anyOf;
        for (std::uint64_t i = 0; i <= random.below(3); ++i) {
            anyOf.push_back(someLiteral(random, fact));
        }
        return anyOf;
    }
    if (form == 2) {
        using enum Comparison::Operator;
        const auto op = oneOf<Comparison::Operator>(random,
                                                    {Less, LessEqual, Greater, GreaterEqual});
        return Comparison{op, someNumber(random, fact)};
    }
    return Range{someNumber(random, fact), someNumber(random, fact)};
}

RouteSettings someRoute(Random &random)
{
    RouteSettings route;
    route.name = "chat";
    route.targets.push_back({.target = TargetId("a/1")});
    const std::uint64_t rules = random.below(5);
    for (std::uint64_t i = 0; i < rules; ++i) {
        RuleSettings rule;
        rule.name = "rule" + std::to_string(i);
        rule.targets = route.targets;
        for (std::uint64_t k = 0; k <= random.below(3); ++k) {
            const auto fact = static_cast<Fact>(random.below(15));
            const bool keyed = fact == Fact::Header || fact == Fact::Metadata;
            rule.when.push_back({fact,
                                 keyed ? oneOf<std::string>(random, {"x", "y"}) : std::string(),
                                 someMatcher(random, fact)});
        }
        route.rules.push_back(std::move(rule));
    }
    return route;
}

std::string labelOf(const Condition &condition)
{
    const std::string name(toString(condition.fact));
    return condition.key.empty() ? name : name + '.' + condition.key;
}

bool naivelyHolds(const Condition &condition, const Known &known)
{
    const auto value = known.find(labelOf(condition));
    if (value == known.end()) {
        return false;
    }
    if (const auto *literal = std::get_if<Literal>(&condition.matcher)) {
        return value->second == *literal;
    }
    if (const auto *anyOf = std::get_if<std::vector<Literal>>(&condition.matcher)) {
        for (const Literal &each : *anyOf) {
            if (value->second == each) {
                return true;
            }
        }
        return false;
    }
    const double number = std::get<double>(value->second);
    if (const auto *comparison = std::get_if<Comparison>(&condition.matcher)) {
        using enum Comparison::Operator;
        const bool less = number < comparison->bound;
        const bool equal = number == comparison->bound;
        return (comparison->op == Less && less) || (comparison->op == LessEqual && (less || equal))
               || (comparison->op == Greater && !less && !equal)
               || (comparison->op == GreaterEqual && !less);
    }
    const auto range = std::get<Range>(condition.matcher);
    if (condition.fact != Fact::Hour || range.from <= range.to) {
        return range.from <= number && number < range.to;
    }
    // Round the clock, hour by hour, from the first up to the second.
    for (int hour = static_cast<int>(range.from); hour != static_cast<int>(range.to);
         hour = (hour + 1) % 24) {
        if (hour == static_cast<int>(number)) {
            return true;
        }
    }
    return false;
}

/// The trials up to the first rule that matches, which is named.
std::pair<std::string, std::vector<RuleTrial>> naivelyTry(const RouteSettings &route,
                                                          const Known &known)
{
    std::vector<RuleTrial> trials;
    for (const RuleSettings &rule : route.rules) {
        std::string failed;
        for (const Condition &condition : rule.when) {
            if (failed.empty() && !naivelyHolds(condition, known)) {
                failed = labelOf(condition);
            }
        }
        trials.push_back({rule.name, failed.empty(), failed});
        if (failed.empty()) {
            return {rule.name, trials};
        }
    }
    return {"", trials};
}

} // namespace

class TestRulesRandom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Goal: rules mean what the documentation says. Method: 20,000 random routes and requests,
    /// decided by the router and by the naive reading above; all forms and facts must occur, both
    /// holding and not.
    void decidesAsANaiveReadingDoes()
    {
        const AvailabilityLookup free = [](const TargetId &, FeatureSet) { return Availability{}; };
        Random random(20'261'122);
        std::set<std::tuple<Fact, std::size_t, bool>> reached;
        int matched = 0;
        for (int i = 0; i < 20'000; ++i) {
            const RouteSettings route = someRoute(random);
            const RequestFacts facts = someFacts(random);
            const Known known = knownOf(facts);
            DrawState draws(1);
            const Decision decision = decide(
                {.route = route, .facts = facts, .needs = {}, .availability = free, .seed = 1},
                draws);
            const auto [rule, trials] = naivelyTry(route, known);
            QCOMPARE(decision.rule, rule);
            QCOMPARE(decision.trials, trials);
            matched += rule.empty() ? 0 : 1;
            for (const RuleSettings &each : route.rules) {
                for (const Condition &condition : each.when) {
                    reached.insert({condition.fact,
                                    condition.matcher.index(),
                                    naivelyHolds(condition, known)});
                }
            }
        }
        QCOMPARE_GT(matched, 3000);
        // Five flags have one form, five numbers four, five words two; each holds and does not.
        QCOMPARE(reached.size(), std::size_t((5 * 1 + 5 * 4 + 5 * 2) * 2));
    }
};

QTEST_APPLESS_MAIN(TestRulesRandom)
#include "tst_rules_random.moc"
