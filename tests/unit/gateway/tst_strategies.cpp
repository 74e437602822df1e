// SPDX-License-Identifier: Apache-2.0
#include "tests/support/house.h"
#include "tests/support/virtual_gateway.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace signalbox;
using namespace signalbox::tests;

namespace {

/// a/x costs 1 and 4 USD per million tokens, b/y 2 and 8; both answer 10 and 2 tokens.
House house(const char *strategy)
{
    return {.strategy = strategy};
}

/// Turn number \p turn of a conversation of its own, \p about so many bytes of it at first.
Ask turnOf(const std::string &conversation, int turn, std::size_t about = 6000)
{
    std::string messages = R"({"role":"user","content":")" + conversation + std::string(about, 'x')
                           + "\"}";
    for (int i = 1; i < turn; ++i) {
        messages += R"(,{"role":"assistant","content":"hello"},{"role":"user","content":")"
                    + std::to_string(i) + "\"}";
    }
    return {.body = R"({"model":"chat","max_tokens":2,"messages":[)" + messages + "]}"};
}

/// Cached input costs a tenth, at both.
House cachingHouse()
{
    return {.strategy = "weighted",
            .route = "affinity = \"prompt-cache\"",
            .priceOfX = "{ input = 1.0, cached_input = 0.1, output = 4.0 }",
            .modelsOfB = "[[provider.model]]\nname = \"y\"\n"
                         "price = { input = 1.2, cached_input = 0.12, output = 4.0 }\n"};
}

/// Who answered first, of \p count requests one second apart.
std::map<std::string, int> leaders(VirtualGateway &world, int count)
{
    std::map<std::string, int> chosen;
    for (int i = 0; i < count; ++i) {
        const auto id = world.ask({.stream = true});
        world.run();
        ++chosen[world.record(id).attempts.at(0).target.name()];
        world.runUntil(world.elapsed() + Seconds(1));
    }
    return chosen;
}

} // namespace

/// Goal: the strategies that look ahead learn from what the gateway sees and put it on record.
class TestStrategies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cheapestTakesTheCheaper();
    void fastestLeavesASlowTarget();
    void failuresWeighInBalanced();
    void theForecastIsOnRecord();
    void aTargetThatIsGoneIsForgotten();
    void aConversationStaysWhereItsBeginningIsCached();
    void aCacheThatIsNotThereHoldsNobody();
    void aSlowTargetStandsAsideAndComesBack();
    void theSlowServeWhenNobodyElseDoes();
};

void TestStrategies::cheapestTakesTheCheaper()
{
    House dear = house("cheapest");
    dear.priceOfX = "{ input = 3.0, output = 9.0 }"; // first in the file, and dearer
    VirtualGateway world(dear.toml());
    const auto chosen = leaders(world, 100);
    QVERIFY2(chosen.at("b/y") >= 85, qPrintable(QString::number(chosen.at("b/y"))));
    QVERIFY(chosen.at("a/x") >= 3); // it had to become known
}

void TestStrategies::fastestLeavesASlowTarget()
{
    VirtualGateway world(house("fastest").toml());
    std::string slow = "a/x: 200 slow";
    for (int i = 0; i < 60; ++i) {
        slow += ", 200 slow";
    }
    world.script(slow);
    leaders(world, 40);
    const auto chosen = leaders(world, 20);
    QVERIFY2(chosen.at("b/y") >= 18, qPrintable(QString::number(chosen.at("b/y"))));
}

void TestStrategies::failuresWeighInBalanced()
{
    House frail = house("balanced");
    frail.provider = "breaker = { failures = 1000 }";
    VirtualGateway world(frail.toml());
    std::string script = "a/x: 503";
    for (int i = 0; i < 60; ++i) {
        script += ", 200, 503";
    }
    world.script(script);
    leaders(world, 60);
    const auto chosen = leaders(world, 20); // half of a/x's fail: twice b/y's price is better
    QVERIFY2(chosen.at("b/y") >= 17, qPrintable(QString::number(chosen.at("b/y"))));
}

