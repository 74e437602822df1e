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

QTEST_APPLESS_MAIN(TestStrategies)
#include "tst_strategies.moc"
