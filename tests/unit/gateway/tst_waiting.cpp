// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"
#include "tests/support/house.h"

#include <functional>
#include <vector>

using namespace signalbox;
using namespace signalbox::tests;

namespace {

const char *const kAlone = R"([{ target = "a/x" }])";
const char *const kServer = "[server]\nqueue_s = 100\n";

/// Provider a with \p limits, waited for up to 100 s.
House limited(const std::string &limits, const char *targets = kAlone)
{
    return House{.targets = targets, .limitsOfA = limits, .more = kServer};
}

/// Something that happens at its time.
struct Act
{
    Seconds at;
    std::function<void(VirtualGateway &)> what;
};

Act asks(int at, const Ask &ask = {})
{
    return {Seconds(at), [ask](VirtualGateway &world) { world.ask(ask); }};
}

Act leaves(int at, gateway::ExchangeId who)
{
    return {Seconds(at), [who](VirtualGateway &world) { world.leave(who); }};
}

Act trips(int at)
{
    return {Seconds(at), [](VirtualGateway &world) { world.operate(gateway::Act::Trip, "a/x"); }};
}

Act reloads(int at, const House &house)
{
    return {Seconds(at), [toml = house.toml()](VirtualGateway &world) { world.reload(toml); }};
}

/// The log of a request at the start and of \p acts, against upstreams that follow \p script.
QString play(const House &house,
             const char *script,
             const std::vector<Act> &acts,
             const Ask &first = {})
{
    VirtualGateway world(house.toml());
    if (*script != 0) {
        world.script(script);
    }
    world.ask(first);
    for (const Act &act : acts) {
        world.at(act.at, [&] { act.what(world); });
    }
    world.run();
    return logOf(world);
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
    void aClientWithManyWaitingDoesNotKeepOthersFromTheirTurn();
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
    void eachKeyHasItsOwnLimits();
    void aPlaceWithAKeyIsWaitedFor();
    void whatAProviderSaysIsLeftIsKeptTo();
    void aClientMayHaveSoManyInTheAir();
};

void TestWaiting::roomIsTakenInTheOrderOfArrival()
{
    COMPARE_LOG(
        play(limited("{ requests_per_minute = 1 }"), "", {asks(1), asks(30)}),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 200 · client: 200 \"hello\" target=a/x attempts=1 · "
            "t=60 #2 a/x: call · t=60.1 #2 a/x: 200 · "
            "#2 client: 200 \"hello\" target=a/x attempts=1 · t=120 #3 a/x: call · "
            "t=120.1 #3 a/x: 200 · #3 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::roomThatComesTooLateIsRefusedAtOnce()
{
    COMPARE_LOG(
        play(limited("{ requests_per_minute = 1 }"), "", {asks(1), asks(2)}),
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
    COMPARE_LOG(play(house, "", {asks(0)}),
                QString::fromUtf8(
                    "t=0 a/x: call · #2 client: 429 rate_limited (gateway) attempts=0 "
                    "retry-after=1 · t=0.1 a/x: 200 · "
                    "client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::anotherTargetIsTakenRatherThanWaitedFor()
{
    COMPARE_LOG(
        play(limited("{ requests_per_minute = 1 }", R"([{ target = "a/x" }, { target = "b/y" }])"),
             "",
             {asks(1)}),
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
    COMPARE_LOG(
        play(house, "", {asks(1, {.model = "a/x"}), asks(2)}, {.model = "b/y"}),
        QString::fromUtf8(
            "t=0 b/y: call · t=0.1 b/y: 200 · client: 200 \"hello\" target=b/y attempts=1 · "
            "t=1 #2 a/x: call · t=1.1 #2 a/x: 200 · "
            "#2 client: 200 \"hello\" target=a/x attempts=1 · t=60 #3 b/y: call · "
            "t=60.1 #3 b/y: 200 · #3 client: 200 \"hello\" target=b/y attempts=1"));
}

void TestWaiting::tokensAreWaitedForToo()
{
    // The usual question and its answer are billed as 12 tokens; the bucket of 12 is empty after one.
    VirtualGateway world(limited("{ tokens_per_minute = 12 }").toml());
    world.ask();
    world.at(Seconds(1), [&] { world.ask(); });
    world.run();
    const auto first = world.record(1);
    const auto second = world.record(2);
    QCOMPARE(second.status, 200);
    const double taken = static_cast<double>(first.usage.promptTokens
                                             + first.usage.completionTokens);
    // What the first was billed as is known of the second, which asks the same.
    const double wanted = static_cast<double>(first.usage.promptTokens);
    // One token comes back every 5 s.
    const double room = (taken + wanted - 12.0) * 5.0;
    const auto waited = static_cast<double>(second.attempts.at(0).startedAfter.count()) / 1e6 + 1.0;
    QVERIFY2(std::abs(waited - room) < 0.001,
             qPrintable(QStringLiteral("waited %1, room at %2").arg(waited).arg(room)));
}

void TestWaiting::aPlaceIsHandedOnInTheOrderOfArrival()
{
    COMPARE_LOG(
        play(limited("{ concurrent = 1 }"),
             "a/x: 200 slow, 503, 200",
             {asks(1, {.model = "a/x"}), asks(2)}),
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
    COMPARE_LOG(play(house, "a/x: 200 slow", {asks(1)}),
                QString::fromUtf8(
                    "t=0 a/x: call · t=3 #2 client: 429 rate_limited (gateway) attempts=0 "
                    "retry-after=1 · t=20 a/x: 200 slow · "
                    "client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::theDeadlineEndsTheWait()
{
    House house = limited("{ concurrent = 1 }");
    house.route = "deadline_s = 10";
    COMPARE_LOG(
        play(house, "a/x: 200 slow", {asks(1)}, {.model = "a/x"}),
        QString::fromUtf8(
            "t=0 a/x: call · t=11 #2 client: 429 rate_limited (gateway) attempts=0 "
            "retry-after=1 · t=20 a/x: 200 slow · client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::whoLeavesGivesTheRoomBack()
{
    COMPARE_LOG(
        play(limited("{ requests_per_minute = 1 }"), "", {asks(1), leaves(40, 2), asks(41)}),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 200 · client: 200 \"hello\" target=a/x attempts=1 · "
            "t=40 #2 client: leaves · t=60 #3 a/x: call · t=60.1 #3 a/x: 200 · "
            "#3 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::whoLeavesTheLineIsPassedOver()
{
    COMPARE_LOG(play(limited("{ concurrent = 1 }"),
                     "a/x: 200 slow",
                     {asks(1), asks(2), leaves(3, 2)}),
                QString::fromUtf8(
                    "t=0 a/x: call · t=3 #2 client: leaves · t=20 a/x: 200 slow · "
                    "client: 200 \"hello\" target=a/x attempts=1 · #3 a/x: call · "
                    "t=20.1 #3 a/x: 200 · #3 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::aKeyThatRestsBrieflyIsWaitedFor()
{
    House house{.targets = kAlone, .route = "retry = { attempts = 1 }", .more = kServer};
    COMPARE_LOG(play(house, "a/x: 429 hint 5s", {asks(1)}),
                QString::fromUtf8(
                    "t=0 a/x: call · t=0.1 a/x: 429 hint 5s · "
                    "env:A1 cools until 5.1, rate_limited · "
                    "client: 429 rate_limited (upstream) target=a/x attempts=1 retry-after=5 · "
                    "t=5.1 #2 a/x: call · t=5.2 #2 a/x: 200 · "
                    "#2 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::aTripEndsTheWaitOfALine()
{
    COMPARE_LOG(
        play(limited("{ concurrent = 1 }"), "a/x: 200 slow", {asks(1), trips(5)}),
        QString::fromUtf8(
            "t=0 a/x: call · t=5 a/x: forced open · #2 client: 503 no_target_available (gateway) "
            "attempts=0 retry-after=1 · t=20 a/x: 200 slow · client: 200 \"hello\" target=a/x "
            "attempts=1"));
}

void TestWaiting::aTripIsFoundWhenTheTurnComes()
{
    COMPARE_LOG(
        play(limited("{ requests_per_minute = 1 }"), "", {asks(1), trips(5)}),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 200 · client: 200 \"hello\" target=a/x attempts=1 · "
            "t=5 a/x: forced open · t=60 #2 client: 503 no_target_available (gateway) attempts=0 "
            "retry-after=1"));
}

void TestWaiting::aHigherLimitLetsTheLineIn()
{
    COMPARE_LOG(
        play(limited("{ concurrent = 1 }"),
             "a/x: 200 slow",
             {asks(1), asks(2), reloads(5, limited("{ concurrent = 2 }"))}),
        QString::fromUtf8(
            "t=0 a/x: call · t=5 reload · #2 a/x: call · t=5.1 #2 a/x: 200 · #2 client: 200 "
            "\"hello\" target=a/x attempts=1 · #3 a/x: call · t=5.2 #3 a/x: 200 · #3 client: "
            "200 \"hello\" target=a/x attempts=1 · t=20 a/x: 200 slow · client: 200 \"hello\" "
            "target=a/x attempts=1"));
}

void TestWaiting::aProviderThatIsGoneEndsTheWait()
{
    House moved = limited("{ concurrent = 1 }");
    moved.baseUrlOfA = "https://moved.example/v1";
    COMPARE_LOG(
        play(limited("{ concurrent = 1, requests_per_minute = 2 }"),
             "a/x: 200 slow",
             {asks(1), reloads(5, moved)}),
        QString::fromUtf8(
            "t=0 a/x: call · t=5 reload · #2 client: 429 rate_limited (gateway) attempts=0 "
            "retry-after=1 · t=20 a/x: 200 slow · client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::theLimitsOfAClientAreWaitedFor()
{
    House house{.targets = kAlone, .more = kServer + client("requests_per_minute = 1")};
    COMPARE_LOG(
        play(house, "", {asks(1, ofTeam())}, ofTeam()),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 200 · client: 200 \"hello\" target=a/x attempts=1 · "
            "t=60 #2 a/x: call · t=60.1 #2 a/x: 200 · "
            "#2 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestWaiting::aClientThatIsFullIsRefused()
{
    House house{.targets = kAlone, .more = client("requests_per_minute = 1")};
    COMPARE_LOG(
        play(house, "", {asks(1, ofTeam())}, ofTeam()),
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

/// Two keys of one request a minute each, and no limit for the provider.
void TestWaiting::eachKeyHasItsOwnLimits()
{
    House house{.targets = kAlone,
                .provider = "key_limits = { requests_per_minute = 1 }",
                .keysOfA = R"(["env:A1", "env:A2"])",
                .more = kServer};
    COMPARE_LOG(
        play(house, "", {asks(1), asks(2)}),
        QString::fromUtf8(
            "t=0 a/x: call with A1-secret · t=0.1 a/x: 200 · client: 200 \"hello\" target=a/x "
            "attempts=1 · t=1 #2 a/x: call with A2-secret · t=1.1 #2 a/x: 200 · #2 client: 200 "
            "\"hello\" target=a/x attempts=1 · t=60 #3 a/x: call with A1-secret · t=60.1 #3 a/x: "
            "200 · #3 client: 200 \"hello\" target=a/x attempts=1"));
}

/// The third comes when the first has gone, with the key that has its place back.
void TestWaiting::aPlaceWithAKeyIsWaitedFor()
{
    House house{.targets = kAlone,
                .provider = "key_limits = { concurrent = 1 }",
                .keysOfA = R"(["env:A1", "env:A2"])",
                .more = kServer};
    COMPARE_LOG(
        play(house, "a/x: 200 slow, 200 late, 200", {asks(1), asks(2)}),
        QString::fromUtf8(
            "t=0 a/x: call with A1-secret · t=1 #2 a/x: call with A2-secret · t=20 a/x: 200 slow "
            "· client: 200 \"hello\" target=a/x attempts=1 · #3 a/x: call with A1-secret · "
            "t=20.1 #3 a/x: 200 · #3 client: 200 \"hello\" target=a/x attempts=1 · t=41 #2 a/x: "
            "200 late · #2 client: 200 \"hello\" target=a/x attempts=1"));
}

/// None of sixty requests is left, so that there is one again each second.
void TestWaiting::whatAProviderSaysIsLeftIsKeptTo()
{
    House house{.targets = kAlone, .more = kServer};
    COMPARE_LOG(play(house, "a/x: 200 left 0 of 60 for 60s, 200", {}, {}),
                QString::fromUtf8(
                    "t=0 a/x: call · t=0.1 a/x: 200 left 0 of 60 for 60s · client: 200 "
                    "\"hello\" target=a/x attempts=1"));
    VirtualGateway world(house.toml());
    world.script("a/x: 200 left 0 of 60 for 60s");
    world.ask();
    world.runUntil(Millis(200));
    const auto second = world.ask();
    world.run();
    const RequestRecord &record = world.record(second);
    QVERIFY(record.decision.candidates.at(0).veto == Veto::RateLimited);
    QCOMPARE(record.decision.candidates.at(0).vetoDetail, std::string("none of its keys has room"));
    QCOMPARE(record.status, 200);
    // Said at 0.1 s, asked at 0.2 s, there again at 1.1 s.
    QCOMPARE(record.attempts.at(0).startedAfter, Micros(900'000));
}

void TestWaiting::aClientMayHaveSoManyInTheAir()
{
    House house{.targets = kAlone, .more = client("concurrent = 1")};
    COMPARE_LOG(play(house, "a/x: 200 slow", {asks(1, ofTeam()), asks(21, ofTeam())}, ofTeam()),
                QString::fromUtf8(
                    "t=0 a/x: call · t=1 #2 client: 429 rate_limited (gateway) retry-after=1 · "
                    "t=20 a/x: 200 slow · client: 200 \"hello\" target=a/x attempts=1 · t=21 #3 "
                    "a/x: call · t=21.1 #3 a/x: 200 · #3 client: 200 \"hello\" target=a/x "
                    "attempts=1"));
}

/// One place, 0.1 s a request; the one client brings fifty, and then the other one.
void TestWaiting::aClientWithManyWaitingDoesNotKeepOthersFromTheirTurn()
{
    House house = limited("{ concurrent = 1 }");
    house.more += client("") + "[[client]]\nid = \"other\"\nkey = \"env:OTHER\"\n";
    VirtualGateway world(house.toml());
    for (int i = 0; i < 50; ++i) {
        world.ask(ofTeam());
    }
    const auto other = world.ask({.headers = {{"authorization", "Bearer OTHER-secret"}}});
    world.run();
    QCOMPARE(world.reply(other).status, 200);
    QCOMPARE(world.record(other).total, Micros(300'000)); // one in the air, one before it
    QCOMPARE(world.record(50).total, Micros(5'100'000));
}

QTEST_APPLESS_MAIN(TestWaiting)
#include "tst_waiting.moc"
