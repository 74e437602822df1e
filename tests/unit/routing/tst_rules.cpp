// SPDX-License-Identifier: Apache-2.0
#include "core/routing/rules.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::routing;

Q_DECLARE_METATYPE(signalbox::Condition)

namespace {

using Operator = Comparison::Operator;

RequestFacts someFacts()
{
    return {.cjkShare = 0.4,
            .language = "zh",
            .task = Task::Code,
            .promptTokens = 800,
            .maxOutputTokens = {},
            .hasTools = true,
            .stream = false,
            .client = "bot",
            .hour = 23,
            .headers = {{"x-team", "red"}, {"x-level", "7"}, {"x-beta", "true"}, {"x-empty", ""}},
            .metadata = {{"tier", "gold"}}};
}

Literal text(const char *value)
{
    return std::string(value);
}

std::vector<Literal> anyOf(std::initializer_list<Literal> values)
{
    return values;
}

} // namespace

class TestRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesFacts_data()
    {
        QTest::addColumn<Condition>("condition");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char *name, const Condition &condition, bool expected) {
            QTest::newRow(name) << condition << expected;
        };
        using enum Fact;
        row("> at the bound", {CjkShare, {}, Comparison{Operator::Greater, 0.4}}, false);
        row(">= at the bound", {CjkShare, {}, Comparison{Operator::GreaterEqual, 0.4}}, true);
        row("> below", {CjkShare, {}, Comparison{Operator::Greater, 0.39}}, true);
        row("< at the bound", {PromptTokens, {}, Comparison{Operator::Less, 800}}, false);
        row("< above", {PromptTokens, {}, Comparison{Operator::Less, 801}}, true);
        row("<= at the bound", {PromptTokens, {}, Comparison{Operator::LessEqual, 800}}, true);
        row("number equals", {PromptTokens, {}, Literal(800.0)}, true);
        row("number differs", {PromptTokens, {}, Literal(801.0)}, false);
        row("number is no text", {PromptTokens, {}, text("800")}, false);
        row("bool equals", {HasTools, {}, Literal(true)}, true);
        row("bool differs", {Stream, {}, Literal(true)}, false);
        row("false is a value", {Stream, {}, Literal(false)}, true);
        row("bool is no number", {HasTools, {}, Comparison{Operator::Greater, 0}}, false);
        row("range has its start", {PromptTokens, {}, Range{800, 900}}, true);
        row("range lacks its end", {PromptTokens, {}, Range{700, 800}}, false);
        row("range that wraps is empty but for hours", {PromptTokens, {}, Range{900, 850}}, false);
        row("hour within", {Hour, {}, Range{8, 24}}, true);
        row("hour wraps", {Hour, {}, Range{22, 6}}, true);
        row("hour wraps past", {Hour, {}, Range{2, 23}}, false);
        row("text equals", {Client, {}, text("bot")}, true);
        row("text has case", {Client, {}, text("Bot")}, false);
        row("any of texts", {Client, {}, anyOf({text("app"), text("bot")})}, true);
        row("none of texts", {Client, {}, anyOf({text("app")})}, false);
        row("any of nothing", {Client, {}, anyOf({})}, false);
        row("any of numbers", {Hour, {}, anyOf({Literal(1.0), Literal(23.0)})}, true);
        row("header equals", {Header, "x-team", text("red")}, true);
        row("header is absent", {Header, "x-other", text("red")}, false);
        row("header as number", {Header, "x-level", Literal(7.0)}, true);
        row("header compared", {Header, "x-level", Comparison{Operator::Greater, 6}}, true);
        row("header in a range", {Header, "x-level", Range{7, 8}}, true);
        row("header that is no number",
            {Header, "x-team", Comparison{Operator::Greater, 6}},
            false);
        row("empty header is no number", {Header, "x-empty", Range{0, 1}}, false);
        row("header as bool", {Header, "x-beta", Literal(true)}, true);
        row("header as other bool", {Header, "x-beta", Literal(false)}, false);
        row("metadata equals", {Metadata, "tier", text("gold")}, true);
        row("metadata is absent", {Metadata, "x-team", text("red")}, false);
        row("no limit on output given",
            {MaxOutputTokens, {}, Comparison{Operator::Less, 9}},
            false);
        row("language equals", {Language, {}, text("zh")}, true);
        row("any of languages", {Language, {}, anyOf({text("ja"), text("zh")})}, true);
        row("another language", {Language, {}, text("en")}, false);
        row("task equals", {Fact::Task, {}, text("code")}, true);
        row("any of tasks", {Fact::Task, {}, anyOf({text("chat"), text("code")})}, true);
        row("another task", {Fact::Task, {}, text("chat")}, false);
    }

    void comparesFacts()
    {
        QFETCH(Condition, condition);
        QFETCH(bool, expected);
        QCOMPARE(holds(condition, someFacts()), expected);
    }

    void hasAValueForEveryFactOfARequest()
    {
        RequestFacts facts = someFacts();
        facts.maxOutputTokens = 5;
        const std::vector<std::pair<Fact, Literal>> expected = {
            {Fact::CjkShare, 0.4},
            {Fact::Language, text("zh")},
            {Fact::Task, text("code")},
            {Fact::PromptTokens, 800.0},
            {Fact::MaxOutputTokens, 5.0},
            {Fact::HasTools, true},
            {Fact::HasImages, false},
            {Fact::WantsJson, false},
            {Fact::WantsReasoning, false},
            {Fact::Stream, false},
            {Fact::Client, text("bot")},
            {Fact::Hour, 23.0},
        };
        for (const auto &[fact, value] : expected) {
            QCOMPARE(valueOf({fact, {}, Literal(false)}, facts), std::optional(value));
        }
    }

    void holdsNothingAgainstALanguageThatWasNotTold()
    {
        QVERIFY(!valueOf({Fact::Language, {}, Literal(false)}, {}));
        QVERIFY(!holds({Fact::Language, {}, text("")}, {}));
    }

    void matchesWhenAllConditionsHold()
    {
        const RuleSettings rule{.name = "night",
                                .when = {{Fact::Hour, {}, Range{22, 6}},
                                         {Fact::HasTools, {}, Literal(true)}},
                                .targets = {}};
        QCOMPARE(tryRule(rule, someFacts()), (RuleTrial{"night", true, ""}));
    }

    void namesTheFirstFactThatFails()
    {
        const RuleSettings rule{.name = "team",
                                .when = {{Fact::HasTools, {}, Literal(true)},
                                         {Fact::Header, "x-team", text("blue")},
                                         {Fact::Stream, {}, Literal(true)}},
                                .targets = {}};
        QCOMPARE(tryRule(rule, someFacts()), (RuleTrial{"team", false, "header.x-team"}));
    }

    void matchesWithoutConditions()
    {
        QVERIFY(tryRule({.name = "all", .when = {}, .targets = {}}, {}).matched);
    }
};

QTEST_APPLESS_MAIN(TestRules)
#include "tst_rules.moc"
