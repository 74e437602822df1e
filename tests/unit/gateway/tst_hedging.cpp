// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"
#include "tests/support/house.h"

using namespace signalbox;
using namespace signalbox::tests;

namespace {

const char *const kThree = R"([{ target = "a/x" }, { target = "b/y" }, { target = "c/z" }])";

House hedged(const std::string &after = "2", const char *targets = kThree)
{
    return House{.targets = targets, .route = "hedge_after_s = " + after};
}

QString play(const House &house, const char *script, const Ask &ask = {})
{
    VirtualGateway world(house.toml());
    world.script(script);
    world.ask(ask);
    world.run();
    return logOf(world);
}

const Ask kStream{.stream = true};

std::vector<std::string> outcomesOf(const RequestRecord &record)
{
    std::vector<std::string> texts;
    for (const AttemptRecord &attempt : record.attempts) {
        texts.push_back(attempt.target.name() + " " + std::string(toString(attempt.outcome)));
    }
    return texts;
}

} // namespace

/// Goal: where a target keeps us waiting, a second one is asked beside it, and the client gets the
/// answer of whichever begins first; never of both, and both are paid for.
/// Method: the table in exchange_race.cpp, row by row, on a virtual clock.
class TestHedging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void events_data();
    void events();
    void theLoserIsBookedAndItsCostKnown();
    void whatTheLoserSentIsNotMixedIn();
    void withoutAFreeTargetNothingIsAsked();
    void attemptsBoundHedgesToo();
    void bothEndWhenTheClientLeaves();
    void bothEndWithTheDeadline();
    void bothEndWhenTheGatewayStops();
    void aBudgetThatDoesNotReachKeepsItFromBeginning();
    void aQuantileNeedsExperience();
    void aLateEventOfTheLoserHasNoConsequences();
};

void TestHedging::events_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<QString>("log");
    const auto row = [](const char *name, const char *script, bool stream, const char *log) {
        QTest::newRow(name) << script << stream << QString::fromUtf8(log);
    };
    row("answers in time",
        "a/x: 200",
        true,
        "t=0 a/x: call · t=0.4 a/x: 200 · client: 200 stream \"hello\" target=a/x attempts=1");
    row("the hedge answers first",
        "a/x: hang; b/y: 200",
        true,
        "t=0 a/x: call · t=2 b/y: call · t=2.2 a/x: cut off · t=2.4 b/y: 200 · "
        "client: 200 stream \"hello\" target=b/y attempts=2");
    row("the hedge answers first, whole",
        "a/x: hang; b/y: 200",
        false,
        "t=0 a/x: call · t=2 b/y: call · t=2.1 b/y: 200 · a/x: cut off · "
        "client: 200 \"hello\" target=b/y attempts=2");
    row("the first answers after all",
        "a/x: 200 slow; b/y: hang",
        true,
        "t=0 a/x: call · t=2 b/y: call · t=20.1 b/y: cut off · t=20.3 a/x: 200 slow · "
        "client: 200 stream \"hello\" target=a/x attempts=2");
    row("the hedge fails, the first goes on",
        "a/x: 200 slow; b/y: 503",
        true,
        "t=0 a/x: call · t=2 b/y: call · t=2.1 b/y: 503 · b/y: failures 1 · t=20.3 a/x: 200 slow · "
        "client: 200 stream \"hello\" target=a/x attempts=2");
    row("the first fails, the hedge goes on",
        "a/x: connect-hang; b/y: 200 slow",
        true,
        "t=0 a/x: call · t=2 b/y: call · t=5 a/x: cut off · a/x: failures 1 · t=22.3 b/y: 200 slow "
        "· "
        "client: 200 stream \"hello\" target=b/y attempts=2");
    row("both fail, the next is asked",
        "a/x: connect-hang; b/y: connect-hang; c/z: 200",
        true,
        "t=0 a/x: call · t=2 b/y: call · t=5 a/x: cut off · a/x: failures 1 · t=7 b/y: cut off · "
        "b/y: failures 1 · c/z: call · t=7.4 c/z: 200 · "
        "client: 200 stream \"hello\" target=c/z attempts=3");
    row("the request is refused",
        "a/x: hang; b/y: 400",
        true,
        "t=0 a/x: call · t=2 b/y: call · t=2.1 b/y: 400 · a/x: cut off · "
        "client: 400 wrong_value (upstream) target=b/y attempts=2");
    row("a key is refused",
        "a/x: 200 slow; b/y: 401",
        true,
        "t=0 a/x: call · t=2 b/y: call · t=2.1 b/y: 401 · env:B1 disabled, auth_failed · "
        "t=20.3 a/x: 200 slow · client: 200 stream \"hello\" target=a/x attempts=2");
    row("content breaks off",
        "a/x: hang; b/y: cut after content",
        true,
        "t=0 a/x: call · t=2 b/y: call · t=2.2 a/x: cut off · t=2.3 b/y: cut after content · "
        "b/y: failures 1 · client: 200 stream \"hel\" upstream_stream_broken target=b/y "
        "attempts=2");
    row("it fails before",
        "a/x: 503; b/y: hang; c/z: 200",
        true,
        "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · b/y: call · t=2.1 c/z: call · "
        "t=2.3 b/y: cut off · t=2.5 c/z: 200 · "
        "client: 200 stream \"hello\" target=c/z attempts=3");
}

