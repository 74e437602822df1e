// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"
#include "tests/support/house.h"

using namespace signalbox;
using namespace signalbox::tests;

namespace {

using gateway::Act;

const char *const kAlone = R"([{ target = "a/x" }])";
const char *const kServer = "[server]\nqueue_s = 100\n";

/// Provider a with \p limits, waited for up to 100 s.
House limited(const std::string &limits, const char *targets = kAlone)
{
    return House{.targets = targets, .limitsOfA = limits, .more = kServer};
}

std::string client(const std::string &limits)
{
    return "[[client]]\nid = \"team\"\nkey = \"env:TEAM\"\n" + limits + "\n";
}

Ask ofTeam()
{
    return {.headers = {{"authorization", "Bearer TEAM-secret"}}};
}

} // namespace

/// Goal: who finds our limits used up waits for room if it comes within `server.queue_s`, in the
/// order of arrival, and what waits leaves nothing behind when it goes.
/// Method: small limits on a virtual clock; one request a minute makes each turn visible.
class TestWaiting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roomIsTakenInTheOrderOfArrival();
    void roomThatComesTooLateIsRefusedAtOnce();
    void nothingWaitsWhenTheQueueIsOff();
    void anotherTargetIsTakenRatherThanWaitedFor();
    void theTargetWithRoomFirstIsWaitedFor();
    void tokensAreWaitedForToo();
    void aPlaceIsHandedOnInTheOrderOfArrival();
    void aPlaceThatDoesNotComeIsRefusedInTime();
    void theDeadlineEndsTheWait();
    void whoLeavesGivesTheRoomBack();
    void whoLeavesTheLineIsPassedOver();
    void aKeyThatRestsBrieflyIsWaitedFor();
    void aTripEndsTheWaitOfALine();
    void aTripIsFoundWhenTheTurnComes();
    void aHigherLimitLetsTheLineIn();
    void aProviderThatIsGoneEndsTheWait();
    void theLimitsOfAClientAreWaitedFor();
    void aClientThatIsFullIsRefused();
    void theWaitIsOnRecord();
};