void TestStrategies::theForecastIsOnRecord()
{
    VirtualGateway world(house("cheapest").toml());
    leaders(world, 40);
    const auto id = world.ask();
    world.run();
    const Decision &told = world.record(id).decision;
    const Candidate &first = told.candidates.at(0);
    QCOMPARE(first.target.name(), std::string("a/x"));
    QVERIFY(first.forecast && first.forecast->observations > 0);
    QCOMPARE(first.forecast->outputTokens, 2);
    QCOMPARE(*first.score, static_cast<double>(first.forecast->cost->nanos()));
    QVERIFY(*first.score < *told.candidates.at(1).score);
    QVERIFY(told.strategy == Strategy::Cheapest);
}

void TestStrategies::aTargetThatIsGoneIsForgotten()
{
    VirtualGateway world(house("fastest").toml());
    leaders(world, 20);
    world.reload(House{.targets = R"([{ target = "b/y" }])"}.toml());
    world.reload(house("fastest").toml());
    const auto id = world.ask();
    world.run();
    const auto &candidates = world.record(id).decision.candidates;
    QVERIFY(std::ranges::all_of(candidates, [](const Candidate &candidate) {
        return candidate.forecast->observations > 0;
    })); // a/x is still configured: nothing is forgotten

    const std::string whole = House{.targets = R"([{ target = "b/y" }])"}.toml();
    world.reload(whole.substr(whole.find("[[provider]]\nid = \"b\"")));
    world.reload(house("fastest").toml());
    const auto after = world.ask();
    world.run();
    for (const Candidate &candidate : world.record(after).decision.candidates) {
        QCOMPARE(candidate.forecast->observations > 0, candidate.target == TargetId("b/y"));
    }
}

/// Goal: with half the draws for each target, every later turn goes where the first one went.
void TestStrategies::aConversationStaysWhereItsBeginningIsCached()
{
    VirtualGateway world(cachingHouse().toml());
    std::string answers = "200 cached 1900 of 2000";
    for (int i = 0; i < 60; ++i) {
        answers += ", 200 cached 1900 of 2000";
    }
    world.script("a/x: " + answers + "; b/y: " + answers);
    std::map<std::string, int> first;
    int kept = 0;
    for (int i = 0; i < 10; ++i) {
        std::string home;
        for (int turn = 1; turn <= 4; ++turn) {
            const auto id = world.ask(turnOf("c" + std::to_string(i), turn));
            world.run();
            const RequestRecord &record = world.record(id);
            const auto &warm = record.decision.warm;
            if (turn == 1) {
                home = record.target.name();
                ++first[home];
                QVERIFY(!warm);
                continue;
            }
            QCOMPARE(record.target.name(), home);
            QVERIFY(warm && warm->leads && warm->target.name() == home);
            QVERIFY(warm->tokens > 1500);
            kept += record.decision.candidates.at(0).forecast ? 1 : 0; // it was moved to the front
        }
    }
    QVERIFY(first.at("a/x") >= 3 && first.at("b/y") >= 3); // who begins is drawn as ever
    QVERIFY(kept >= 5);
    // The cache is given up after five minutes.
    world.runUntil(world.elapsed() + std::chrono::minutes(5));
    const auto late = world.ask(turnOf("c0", 5));
    world.run();
    QVERIFY(!world.record(late).decision.warm);
}