void TestHedging::events()
{
    QFETCH(const QString, script);
    QFETCH(const bool, stream);
    QFETCH(const QString, log);
    COMPARE_LOG(play(hedged(), script.toUtf8().constData(), stream ? kStream : Ask()), log);
}

void TestHedging::theLoserIsBookedAndItsCostKnown()
{
    VirtualGateway world(hedged().toml());
    world.script("a/x: hang; b/y: 200");
    const auto id = world.ask(kStream);
    world.run();
    const RequestRecord &record = world.record(id);
    QCOMPARE(outcomesOf(record), (std::vector<std::string>{"a/x outrun", "b/y success"}));
    QCOMPARE(record.target.name(), std::string("b/y"));
    const AttemptRecord &lost = record.attempts.front();
    QVERIFY(lost.usage && lost.usage->estimated && lost.cost.estimated);
    QVERIFY(lost.cost.amount.value_or(Money()) > Money());
    QVERIFY(!lost.contentSent && record.attempts.back().contentSent);
    QVERIFY(!lost.counted);
    QCOMPARE(*record.cost.amount, *lost.cost.amount + *record.attempts.back().cost.amount);
    QCOMPARE(record.attempts.back().notes.back(),
             std::string("asked beside a/x, which had not begun to answer"));
    const std::string metrics = world.gateway().metrics(world.now());
    const std::string line = "signalbox_outrun_cost_usd_total{provider=\"a\",target=\"a/x\"} "
                             + lost.cost.amount->toDecimal();
    QVERIFY2(metrics.find(line) != std::string::npos, line.c_str());
}

void TestHedging::whatTheLoserSentIsNotMixedIn()
{
    VirtualGateway world(hedged().toml());
    world.script("a/x: stall before content; b/y: 200");
    world.cutEverywhere();
    const auto id = world.ask(kStream);
    world.run();
    QCOMPARE(streamedText(world.reply(id).bytes), std::string("hello"));
    QCOMPARE(world.reply(id).header("x-signalbox-target"), std::string("b/y"));
}

void TestHedging::withoutAFreeTargetNothingIsAsked()
{
    VirtualGateway world(hedged("2", R"([{ target = "a/x" }, { target = "b/y" }])").toml());
    world.operate(gateway::Act::Drain, "b/y");
    world.script("a/x: 200 slow");
    world.ask(kStream);
    world.run();
    QCOMPARE(world.calls().size(), std::size_t(1));
}

