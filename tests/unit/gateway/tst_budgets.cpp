// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"
#include "tests/support/house.h"

using namespace signalbox;
using namespace signalbox::tests;

namespace {

// The scripted answers have 10 tokens in and 2 out: 18 microdollars at a/x, 36 at b/y. The request
// below is forecast at 8 in and 2 out, as its max_tokens says: 16 and 32.
constexpr std::int64_t kForecastNanos = 16'000;
constexpr std::int64_t kCostNanos = 18'000;

House withBudget(const std::string &usd, const char *targets = R"([{ target = "a/x" }])")
{
    return House{.targets = targets,
                 .more = "[[client]]\nid = \"team\"\nkey = \"env:TEAM\"\nbudget_usd_per_day = "
                         + usd + "\n[[client]]\nid = \"free\"\nkey = \"env:FREE\"\n"};
}

Ask asking(const std::string &key = "TEAM-secret")
{
    return {.headers = {{"authorization", "Bearer " + key}},
            .body =
                R"({"model":"chat","max_tokens":2,"messages":[{"role":"user","content":"hi"}]})"};
}

Money spentBy(VirtualGateway &world)
{
    return world.snapshot()->budgets.front().spent;
}

} // namespace

/// Goal: no call begins for which the client's day has no room, whoever else asks at the same time.
/// Method: known prices and forecasts on a virtual clock.
class TestBudgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoHundredAtOnceStayWithin();
    void aDollarIsPassedByOneEstimatesErrorAtMost();
    void aCheaperTargetServesWhenTheFirstIsTooDear();
    void aRetryThatDoesNotFitIsNotMade();
    void theNextDayServesAgain();
    void othersAreNotConcerned();
    void whatWasSpentBeforeTheStartCounts();
    void aTargetWithoutAPriceCostsNothing();
    void whoLeavesGivesTheReservationBack();
    void aProvidersBudgetSendsRequestsElsewhere();
    void aProvidersBudgetStopsRetriesToo();
    void whenNoProviderMayCostMoreTheRequestIsRefused();
    void rulesSeeWhatIsLeft();
};

void TestBudgets::twoHundredAtOnceStayWithin()
{
    VirtualGateway world(withBudget("0.001").toml());
    for (int i = 0; i < 200; ++i) {
        world.ask(asking());
    }
    // All that have room, and a quarter on top for what they may cost beyond their forecast.
    QCOMPARE(world.calls().size(), std::size_t(50));
    QCOMPARE(errorCode(world.reply(200).bytes), std::string("budget_exhausted"));
    QCOMPARE(world.reply(200).header("retry-after"), std::string("5")); // some may cost less
    world.run();
    QCOMPARE(spentBy(world).nanos(), 50 * kCostNanos);
    // What is left of it goes as well: towards the end one by one.
    for (int i = 0; i < 20; ++i) {
        world.ask(asking());
        world.run();
    }
    QVERIFY(spentBy(world).nanos() > 1'000'000 - kForecastNanos);
    QVERIFY(spentBy(world).nanos() <= 1'000'000 + kCostNanos - kForecastNanos);
    QCOMPARE(world.snapshot()->budgets.front().reserved, Money());
    const auto refused = world.ask(asking());
    QCOMPARE(world.reply(refused).status, 429);
    QVERIFY(world.reply(refused).bytes.find("0.001 USD") != std::string::npos);
    QCOMPARE(world.record(refused).errorCode, std::string("budget_exhausted"));
    QVERIFY(world.record(refused).attempts.empty());
}

