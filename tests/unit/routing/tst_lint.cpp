// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/routing/lint.h"
#include "core/routing/matcher_sets.h"
#include "core/routing/rules.h"

#include <QTest>

#include <string>
#include <vector>

using namespace signalbox;
using namespace signalbox::routing;

Q_DECLARE_METATYPE(signalbox::Condition)

namespace {

using Op = Comparison::Operator;

Condition when(Fact fact, Matcher matcher, std::string key = {})
{
    return {.fact = fact, .key = std::move(key), .matcher = std::move(matcher)};
}

Matcher is(const char *text)
{
    return Literal(std::string(text));
}

Matcher is(double number)
{
    return Literal(number);
}

RuleSettings rule(const char *name, std::vector<Condition> conditions)
{
    return {.name = name, .when = std::move(conditions), .targets = {{.target = TargetId("a/b")}}};
}

Configuration configuration(std::vector<RuleSettings> rules)
{
    Configuration made;
    made.providers.resize(1);
    made.providers[0].id = "a";
    made.routes.resize(1);
    made.routes[0].name = "chat";
    made.routes[0].targets = {{.target = TargetId("a/b")}};
    made.routes[0].rules = std::move(rules);
    return made;
}

std::string told(const std::vector<LintFinding> &findings)
{
    std::string text;
    for (const LintFinding &finding : findings) {
        text += (text.empty() ? "" : "; ") + std::string(toString(finding.kind)) + ' '
                + finding.route + '/' + finding.rule;
    }
    return text;
}

} // namespace

class TestLint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsSets_data();
    void knowsSets();
    void neverErrsOnSets();
    void findsRulesThatNeverMatch();
    void findsShadowedRules();
    void findsNamesThatMeetNothing();
    void saysNothingOfAGoodOne();
    void findsWhatTrafficNeverMet();
};

void TestLint::knowsSets_data()
{
    QTest::addColumn<Condition>("wide");
    QTest::addColumn<Condition>("narrow");
    QTest::addColumn<bool>("contained");
    const auto row =
        [](const char *name, const Condition &wide, const Condition &narrow, bool yes) {
            QTest::newRow(name) << wide << narrow << yes;
        };
    const auto tokens = [](Matcher matcher) {
        return when(Fact::PromptTokens, std::move(matcher));
    };
    const auto hour = [](Matcher matcher) { return when(Fact::Hour, std::move(matcher)); };
    const auto team = [](Matcher matcher) {
        return when(Fact::Header, std::move(matcher), "x-team");
    };
    row("more and yet more",
        tokens(Comparison{Op::Greater, 10}),
        tokens(Comparison{Op::Greater, 20}),
        true);
    row("yet more and more",
        tokens(Comparison{Op::Greater, 20}),
        tokens(Comparison{Op::Greater, 10}),
        false);
    row("at the end",
        tokens(Comparison{Op::Greater, 10}),
        tokens(Comparison{Op::GreaterEqual, 10}),
        false);
    row("a range in a half-line", tokens(Comparison{Op::Less, 20}), tokens(Range{5, 20}), true);
    row("a half-line in a range", tokens(Range{0, 20}), tokens(Comparison{Op::Less, 20}), true);
    row("beyond a range", tokens(Range{5, 20}), tokens(Comparison{Op::Less, 20}), false);
    row("a number in a range", tokens(Range{5, 20}), tokens(is(5)), true);
    row("a list in a half-line",
        tokens(Comparison{Op::Less, 20}),
        tokens(std::vector<Literal>{1.0, 19.0}),
        true);
    row("a list beyond",
        tokens(Comparison{Op::Less, 20}),
        tokens(std::vector<Literal>{1.0, 20.0}),
        false);
    row("the night", hour(Range{22, 6}), hour(Range{23, 5}), true);
    row("the night by a list", hour(std::vector<Literal>{0.0, 1.0, 2.0}), hour(Range{0, 3}), true);
    row("the day is no night", hour(Range{22, 6}), hour(Range{5, 7}), false);
    row("a word in a list",
        team(std::vector<Literal>{std::string("red"), std::string("blue")}),
        team(is("red")),
        true);
    row("another word", team(is("blue")), team(is("red")), false);
    row("a header as a number", team(Comparison{Op::Greater, 1}), team(is("7")), true);
}

void TestLint::knowsSets()
{
    QFETCH(Condition, wide);
    QFETCH(Condition, narrow);
    QFETCH(bool, contained);
    QCOMPARE(contains(wide, narrow), contained);
}

/// Whatever is said to be contained or impossible holds for every value there is.
void TestLint::neverErrsOnSets()
{
    Random random(11);
    const auto number = [&random] { return static_cast<double>(random.next() % 26); };
    const auto anyMatcher = [&]() -> Matcher {
        switch (random.next() % 4) {
        case 0:
            return Literal(number());
        case 1:
            return Comparison{static_cast<Op>(random.next() % 4), number()};
        case 2:
            return Range{number(), number()};
        default:
            return std::vector<Literal>{number(), number(), number()};
        }
    };
    int contained = 0;
    int impossible = 0;
    for (int round = 0; round < 20'000; ++round) {
        const Fact fact = round % 2 == 0 ? Fact::Hour : Fact::PromptTokens;
        const Condition wide = when(fact, anyMatcher());
        const Condition narrow = when(fact, anyMatcher());
        const bool says = contains(wide, narrow);
        const bool never = isImpossible(narrow);
        contained += says ? 1 : 0;
        impossible += never ? 1 : 0;
        for (double value = 0; value < (fact == Fact::Hour ? 24 : 60); ++value) {
            const bool in = passes(narrow, value);
            QVERIFY(!(never && in));
            QVERIFY(!(says && in && !passes(wide, value)));
        }
    }
    QVERIFY(contained > 1000 && impossible > 100);
}