void TestHedging::attemptsBoundHedgesToo()
{
    House house = hedged();
    house.route += "\nretry = { attempts = 1 }";
    VirtualGateway world(house.toml());
    world.script("a/x: 200 slow");
    world.ask(kStream);
    world.run();
    QCOMPARE(world.calls().size(), std::size_t(1));
}

void TestHedging::bothEndWhenTheClientLeaves()
{
    VirtualGateway world(hedged().toml());
    world.script("a/x: hang; b/y: hang");
    const auto id = world.ask(kStream);
    world.at(Seconds(3), [&] { world.leave(id); });
    world.run();
    QCOMPARE(outcomesOf(world.record(id)),
             (std::vector<std::string>{"a/x client_gone", "b/y client_gone"}));
    QCOMPARE(world.snapshot()->providers[0].inFlight + world.snapshot()->providers[1].inFlight, 0);
}

void TestHedging::bothEndWithTheDeadline()
{
    House house = hedged();
    house.route += "\ndeadline_s = 4";
    VirtualGateway world(house.toml());
    world.script("a/x: hang; b/y: hang");
    const auto id = world.ask(kStream);
    world.run();
    QCOMPARE(outcomesOf(world.record(id)),
             (std::vector<std::string>{"a/x deadline_reached", "b/y deadline_reached"}));
    QCOMPARE(world.reply(id).status, 504);
}

void TestHedging::bothEndWhenTheGatewayStops()
{
    VirtualGateway world(hedged().toml());
    world.script("a/x: hang; b/y: hang");
    const auto id = world.ask(kStream);
    world.at(Seconds(3), [&] { world.shutDown(); });
    world.run();
    QCOMPARE(outcomesOf(world.record(id)),
             (std::vector<std::string>{"a/x shut_down", "b/y shut_down"}));
}

void TestHedging::aBudgetThatDoesNotReachKeepsItFromBeginning()
{
    House house = hedged();
    // The prompt's eight tokens and 300 of an answer: 1208 microdollars at a/x, twice that at b/y.
    house.more = "[[client]]\nid = \"team\"\nkey = \"env:TEAM\"\nbudget_usd_per_day = 0.0015\n";
    VirtualGateway world(house.toml());
    world.script("a/x: 200 slow");
    Ask ask = kStream;
    ask.headers = {{"authorization", "Bearer TEAM-secret"}};
    const auto id = world.ask(ask);
    world.run();
    QCOMPARE(world.reply(id).status, 200);
    QCOMPARE(world.calls().size(), std::size_t(1));
}

/// Ten answers that began after 0.2 s: then one that has not after 0.2 s is hedged at p95.
void TestHedging::aQuantileNeedsExperience()
{
    VirtualGateway world(hedged("\"p95\"").toml());
    const auto callsOf = [&](const char *script) {
        world.script(script);
        const std::size_t before = world.calls().size();
        world.ask(kStream);
        world.run();
        return world.calls().size() - before;
    };
    QCOMPARE(callsOf("a/x: 200 slow; b/y: 200"), std::size_t(1)); // nothing is known yet
    for (int i = 0; i < 12; ++i) {
        world.ask(kStream);
        world.run();
    }
    QCOMPARE(callsOf("a/x: 200 slow; b/y: 200"), std::size_t(2));
    QCOMPARE(world.record(14).attempts.back().startedAfter, Micros(200'000));
    QCOMPARE(world.record(14).total, Micros(600'000));
}

void TestHedging::aLateEventOfTheLoserHasNoConsequences()
{
    VirtualGateway world(hedged().toml());
    world.script("a/x: 200 slow; b/y: 200");
    world.deliverLateEvents();
    const auto id = world.ask(kStream);
    world.run();
    QCOMPARE(streamedText(world.reply(id).bytes), std::string("hello"));
    QVERIFY(world.log().find("FAULT") == std::string::npos);
    QCOMPARE(outcomesOf(world.record(id)), (std::vector<std::string>{"a/x outrun", "b/y success"}));
}

QTEST_GUILESS_MAIN(TestHedging)
#include "tst_hedging.moc"