/// *Method*: two hundred ask for as long as they are let, each again when it has its answer, at a
/// price of half a cent; each costs an eighth more than was forecast.
void TestBudgets::aDollarIsPassedByOneEstimatesErrorAtMost()
{
    House house = withBudget("1");
    house.priceOfX = "{ input = 250.0, output = 1000.0 }"; // 4000 microdollars, in truth 4500
    VirtualGateway world(house.toml());
    constexpr std::int64_t kExpected = 4'000'000;
    constexpr std::int64_t kError = 500'000;
    constexpr std::int64_t kDollar = 1'000'000'000;
    std::int64_t most = 0;
    for (int wave = 0; wave < 12; ++wave) {
        for (int client = 0; client < 200; ++client) {
            world.ask(asking());
            if (client % 20 == 0) { // so that not all begin at once
                world.runUntil(world.elapsed() + Millis(10));
            }
            most = std::max(most, spentBy(world).nanos());
        }
        world.run();
        most = std::max(most, spentBy(world).nanos());
    }
    QVERIFY2(most <= kDollar + kError, qPrintable(QString::number(most)));
    QVERIFY2(most > kDollar - kExpected, qPrintable(QString::number(most))); // nothing is left over
    QCOMPARE(world.reply(2400).status, 429);
    QVERIFY(world.calls().size() >= 222);
}

void TestBudgets::aCheaperTargetServesWhenTheFirstIsTooDear()
{
    VirtualGateway world(
        withBudget("0.00003", R"([{ target = "b/y" }, { target = "a/x" }])").toml());
    const auto id = world.ask(asking());
    world.run();
    COMPARE_LOG(logOf(world),
                QString::fromUtf8("t=0 a/x: call · t=0.1 a/x: 200 · "
                                  "client: 200 \"hello\" target=a/x attempts=1"));
    const Candidate &dear = world.record(id).decision.candidates.front();
    QCOMPARE(dear.target.name(), std::string("b/y"));
    QVERIFY(dear.veto == Veto::BudgetExhausted);
}

void TestBudgets::aRetryThatDoesNotFitIsNotMade()
{
    VirtualGateway world(
        withBudget("0.00003", R"([{ target = "a/x" }, { target = "b/y" }])").toml());
    world.script("a/x: 503");
    world.ask(asking());
    world.run();
    QCOMPARE(world.calls().size(), std::size_t(1));
    QCOMPARE(world.reply(1).status, 503);
    QCOMPARE(spentBy(world), Money());
}

void TestBudgets::theNextDayServesAgain()
{
    VirtualGateway world(withBudget("0.00003").toml());
    world.ask(asking());
    world.run();
    const auto refused = world.ask(asking());
    QCOMPARE(world.reply(refused).status, 429);
    const std::string wait = world.reply(refused).header("retry-after");
    bool served = false;
    world.at(world.elapsed() + Seconds(std::stoi(wait)), [&] {
        const auto id = world.ask(asking());
        served = world.reply(id).status != 429;
    });
    world.run();
    QVERIFY(served);
    QCOMPARE(world.calls().size(), std::size_t(2));
    QCOMPARE(spentBy(world), Money::fromNanos(kCostNanos));
}

void TestBudgets::othersAreNotConcerned()
{
    VirtualGateway world(withBudget("0").toml());
    QCOMPARE(world.reply(world.ask(asking())).status, 429);
    const auto id = world.ask(asking("FREE-secret"));
    world.run();
    QCOMPARE(world.reply(id).status, 200);
}

void TestBudgets::whatWasSpentBeforeTheStartCounts()
{
    VirtualGateway world(withBudget("1").toml());
    world.gateway().bookSpent(BudgetOwner::Client,
                              "team",
                              Money::fromNanos(999'990'000),
                              world.now());
    const auto id = world.ask(asking());
    QCOMPARE(world.reply(id).status, 429);
    QVERIFY(world.record(id).decision.candidates.front().veto == Veto::BudgetExhausted);
    QCOMPARE(errorCode(world.reply(id).bytes), std::string("budget_exhausted"));
}

void TestBudgets::aTargetWithoutAPriceCostsNothing()
{
    House house = withBudget("0.00001");
    house.priceOfX = "";
    VirtualGateway world(house.toml());
    const auto id = world.ask(asking());
    world.run();
    QCOMPARE(world.reply(id).status, 200);
    QCOMPARE(spentBy(world), Money());
}

void TestBudgets::whoLeavesGivesTheReservationBack()
{
    VirtualGateway world(withBudget("0.00002").toml());
    const auto left = world.ask(asking());
    QCOMPARE(world.snapshot()->budgets.front().reserved, Money::fromNanos(kForecastNanos));
    world.leave(left);
    QCOMPARE(world.snapshot()->budgets.front().reserved, Money());
}