/// Goal: a price that makes leaving cheaper is seen, and so is a cache that is none.
void TestStrategies::aCacheThatIsNotThereHoldsNobody()
{
    House house = cachingHouse();
    house.strategy = "priority";
    house.targets = R"([{ target = "b/y" }, { target = "a/x" }])";
    house.priceOfX = "{ input = 1.0, output = 4.0 }"; // what is cached costs the same
    house.modelsOfB = "[[provider.model]]\nname = \"y\"\nprice = { input = 0.9, output = 4.0 }\n";
    VirtualGateway dear(house.toml());
    dear.script("b/y: 503; a/x: 200 cached 0 of 2000");
    dear.ask(turnOf("c", 1));
    dear.run();
    const auto back = dear.ask(turnOf("c", 2)); // a/x served, and costs more than b/y
    dear.run();
    QVERIFY(dear.record(back).decision.warm.has_value());
    QVERIFY(!dear.record(back).decision.warm->leads);
    QCOMPARE(dear.record(back).target.name(), std::string("b/y"));

    house.priceOfX = "{ input = 1.0, cached_input = 0.1, output = 4.0 }";
    VirtualGateway world(house.toml());
    std::string none = "200 cached 0 of 2000";
    for (int i = 0; i < 40; ++i) {
        none += ", 200 cached 0 of 2000";
    }
    world.script("b/y: 503; a/x: " + none);
    world.ask(turnOf("c", 1));
    world.run();
    int turns = 2;
    std::string served = "a/x";
    for (; turns < 40 && served == "a/x"; ++turns) {
        const auto id = world.ask(turnOf("c", turns));
        world.run();
        served = world.record(id).target.name();
    }
    QCOMPARE(served, std::string("b/y")); // it was believed for some turns, no longer
    QVERIFY2(turns > 3 && turns < 25, qPrintable(QString::number(turns)));
}

/// Goal: of three, the one that takes 20 s stands aside for as long as it was said, and serves then.
void TestStrategies::aSlowTargetStandsAsideAndComesBack()
{
    House three{.targets = R"([{ target = "a/x" }, { target = "a/x2" }, { target = "b/y" }])",
                .strategy = "weighted",
                .route = "eject_slow = { factor = 4, for_s = 40 }"};
    VirtualGateway world(three.toml());
    std::string slow = "b/y: 200 slow";
    for (int i = 0; i < 9; ++i) {
        slow += ", 200 slow";
    }
    world.script(slow); // ten of them, as many as are needed
    std::optional<Millis> since;
    for (int i = 0; i < 60 && !since; ++i) {
        const auto id = world.ask();
        world.run();
        const auto snapshot = world.snapshot();
        for (const auto &provider : snapshot->providers) {
            for (const auto &target : provider.targets) {
                if (!target.ejections.empty()) {
                    QCOMPARE(target.target.name(), std::string("b/y"));
                    QCOMPARE(target.ejections.front().route, std::string("chat"));
                    QVERIFY(target.ejections.front().timesSlower > 4);
                    since = world.elapsed();
                }
            }
        }
        QVERIFY(world.record(id).status == 200);
    }
    QVERIFY(since.has_value());
    const auto during = world.ask();
    world.run();
    bool seen = false;
    for (const Candidate &candidate : world.record(during).decision.candidates) {
        seen |= candidate.target.name() == "b/y" && candidate.veto == Veto::TooSlow
                && candidate.vetoDetail.find("times as long as the others") != std::string::npos;
    }
    QVERIFY(seen);
    world.runUntil(*since + Seconds(41));
    const auto chosen = leaders(world, 60);
    QVERIFY(chosen.at("b/y") >= 15); // quick now, it keeps its share
}

void TestStrategies::theSlowServeWhenNobodyElseDoes()
{
    House two{.targets = R"([{ target = "a/x" }, { target = "b/y" }])",
              .strategy = "weighted",
              .route = "eject_slow = { for_s = 1000 }"};
    VirtualGateway world(two.toml());
    std::string slow = "b/y: 200 slow";
    for (int i = 0; i < 9; ++i) {
        slow += ", 200 slow";
    }
    world.script(slow);
    leaders(world, 40);
    world.script("a/x: 503");
    const auto id = world.ask();
    world.run();
    const RequestRecord &record = world.record(id);
    QCOMPARE(record.status, 200);
    QCOMPARE(record.attempts.size(), std::size_t(2));
    QCOMPARE(record.target.name(), std::string("b/y"));
    QVERIFY(record.decision.candidates.back().veto == Veto::TooSlow);
}

QTEST_APPLESS_MAIN(TestStrategies)
#include "tst_strategies.moc"
