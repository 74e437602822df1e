// SPDX-License-Identifier: Apache-2.0
#include "core/routing/facts.h"
#include "core/routing/router.h"

#include <QTest>

#include <cmath>
#include <map>
#include <numeric>
#include <set>

using namespace signalbox;
using namespace signalbox::routing;

namespace {

TargetChoice choice(const char *target, double weight = 1, int tier = 1)
{
    return {.target = TargetId(target), .weight = weight, .tier = tier};
}

RouteSettings routeOf(Strategy strategy, std::vector<TargetChoice> targets)
{
    RouteSettings route;
    route.name = "chat";
    route.strategy = strategy;
    route.targets = std::move(targets);
    return route;
}

/// The contract's example: a rule for Chinese before a weighted route.
RouteSettings routeOfTheContract()
{
    RouteSettings route = routeOf(Strategy::Weighted,
                                  {choice("qwen/plus", 70), choice("claude/h", 30)});
    route.rules = {{.name = "chinese",
                    .when = {{Fact::CjkShare, {}, Comparison{Comparison::Operator::Greater, 0.4}}},
                    .strategy = Strategy::Priority,
                    .targets = {choice("qwen/plus")}}};
    return route;
}

RequestFacts factsWithCjk(double share)
{
    RequestFacts facts;
    facts.cjkShare = share;
    return facts;
}

/// Answers by a table; targets that are not in it are free.
class Vetoes
{
public:
    void set(const char *target, Veto veto, const char *detail = "")
    {
        m_vetoes[target] = {veto, detail};
    }
    [[nodiscard]] AvailabilityLookup lookup() const
    {
        return [this](const TargetId &target, FeatureSet) {
            const auto found = m_vetoes.find(target.name());
            return found == m_vetoes.end() ? Availability{} : found->second;
        };
    }

private:
    std::map<std::string, Availability> m_vetoes;
};

Decision decideWith(const RouteSettings &route,
                    DrawState &draws,
                    const Vetoes &vetoes = {},
                    const RequestFacts &facts = {},
                    std::uint64_t seed = 1)
{
    const AvailabilityLookup lookup = vetoes.lookup();
    return decide(
        {.route = route, .facts = facts, .needs = {}, .availability = lookup, .seed = seed}, draws);
}

/// `a b! c`: the candidates in order, the vetoed ones marked.
QByteArray candidatesOf(const Decision &decision)
{
    QByteArray text;
    for (const Candidate &candidate : decision.candidates) {
        text += text.isEmpty() ? "" : " ";
        text += candidate.target.name().c_str();
        text += candidate.veto == Veto::None ? "" : "!";
    }
    return text;
}

} // namespace

