// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/routing/router.h"

#include <QTest>

#include <algorithm>
#include <string>

using namespace signalbox;
using namespace signalbox::routing;

namespace {

RouteSettings anyRoute(Random &random)
{
    constexpr std::array kStrategies = {Strategy::Priority,
                                        Strategy::Weighted,
                                        Strategy::Cheapest,
                                        Strategy::Fastest,
                                        Strategy::Balanced};
    RouteSettings route;
    route.name = "chat";
    route.strategy = kStrategies[random.next() % kStrategies.size()];
    const std::uint64_t targets = 1 + random.next() % 8;
    for (std::uint64_t i = 0; i < targets; ++i) {
        route.targets.push_back({.target = TargetId("p/m" + std::to_string(i)),
                                 .weight = static_cast<double>(random.next() % 4),
                                 .tier = 1 + static_cast<int>(random.next() % 2)});
    }
    RuleSettings rule;
    rule.name = "long";
    rule.strategy = kStrategies[random.next() % kStrategies.size()];
    rule.when = {{Fact::PromptTokens, {}, Comparison{Comparison::Operator::Greater, 500}}};
    rule.targets = {route.targets.back()};
    route.rules = {rule};
    return route;
}

} // namespace

/// *Goal*: what a record keeps of a decision is enough to make it again. *Method*: random routes,
/// vetoes and forecasts; the decision is made once with all there is, then from the record alone.
class TestDecideAgain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesToTheSame();
    void vetoesWhoWasNotThere();
};

void TestDecideAgain::comesToTheSame()
{
    Random random(23);
    DrawState draws(5);
    int drawn = 0;
    int explored = 0;
    int kept = 0;
    int left = 0;
    for (int round = 0; round < 5000; ++round) {
        const RouteSettings route = anyRoute(random);
        RequestRecord record;
        record.facts.promptTokens = static_cast<std::int64_t>(random.next() % 1000);
        std::map<std::string, Availability> standing;
        std::map<std::string, Forecast> forecasts;
        for (const TargetChoice &choice : route.targets) {
            const bool open = random.next() % 4 != 0;
            standing[choice.target.name()] = open ? Availability{}
                                                  : Availability{Veto::BreakerOpen, "open"};
            Forecast &forecast = forecasts[choice.target.name()];
            forecast.cost = Money::fromNanos(static_cast<std::int64_t>(random.next() % 100'000));
            forecast.observations = static_cast<int>(random.next() % 40);
        }
        const AvailabilityLookup availability = [&](const TargetId &target, FeatureSet) {
            return standing.at(target.name());
        };
        const ForecastLookup forecast = [&](const TargetId &target) {
            return forecasts.at(target.name());
        };
        std::optional<WarmPrompt> warm;
        if (random.next() % 3 == 0) {
            const auto which = random.next() % route.targets.size();
            warm = WarmPrompt{route.targets[which].target, 2000};
        }
        record.decision =
            decide({route, record.facts, {}, availability, random.next(), forecast, {}, warm},
                   draws);
        kept += warm && record.decision.warm->leads ? 1 : 0;
        left += warm && !record.decision.warm->leads ? 1 : 0;
        drawn += record.decision.draw ? 1 : 0;
        explored += record.decision.explored ? 1 : 0;
        QVERIFY(decideAgain(route, record) == record.decision);
    }
    QVERIFY(drawn > 500 && explored > 10); // chance had its part
    QVERIFY(kept > 300 && left > 300); // and so had prompt caches
}

void TestDecideAgain::vetoesWhoWasNotThere()
{
    RouteSettings route;
    route.targets = {{.target = TargetId("a/b")}};
    const Decision decision = decideAgain(route, RequestRecord{});
    QCOMPARE(decision.candidates.size(), std::size_t(1));
    QVERIFY(decision.candidates[0].veto == Veto::NotServable);
}

QTEST_APPLESS_MAIN(TestDecideAgain)
#include "tst_decide_again.moc"