void TestLint::findsRulesThatNeverMatch()
{
    const auto findings = lint(configuration({
        rule("empty range", {when(Fact::PromptTokens, Range{9, 9})}),
        rule("more than all", {when(Fact::CjkShare, Comparison{Op::Greater, 1})}),
        rule("less than none", {when(Fact::MaxOutputTokens, Comparison{Op::Less, 0})}),
        rule("25th hour", {when(Fact::Hour, Comparison{Op::GreaterEqual, 24})}),
        rule("no such task", {when(Fact::Task, is("poetry"))}),
        rule("fine", {when(Fact::Hour, Comparison{Op::GreaterEqual, 23})}),
    }));
    QCOMPARE(told(findings),
             "never_matches chat/empty range; never_matches chat/more than all; "
             "never_matches chat/less than none; never_matches chat/25th hour; "
             "never_matches chat/no such task");
    QVERIFY(findings[1].message.find("`cjk_share`") != std::string::npos);
}

void TestLint::findsShadowedRules()
{
    const auto findings = lint(configuration({
        rule("chinese", {when(Fact::CjkShare, Comparison{Op::Greater, 0.4})}),
        rule("very chinese", {when(Fact::CjkShare, Comparison{Op::Greater, 0.8})}),
        rule("chinese code",
             {when(Fact::CjkShare, Comparison{Op::Greater, 0.5}), when(Fact::Task, is("code"))}),
        rule("code", {when(Fact::Task, is("code"))}),
        rule("all", {when(Fact::PromptTokens, Comparison{Op::GreaterEqual, 0})}),
        rule("last", {when(Fact::Stream, Literal(true))}),
    }));
    QCOMPARE(told(findings),
             "shadowed chat/very chinese; shadowed chat/chinese code; shadowed chat/last");
    QVERIFY(findings[2].message.find("\"all\"") != std::string::npos);
}

void TestLint::findsNamesThatMeetNothing()
{
    Configuration made = configuration({
        rule("bot", {when(Fact::Client, is("bot"))}),
        rule("stranger", {when(Fact::Client, is("bott"))}),
        rule("barred", {when(Fact::Client, is("other"))}),
    });
    made.clients.resize(2);
    made.clients[0].id = "bot";
    made.clients[1].id = "other";
    made.clients[1].routes = {"elsewhere"};
    made.providers.resize(2);
    made.providers[1].id = "unused";
    QCOMPARE(told(lint(made)),
             "meets_nothing chat/stranger; meets_nothing chat/barred; meets_nothing /");
    made.clients[0].routes = {"elsewhere"};
    QCOMPARE(told(lint(made)),
             "meets_nothing chat/bot; meets_nothing chat/stranger; meets_nothing chat/barred; "
             "meets_nothing chat/; meets_nothing /");
}

void TestLint::saysNothingOfAGoodOne()
{
    const auto findings = lint(configuration({
        rule("night", {when(Fact::Hour, Range{22, 6})}),
        rule("team", {when(Fact::Header, is("red"), "x-team")}),
        rule("other team", {when(Fact::Header, is("blue"), "x-team")}),
        rule("tools", {when(Fact::HasTools, Literal(true)), when(Fact::Hour, Range{5, 8})}),
    }));
    QCOMPARE(told(findings), "");
}

void TestLint::findsWhatTrafficNeverMet()
{
    const Configuration made = configuration({
        rule("red", {when(Fact::Header, is("red"), "x-team")}),
        rule("gold", {when(Fact::Metadata, is("gold"), "plan")}),
        rule("long", {when(Fact::PromptTokens, Comparison{Op::Greater, 1000})}),
        rule("chinese", {when(Fact::CjkShare, Comparison{Op::Greater, 0.4})}),
        rule("never", {when(Fact::CjkShare, Comparison{Op::Greater, 1})}),
    });
    TrafficLint traffic(made);
    QCOMPARE(told(traffic.findings()), ""); // no traffic, no news
    for (int i = 0; i < 5; ++i) {
        RequestFacts facts;
        facts.cjkShare = i == 0 ? 0.9 : 0;
        facts.headers = {{"x-team", "blue"}};
        traffic.add("chat", facts);
        traffic.add("a route of last year", facts);
    }
    const auto findings = traffic.findings();
    QCOMPARE(told(findings),
             "never_matched chat/red; never_seen chat/gold; never_matched chat/long");
    QCOMPARE(findings[0].message, "matched none of 5 requests");
    QCOMPARE(findings[1].message, "matched none of 5 requests: none had a `metadata.plan`");
}

QTEST_APPLESS_MAIN(TestLint)
#include "tst_lint.moc"