class TestRouter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void triesTargetsInFileOrderUnderPriority()
    {
        const auto route = routeOf(Strategy::Priority,
                                   {choice("a/1"), choice("b/1"), choice("c/1")});
        DrawState draws(1);
        const Decision decision = decideWith(route, draws);
        QCOMPARE(candidatesOf(decision), "a/1 b/1 c/1");
        QVERIFY(!decision.draw);
        QCOMPARE(decision.route, "chat");
        QVERIFY(decision.strategy == Strategy::Priority);
    }

    void putsARulesTargetsFirstAndTheRestBehind()
    {
        DrawState draws(1);
        const Decision decision = decideWith(routeOfTheContract(), draws, {}, factsWithCjk(0.9));
        QCOMPARE(decision.rule, "chinese");
        QVERIFY(decision.strategy == Strategy::Priority);
        QCOMPARE(candidatesOf(decision), "qwen/plus claude/h");
        QVERIFY(decision.candidates[0].fromRule);
        QVERIFY(!decision.candidates[1].fromRule);
        QCOMPARE(decision.trials, (std::vector<RuleTrial>{{"chinese", true, ""}}));
        QVERIFY(!decision.draw);
    }

    void sendsChineseToQwenAndTheRestToAnthropic_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("target");
        const auto row = [](const char *name, const char *text, const char *target) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(target);
        };
        row("Chinese", "今天上海的天气怎么样？", "qwen/plus");
        row("English", "What is the weather in Shanghai?", "claude/h");
        row("nothing", "", "claude/h");
        row("emoji only", "😀😀😀", "claude/h");
        row("Chinese with emoji", "今天天气 😀 真好 👍🏽", "qwen/plus");
        row("English with emoji and a word", "What does 你好 mean? 😀😀", "claude/h");
        row("just at the bound", "abc 你好", "claude/h"); // 2 of 5 is not above 0.4
        row("just above it", "ab 你好", "qwen/plus");
        row("mixed, mostly Chinese", "帮我看看这个 pull request 有没有问题，谢谢大家", "qwen/plus");
        row("mixed, mostly English", "Please explain the idiom 画蛇添足 to a beginner", "claude/h");
        row("Chinese around code",
            "这段代码为什么报错？\n```python\nfor item in collection:\n    "
            "print(item.description)\n```",
            "qwen/plus");
        row("English around Chinese code",
            "Why does this fail?\n```\n# 打印所有商品的名称和价格以及库存\nprint(x)\n```",
            "claude/h");
        row("Chinese in markup",
            "<div class=\"container main-content\"><p>欢迎光临</p></div>",
            "qwen/plus");
        row("Chinese with a link",
            "看一下 https://example.com/some/very/long/path?with=parameters 这篇",
            "qwen/plus");
        row("Japanese", "明日の会議は何時からですか", "qwen/plus");
    }

    /// The operator's first rule: more than 40 % CJK goes to Qwen, all else to Anthropic.
    void sendsChineseToQwenAndTheRestToAnthropic()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, target);
        RouteSettings route = routeOfTheContract();
        route.strategy = Strategy::Priority;
        route.targets = {choice("claude/h"), choice("qwen/plus")};
        ChatMessage question;
        question.parts = {{ChatMessage::PartKind::Text, text.toStdString()}};
        ChatRequest request;
        request.messages = {question};
        DrawState draws(1);
        const Decision decision = decideWith(route, draws, {}, factsOf(request, {}));
        QCOMPARE(decision.candidates.at(0).target.name(), target.toStdString());
        QCOMPARE(decision.candidates.size(), std::size_t(2)); // the other remains as fallback
    }

    void recordsRulesThatDidNotMatch()
    {
        DrawState draws(1);
        const Decision decision = decideWith(routeOfTheContract(), draws);
        QVERIFY(decision.rule.empty());
        QVERIFY(decision.strategy == Strategy::Weighted);
        QCOMPARE(decision.trials, (std::vector<RuleTrial>{{"chinese", false, "cjk_share"}}));
        QVERIFY(decision.draw);
    }

    void takesTheFirstRuleThatMatches()
    {
        RouteSettings route = routeOf(Strategy::Priority,
                                      {choice("a/1"), choice("b/1"), choice("c/1")});
        route.rules = {{.name = "tools",
                        .when = {{Fact::HasTools, {}, Literal(true)}},
                        .targets = {}},
                       {.name = "all", .when = {}, .targets = {choice("c/1")}},
                       {.name = "never", .when = {}, .targets = {choice("b/1")}}};
        DrawState draws(1);
        const Decision decision = decideWith(route, draws);
        QCOMPARE(decision.rule, "all");
        QCOMPARE(decision.trials.size(), 2U);
        QCOMPARE(candidatesOf(decision), "c/1 a/1 b/1");
    }

    void prefersLowerTiersWhateverTheFileOrder()
    {
        const auto route =
            routeOf(Strategy::Weighted,
                    {choice("c/1", 100, 3), choice("a/1", 1, 1), choice("b/1", 50, 2)});
        DrawState draws(1);
        const Decision decision = decideWith(route, draws);
        QCOMPARE(candidatesOf(decision), "a/1 b/1 c/1");
        QVERIFY(!decision.draw);
    }

    void putsARulesLastTierBeforeTheRoutesFirst()
    {
        RouteSettings route = routeOf(Strategy::Priority,
                                      {choice("a/1"), choice("b/1"), choice("c/1", 1, 2)});
        route.rules = {{.name = "all", .when = {}, .targets = {choice("b/1", 1, 7)}}};
        DrawState draws(1);
        QCOMPARE(candidatesOf(decideWith(route, draws)), "b/1 a/1 c/1");
    }

    void listsVetoedCandidatesWithTheirReason()
    {
        const auto route = routeOf(Strategy::Priority,
                                   {choice("a/1"), choice("b/1"), choice("c/1")});
        Vetoes vetoes;
        vetoes.set("b/1", Veto::MissingFeature, "tools");
        DrawState draws(1);
        const Decision decision = decideWith(route, draws, vetoes);
        QCOMPARE(candidatesOf(decision), "a/1 b/1! c/1");
        QVERIFY(decision.candidates[1].veto == Veto::MissingFeature);
        QCOMPARE(decision.candidates[1].vetoDetail, "tools");
    }

    void drawsAmongThoseWithoutAVeto()
    {
        const auto route = routeOf(Strategy::Weighted,
                                   {choice("a/1", 80), choice("b/1", 10), choice("c/1", 10)});
        Vetoes vetoes;
        vetoes.set("a/1", Veto::BreakerOpen);
        DrawState draws(1);
        int first = 0;
        for (std::uint64_t i = 0; i < 100; ++i) {
            const Decision decision = decideWith(route, draws, vetoes, {}, i);
            first += decision.candidates[0].target == TargetId("b/1") ? 1 : 0;
            QCOMPARE(decision.candidates[2].target, TargetId("a/1"));
        }
        QVERIFY(std::abs(first - 50) <= 2);
    }

    void leavesTheDrawToTheTierThatLeads()
    {
        const auto route = routeOf(Strategy::Weighted,
                                   {choice("a/1"), choice("b/1", 1, 2), choice("c/1", 1, 2)});
        Vetoes vetoes;
        DrawState draws(1);
        QVERIFY(!decideWith(route, draws, vetoes).draw);
        vetoes.set("a/1", Veto::Drained);
        QVERIFY(decideWith(route, draws, vetoes).draw);
    }

    void keepsSharesWithinTwoOfAHundredWithWeightsOfAnyScale()
    {
        const auto route = routeOf(Strategy::Weighted, {choice("a/1", 7e30), choice("b/1", 3e30)});
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            DrawState draws(seed);
            int first = 0;
            for (std::uint64_t i = 0; i < 100; ++i) {
                const Decision decision = decideWith(route, draws, {}, {}, seed * 100 + i);
                first += decision.candidates[0].target == TargetId("a/1") ? 1 : 0;
            }
            QVERIFY(std::abs(first - 70) <= 2);
        }
    }

    void keepsSharesWithinFourSigmaOfTwoThousand()
    {
        const auto route = routeOf(Strategy::Weighted, {choice("a/1", 70), choice("b/1", 30)});
        const double sigma = std::sqrt(2000 * 0.7 * 0.3);
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            DrawState draws(seed);
            std::vector<int> leads;
            for (std::uint64_t i = 0; i < 2000; ++i) {
                const Decision decision = decideWith(route, draws, {}, {}, seed * 2000 + i);
                leads.push_back(decision.candidates[0].target == TargetId("a/1") ? 1 : 0);
            }
            const int all = std::accumulate(leads.begin(), leads.end(), 0);
            QVERIFY(std::abs(all - 1400) <= 4 * sigma);
            for (auto first = leads.begin(); leads.end() - first >= 100; ++first) {
                QVERIFY(std::abs(std::accumulate(first, first + 100, 0) - 70) <= 2);
            }
        }
    }

    void putsWeightZeroLastInFileOrder()
    {
        const auto route =
            routeOf(Strategy::Weighted,
                    {choice("z/1", 0), choice("a/1", 2), choice("y/1", 0), choice("b/1", 1)});
        DrawState draws(1);
        std::set<QByteArray> seen;
        for (std::uint64_t i = 0; i < 20; ++i) {
            seen.insert(candidatesOf(decideWith(route, draws, {}, {}, i)));
        }
        QCOMPARE(seen, (std::set<QByteArray>{"a/1 b/1 z/1 y/1", "b/1 a/1 z/1 y/1"}));
    }

    void canBeRepeatedFromItsRecord()
    {
        const auto route =
            routeOf(Strategy::Weighted,
                    {choice("a/1", 5), choice("b/1", 3), choice("c/1", 2), choice("d/1", 1)});
        DrawState draws(6);
        DrawState again(6);
        for (std::uint64_t i = 0; i < 200; ++i) {
            const Decision decision = decideWith(route, draws, {}, {}, i);
            QCOMPARE(decideWith(route, again, {}, {}, i), decision);
            Random random(decision.seed);
            const auto order = weightedOrder(std::vector<double>{5, 3, 2, 1},
                                             *decision.draw,
                                             random);
            QCOMPARE(decision.candidates[3].target, route.targets[order[3]].target);
        }
    }

    void passesNeedsToTheLookup()
    {
        const auto route = routeOf(Strategy::Priority, {choice("a/1")});
        ModelSettings model;
        model.features = {Feature::Images};
        const AvailabilityLookup lookup = [&model](const TargetId &, FeatureSet needs) {
            return capabilityOf(model, needs);
        };
        DrawState draws(1);
        const Decision decision = decide({.route = route,
                                          .facts = {},
                                          .needs = {Feature::Images, Feature::JsonSchema},
                                          .availability = lookup},
                                         draws);
        QVERIFY(decision.candidates[0].veto == Veto::MissingFeature);
        QCOMPARE(decision.candidates[0].vetoDetail, "json_schema");
        QCOMPARE(capabilityOf(model, {Feature::Images}), Availability{});
    }

    void vetoesAContextThatIsSurelyTooShort()
    {
        ModelSettings model;
        QCOMPARE(capabilityOf(model, {}, 1'000'000'000), Availability{}); // nothing is known of it
        model.contextTokens = 8000;
        QCOMPARE(capabilityOf(model, {}, 8000), Availability{});
        QCOMPARE(capabilityOf(model, {}, 8700), Availability{}); // the estimate may be wrong
        const Availability tooLong = capabilityOf(model, {}, 9000);
        QVERIFY(tooLong.veto == Veto::NotServable);
        QCOMPARE(tooLong.detail,
                 std::string(
                     "a prompt of about 9000 tokens does not fit into its context of 8000"));
    }

    void servesATargetCalledByName()
    {
        DrawState draws(1);
        const Decision decision = decideWith(routeToTarget(TargetId("a/1")), draws);
        QVERIFY(decision.route.empty());
        QCOMPARE(candidatesOf(decision), "a/1");
    }

    void listsATargetOnceThoughNamedTwice()
    {
        const auto route = routeOf(Strategy::Priority, {choice("a/1"), choice("b/1")});
        RouteSettings twice = route;
        twice.rules = {{.name = "all", .when = {}, .targets = {choice("b/1"), choice("a/1")}}};
        DrawState draws(1);
        QCOMPARE(candidatesOf(decideWith(twice, draws)), "b/1 a/1");
    }
};

QTEST_APPLESS_MAIN(TestRouter)
#include "tst_router.moc"