void TestWaiting::roomIsTakenInTheOrderOfArrival()
{
    VirtualGateway world(limited("{ requests_per_minute = 1 }").toml());
    world.ask();
    world.at(Seconds(1), [&] { world.ask(); });
    world.at(Seconds(30), [&] { world.ask(); }); // its turn would be at 120
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 200 · client: 200 \"hello\" target=a/x attempts=1 · "
            "t=60 #2 a/x: call · t=60.1 #2 a/x: 200 · "
            "#2 client: 200 \"hello\" target=a/x attempts=1 · t=120 #3 a/x: call · "
            "t=120.1 #3 a/x: 200 · #3 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::roomThatComesTooLateIsRefusedAtOnce()
{
    VirtualGateway world(limited("{ requests_per_minute = 1 }").toml());
    world.ask();
    world.at(Seconds(1), [&] { world.ask(); });
    world.at(Seconds(2), [&] { world.ask(); }); // 118 s from its turn
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 200 · client: 200 \"hello\" target=a/x attempts=1 · "
            "t=2 #3 client: 429 rate_limited (gateway) attempts=0 retry-after=118 · "
            "t=60 #2 a/x: call · t=60.1 #2 a/x: 200 · "
            "#2 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::nothingWaitsWhenTheQueueIsOff()
{
    House house = limited("{ requests_per_minute = 60, concurrent = 1 }");
    house.more = "[server]\nqueue_s = 0\n";
    VirtualGateway world(house.toml());
    world.ask();
    world.ask();
    world.run();
    COMPARE_LOG(logOf(world),
                QString::fromUtf8(
                    "t=0 a/x: call · #2 client: 429 rate_limited (gateway) attempts=0 "
                    "retry-after=1 · t=0.1 a/x: 200 · "
                    "client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::anotherTargetIsTakenRatherThanWaitedFor()
{
    VirtualGateway world(
        limited("{ requests_per_minute = 1 }", R"([{ target = "a/x" }, { target = "b/y" }])")
            .toml());
    world.ask();
    world.at(Seconds(1), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 200 · client: 200 \"hello\" target=a/x attempts=1 · "
            "t=1 #2 b/y: call · t=1.1 #2 b/y: 200 · "
            "#2 client: 200 \"hello\" target=b/y attempts=1"));
}

void TestWaiting::theTargetWithRoomFirstIsWaitedFor()
{
    House house{.targets = R"([{ target = "a/x" }, { target = "b/y" }])",
                .provider = "limits = { requests_per_minute = 1 }",
                .more = kServer};
    VirtualGateway world(house.toml());
    world.ask({.model = "b/y"});
    world.at(Seconds(1), [&] { world.ask({.model = "a/x"}); });
    world.at(Seconds(2), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 b/y: call · t=0.1 b/y: 200 · client: 200 \"hello\" target=b/y attempts=1 · "
            "t=1 #2 a/x: call · t=1.1 #2 a/x: 200 · "
            "#2 client: 200 \"hello\" target=a/x attempts=1 · t=60 #3 b/y: call · "
            "t=60.1 #3 b/y: 200 · #3 client: 200 \"hello\" target=b/y attempts=1"));
}

void TestWaiting::tokensAreWaitedForToo()
{
    // The usual question counts 9 tokens and its answer 3; the bucket of 12 is empty after one.
    VirtualGateway world(limited("{ tokens_per_minute = 12 }").toml());
    world.ask();
    world.at(Seconds(1), [&] { world.ask(); });
    world.run();
    const auto first = world.record(1);
    const auto second = world.record(2);
    QCOMPARE(second.status, 200);
    const double taken = static_cast<double>(first.usage.promptTokens
                                             + first.usage.completionTokens);
    const double wanted = static_cast<double>(second.facts.promptTokens);
    // One token comes back every 5 s.
    const double room = (taken + wanted - 12.0) * 5.0;
    const auto waited = static_cast<double>(second.attempts.at(0).startedAfter.count()) / 1e6 + 1.0;
    QVERIFY2(std::abs(waited - room) < 0.001,
             qPrintable(QStringLiteral("waited %1, room at %2").arg(waited).arg(room)));
}

void TestWaiting::aPlaceIsHandedOnInTheOrderOfArrival()
{
    VirtualGateway world(limited("{ concurrent = 1 }").toml());
    world.script("a/x: 200 slow, 503, 200");
    world.ask();
    world.at(Seconds(1), [&] { world.ask({.model = "a/x"}); });
    world.at(Seconds(2), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=20 a/x: 200 slow · client: 200 \"hello\" target=a/x attempts=1 "
            "· #2 a/x: call · t=20.1 #2 a/x: 503 · a/x: failures 1 · #2 client: 503 "
            "no_target_available (upstream) target=a/x attempts=1 retry-after=1 · #3 a/x: "
            "call · t=20.2 #3 a/x: 200 · a/x: failures 0 · #3 client: 200 \"hello\" "
            "target=a/x attempts=1"));
}

void TestWaiting::aPlaceThatDoesNotComeIsRefusedInTime()
{
    House house = limited("{ concurrent = 1 }");
    house.more = "";
    VirtualGateway world(house.toml());
    world.script("a/x: 200 slow");
    world.ask();
    world.at(Seconds(1), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world),
                QString::fromUtf8(
                    "t=0 a/x: call · t=3 #2 client: 429 rate_limited (gateway) attempts=0 "
                    "retry-after=1 · t=20 a/x: 200 slow · "
                    "client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::theDeadlineEndsTheWait()
{
    House house = limited("{ concurrent = 1 }");
    house.route = "deadline_s = 10";
    VirtualGateway world(house.toml());
    world.script("a/x: 200 slow");
    world.ask({.model = "a/x"});
    world.at(Seconds(1), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=11 #2 client: 429 rate_limited (gateway) attempts=0 "
            "retry-after=1 · t=20 a/x: 200 slow · client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::whoLeavesGivesTheRoomBack()
{
    VirtualGateway world(limited("{ requests_per_minute = 1 }").toml());
    world.ask();
    gateway::ExchangeId second = 0;
    world.at(Seconds(1), [&] { second = world.ask(); });
    world.at(Seconds(40), [&] { world.leave(second); });
    world.at(Seconds(41), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 200 · client: 200 \"hello\" target=a/x attempts=1 · "
            "t=40 #2 client: leaves · t=60 #3 a/x: call · t=60.1 #3 a/x: 200 · "
            "#3 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::whoLeavesTheLineIsPassedOver()
{
    VirtualGateway world(limited("{ concurrent = 1 }").toml());
    world.script("a/x: 200 slow");
    world.ask();
    gateway::ExchangeId second = 0;
    world.at(Seconds(1), [&] { second = world.ask(); });
    world.at(Seconds(2), [&] { world.ask(); });
    world.at(Seconds(3), [&] { world.leave(second); });
    world.run();
    COMPARE_LOG(logOf(world),
                QString::fromUtf8(
                    "t=0 a/x: call · t=3 #2 client: leaves · t=20 a/x: 200 slow · "
                    "client: 200 \"hello\" target=a/x attempts=1 · #3 a/x: call · "
                    "t=20.1 #3 a/x: 200 · #3 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::aKeyThatRestsBrieflyIsWaitedFor()
{
    House house{.targets = kAlone, .route = "retry = { attempts = 1 }", .more = kServer};
    VirtualGateway world(house.toml());
    world.script("a/x: 429 hint 5s");
    world.ask();
    world.at(Seconds(1), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world),
                QString::fromUtf8(
                    "t=0 a/x: call · t=0.1 a/x: 429 hint 5s · "
                    "env:A1 cools until 5.1, rate_limited · "
                    "client: 429 rate_limited (upstream) target=a/x attempts=1 retry-after=5 · "
                    "t=5.1 #2 a/x: call · t=5.2 #2 a/x: 200 · "
                    "#2 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::aTripEndsTheWaitOfALine()
{
    VirtualGateway world(limited("{ concurrent = 1 }").toml());
    world.script("a/x: 200 slow");
    world.ask();
    world.at(Seconds(1), [&] { world.ask(); });
    world.at(Seconds(5), [&] { world.operate(Act::Trip, "a/x"); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=5 a/x: forced open · #2 client: 429 rate_limited (gateway) "
            "attempts=0 retry-after=1 · t=20 a/x: 200 slow · client: 200 \"hello\" target=a/x "
            "attempts=1"));
}

void TestWaiting::aTripIsFoundWhenTheTurnComes()
{
    VirtualGateway world(limited("{ requests_per_minute = 1 }").toml());
    world.ask();
    world.at(Seconds(1), [&] { world.ask(); });
    world.at(Seconds(5), [&] { world.operate(Act::Trip, "a/x"); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 200 · client: 200 \"hello\" target=a/x attempts=1 · "
            "t=5 a/x: forced open · t=60 #2 client: 429 rate_limited (gateway) attempts=0 "
            "retry-after=1"));
}

void TestWaiting::aHigherLimitLetsTheLineIn()
{
    VirtualGateway world(limited("{ concurrent = 1 }").toml());
    world.script("a/x: 200 slow");
    world.ask();
    world.at(Seconds(1), [&] { world.ask(); });
    world.at(Seconds(2), [&] { world.ask(); });
    world.at(Seconds(5), [&] { world.reload(limited("{ concurrent = 2 }").toml()); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=5 reload · #2 a/x: call · t=5.1 #2 a/x: 200 · #2 client: 200 "
            "\"hello\" target=a/x attempts=1 · #3 a/x: call · t=5.2 #3 a/x: 200 · #3 client: "
            "200 \"hello\" target=a/x attempts=1 · t=20 a/x: 200 slow · client: 200 \"hello\" "
            "target=a/x attempts=1"));
}

void TestWaiting::aProviderThatIsGoneEndsTheWait()
{
    VirtualGateway world(limited("{ concurrent = 1, requests_per_minute = 2 }").toml());
    world.script("a/x: 200 slow");
    world.ask();
    world.at(Seconds(1), [&] { world.ask(); }); // in line
    world.at(Seconds(5), [&] {
        House other = limited("{ concurrent = 1 }");
        other.baseUrlOfA = "https://moved.example/v1";
        world.reload(other.toml());
    });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=5 reload · #2 client: 429 rate_limited (gateway) attempts=0 "
            "retry-after=1 · t=20 a/x: 200 slow · client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::theLimitsOfAClientAreWaitedFor()
{
    House house{.targets = kAlone, .more = kServer + client("requests_per_minute = 1")};
    VirtualGateway world(house.toml());
    world.ask(ofTeam());
    world.at(Seconds(1), [&] { world.ask(ofTeam()); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 200 · client: 200 \"hello\" target=a/x attempts=1 · "
            "t=60 #2 a/x: call · t=60.1 #2 a/x: 200 · "
            "#2 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::aClientThatIsFullIsRefused()
{
    House house{.targets = kAlone, .more = client("requests_per_minute = 1")};
    VirtualGateway world(house.toml());
    world.ask(ofTeam());
    world.at(Seconds(1), [&] { world.ask(ofTeam()); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 200 · client: 200 \"hello\" target=a/x attempts=1 · "
            "t=1 #2 client: 429 rate_limited (gateway) retry-after=59"));
}

void TestWaiting::theWaitIsOnRecord()
{
    VirtualGateway world(limited("{ concurrent = 1 }").toml());
    world.script("a/x: 200 slow");
    world.ask();
    gateway::ExchangeId second = 0;
    world.at(Seconds(1), [&] { second = world.ask(); });
    world.run();
    const AttemptRecord attempt = world.record(second).attempts.at(0);
    QCOMPARE(attempt.startedAfter, Micros(19'000'000));
    QCOMPARE(attempt.backoffBefore, Micros(19'000'000));
}

QTEST_APPLESS_MAIN(TestWaiting)
#include "tst_waiting.moc"