void TestBudgets::aProvidersBudgetSendsRequestsElsewhere()
{
    House house;
    house.limitsOfA = "{ concurrent = 100 }\nbudget_usd_per_day = 0.00003";
    VirtualGateway world(house.toml());
    Ask ask = asking();
    for (int i = 0; i < 3; ++i) {
        world.ask(ask);
    }
    world.run();
    QCOMPARE(world.record(1).target.name(), std::string("a/x"));
    for (const int id : {2, 3}) {
        const RequestRecord &record = world.record(static_cast<gateway::ExchangeId>(id));
        QCOMPARE(record.target.name(), std::string("b/y"));
        QVERIFY(record.decision.candidates.front().veto == Veto::BudgetExhausted);
        QCOMPARE(record.decision.candidates.front().vetoDetail, std::string("provider \"a\""));
    }
    const auto budget = world.snapshot()->providers.front().budget;
    QVERIFY(budget.has_value());
    QCOMPARE(budget->spent, Money::fromNanos(kCostNanos));
    QCOMPARE(budget->reserved, Money());
}

void TestBudgets::aProvidersBudgetStopsRetriesToo()
{
    House house;
    house.targets = R"([{ target = "a/x" }])";
    house.route = "retry = { attempts = 4, same_target = 3 }";
    house.limitsOfA = "{ concurrent = 100 }\nbudget_usd_per_day = 0.00002";
    VirtualGateway world(house.toml());
    world.script("a/x: end after content, end after content, 200");
    Ask ask = asking();
    ask.body.insert(1, R"("stream":true,)");
    world.ask(ask); // broken off, yet billed
    world.run();
    const auto second = world.ask(ask);
    world.run();
    QCOMPARE(world.reply(second).status, 429);
    QCOMPARE(errorCode(world.reply(second).bytes), std::string("budget_exhausted"));
    QVERIFY(world.reply(second).bytes.find("provider \\\"a\\\"") != std::string::npos);
    QCOMPARE(world.calls().size(), std::size_t(1));
}

void TestBudgets::whenNoProviderMayCostMoreTheRequestIsRefused()
{
    House house;
    house.provider = "budget_usd_per_day = 0.00005";
    VirtualGateway world(house.toml());
    for (int i = 0; i < 200; ++i) {
        world.ask(asking());
    }
    world.run();
    std::map<int, int> statuses;
    for (gateway::ExchangeId id = 1; id <= 200; ++id) {
        ++statuses[world.reply(id).status];
    }
    // Room for two forecasts of 16 at a/x with a quarter on top, and for one of 32 at b/y.
    QCOMPARE(statuses[200], 3);
    QCOMPARE(statuses[429], 197);
    QCOMPARE(errorCode(world.reply(200).bytes), std::string("budget_exhausted"));
    QCOMPARE(world.reply(200).header("retry-after"), std::string("5")); // some may cost less
}

void TestBudgets::rulesSeeWhatIsLeft()
{
    House house = withBudget("0.0001", R"([{ target = "a/x" }])");
    house.more = "[[route.rule]]\nname = \"saving\"\nwhen = { budget_left = \"< 0.5\" }\n"
                 "targets = [{ target = \"a/x2\" }]\n"
                 + house.more;
    VirtualGateway world(house.toml());
    std::string rules;
    for (int i = 0; i < 5; ++i) {
        const auto id = world.ask(asking());
        world.run();
        rules += world.record(id).rule.empty() ? "-" : "s";
    }
    QCOMPARE(rules, std::string("---ss")); // 18 of 100 each
    const auto unbounded = world.ask(asking("FREE-secret"));
    world.run();
    QCOMPARE(world.record(unbounded).rule, std::string());
    QCOMPARE(world.record(unbounded).facts.budgetLeft, 1.0);
}

QTEST_GUILESS_MAIN(TestBudgets)
#include "tst_budgets.moc"
