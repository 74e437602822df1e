// SPDX-License-Identifier: Apache-2.0
#include "tests/support/house.h"
#include "tests/support/virtual_gateway.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::tests;
using gateway::Act;
using gateway::Actions;

namespace {

const char *const kAlone = R"([{ target = "a/x" }])";

void columns()
{
    QTest::addColumn<QString>("toml");
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<QString>("log");
}

void row(const char *name, const House &house, const char *script, bool stream, const char *log)
{
    QTest::newRow(name) << QString::fromStdString(house.toml()) << QString::fromUtf8(script) << stream
                        << QString::fromUtf8(log);
}

/// One request against the row's script; the whole log.
QString runRow()
{
    QFETCH(QString, toml);
    QFETCH(QString, script);
    QFETCH(bool, stream);
    VirtualGateway world(toml.toStdString());
    world.script(script.toStdString());
    world.ask({.stream = stream});
    world.run();
    return QString::fromStdString(world.log());
}

QString logOf(const VirtualGateway &world)
{
    return QString::fromStdString(world.log());
}

#define COMPARE_LOG(actual, expected) \
    do { \
        const QString is = (actual); \
        const QString should = (expected); \
        QVERIFY2(is == should, qPrintable(QStringLiteral("\nis:     ") + is + QStringLiteral("\nshould: ") + should)); \
    } while (false)

} // namespace

/// Goal: section 4 of the contract, row by row.
/// Method: one request over the targets a/x and b/y, whose upstreams follow a script; the log of all
/// that happened, on a clock that jumps from event to event.
class TestFailover : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serverFaultsGoToTheNextTargetAndCount_data();
    void serverFaultsGoToTheNextTargetAndCount() { COMPARE_LOG(runRow(), expected()); }
    void timersGoOnWithoutRepeating_data();
    void timersGoOnWithoutRepeating() { COMPARE_LOG(runRow(), expected()); }
    void refusalsOfUsCostTheKeyAndNothingElse_data();
    void refusalsOfUsCostTheKeyAndNothingElse() { COMPARE_LOG(runRow(), expected()); }
    void refusalsOfTheRequestArePassedOn_data();
    void refusalsOfTheRequestArePassedOn() { COMPARE_LOG(runRow(), expected()); }
    void brokenStreamsFollowTheRoute_data();
    void brokenStreamsFollowTheRoute() { COMPARE_LOG(runRow(), expected()); }
    void waitsAreForHintsOnly_data();
    void waitsAreForHintsOnly() { COMPARE_LOG(runRow(), expected()); }
    void repeatsFollowTheBudget_data();
    void repeatsFollowTheBudget() { COMPARE_LOG(runRow(), expected()); }
    void theVerdictWeighsAllAttempts_data();
    void theVerdictWeighsAllAttempts() { COMPARE_LOG(runRow(), expected()); }
    void tiersAndWeightsOrderTheTargets_data();
    void tiersAndWeightsOrderTheTargets() { COMPARE_LOG(runRow(), expected()); }

    void aRunOfFailuresOpensAndAProbeCloses();
    void aFailedProbeOpensAgain();
    void failuresOutsideTheWindowDoNotOpen();
    void onlySoManyProbesPassAtATime();
    void aProbeThatTaughtNothingIsGivenBack_data();
    void aProbeThatTaughtNothingIsGivenBack();
    void everythingOpenIsToldWithTheEarliestRecovery();
    void coolingKeysAreToldAsTheLimitTheyAre();
    void refusedKeysStayOutUntilAReset();
    void drainedTargetsFinishWhatTheyHave();
    void forcesWinOverWhatWasLearned();
    void aPinKeepsToItsTarget();
    void aClientThatLeavesEndsEverything_data();
    void aClientThatLeavesEndsEverything();
    void aTargetThatIsTrippedIsWaitedForNoLonger();
    void aTargetThatIsFullIsWaitedForNoLonger();
    void aSlowClientStopsTheIdleTimer();
    void lateEventsOfAnOldAttemptAreIgnored();
    void shutDownEndsEveryPhase_data();
    void shutDownEndsEveryPhase();
    void ownLimitsSendToTheNextTarget();

private:
    static QString expected()
    {
        QFETCH(QString, log);
        return log;
    }
};

void TestFailover::serverFaultsGoToTheNextTargetAndCount_data()
{
    columns();
    for (const char *fault : {"500", "502", "503", "504", "529", "reset", "200 html", "200 empty", "200 void", "200 error", "408"}) {
        for (const bool stream : {false, true}) {
            const QByteArray script = QByteArray("a/x: ") + fault;
            const QByteArray log = QByteArray("t=0 a/x: call · t=0.1 a/x: ") + fault
                + " · a/x: failures 1 · b/y: call · "
                + (stream ? "t=0.5 b/y: 200 · client: 200 stream \"hello\" target=b/y attempts=2"
                          : "t=0.2 b/y: 200 · client: 200 \"hello\" target=b/y attempts=2");
            const QByteArray name = QByteArray(fault) + (stream ? ", streamed" : "");
            row(name.constData(), {}, script.constData(), stream, log.constData());
        }
    }
    for (const char *fault : {"refused", "dns", "tls"}) {
        const QByteArray script = QByteArray("a/x: ") + fault;
        const QByteArray log = QByteArray("t=0 a/x: call · t=0.1 a/x: ") + fault
            + " · a/x: failures 1 · a/x2: failures 1 · b/y: call · t=0.2 b/y: 200 · client: 200 \"hello\" target=b/y attempts=2";
        row(fault, {}, script.constData(), false, log.constData());
    }
    row("an open sibling is passed over",
        {.targets = R"([{ target = "a/x" }, { target = "a/x2" }, { target = "b/y" }])",
         .provider = "breaker = { failures = 1 }"},
        "a/x: refused", false, "?");
    row("a sibling of a server error is not", 
        {.targets = R"([{ target = "a/x" }, { target = "a/x2" }, { target = "b/y" }])",
         .provider = "breaker = { failures = 1 }"},
        "a/x: 500; a/x2: 200", false, "?");
    row("an anthropic target's overload", {.targets = R"([{ target = "c/z" }, { target = "a/x" }])"},
        "c/z: 529", true, "?");
    row("to an anthropic target", {.targets = R"([{ target = "a/x" }, { target = "c/z" }])"}, "a/x: 500", true, "?");
    row("success starts over", {.route = "retry = { same_target = 1, backoff_ms = 0 }"}, "a/x: 500, 200", false, "?");
}

void TestFailover::timersGoOnWithoutRepeating_data()
{
    columns();
    const House repeats{.route = "retry = { same_target = 3 }"};
    row("connect", repeats, "a/x: connect-hang", false, "?");
    row("connect, streamed", repeats, "a/x: connect-hang", true, "?");
    row("first token, no head", repeats, "a/x: hang", true, "?");
    row("first token, role only", repeats, "a/x: stall before content", true, "?");
    row("first token, comments", repeats, "a/x: comments", true, "?");
    row("first token does not hold for JSON", repeats, "a/x: 200 late", false, "?");
    row("first token in time", repeats, "a/x: 200 slow", true, "?");
    row("idle before content", {.provider = "timeouts = { first_token_s = 60, idle_s = 10 }"}, "a/x: stall before content", true, "?");
    row("comments restart idle", {.provider = "timeouts = { first_token_s = 60, idle_s = 10.5 }"}, "a/x: comments", true, "?");
    row("idle after content", {}, "a/x: stall after content", true, "?");
    row("a slow stream is fine", {}, "a/x: drip", true, "?");
    row("total", {.provider = "timeouts = { total_s = 20 }"}, "a/x: hang", false, "?");
    row("total, head sent", {.provider = "timeouts = { total_s = 20 }"}, "a/x: head-hang", false, "?");
    row("total after content", {.provider = "timeouts = { total_s = 50 }"}, "a/x: drip", true, "?");
    row("the deadline ends the request", {.route = "deadline_s = 10"}, "a/x: hang", false, "?");
    row("the deadline after content", {.route = "deadline_s = 50"}, "a/x: drip", true, "?");
    row("a timer and no time left", {.route = "deadline_s = 5"}, "a/x: connect-hang", false, "?");
    row("the deadline in the second attempt", {.route = "deadline_s = 40"}, "a/x: hang; b/y: hang", true, "?");
}

void TestFailover::refusalsOfUsCostTheKeyAndNothingElse_data()
{
    columns();
    row("429", {}, "a/x: 429", false, "?");
    row("429 with hint", {}, "a/x: 429 hint 2s", false, "?");
    row("429, streamed", {}, "a/x: 429", true, "?");
    row("throttled in the stream", {}, "a/x: throttled before content", true, "?");
    row("401", {}, "a/x: 401", false, "?");
    row("403", {}, "a/x: 403", false, "?");
    row("key error as 400", {}, "a/x: 400 key", false, "?");
    row("key error in the stream", {}, "a/x: key before content", true, "?");
    row("402", {}, "a/x: 402", false, "?");
    row("billing as 429", {}, "a/x: 429 billing", false, "?");
    row("billing as 400", {.kindOfA = "qwen"}, "a/x: 400 billing", false, "?");
    row("a throttle in billing's words", {.kindOfA = "qwen"}, "a/x: 429 billing", false, "?");
    const House two{.keysOfA = R"(["env:A1", "env:A2"])"};
    row("401 with a second key", two, "a/x: 401, 200", false, "?");
    row("401 twice", two, "a/x: 401, 401", false, "?");
    row("402 with a second key", two, "a/x: 402, 200", false, "?");
    row("429 with a second key", two, "a/x: 429, 200", false, "?");
    row("429 with a second key, alone", {.targets = kAlone, .keysOfA = R"(["env:A1", "env:A2"])"}, "a/x: 429, 200", false, "?");
    row("unreadable keys are skipped", {.keysOfA = R"(["env:GONE", "env:A2"])"}, "a/x: 200", false, "?");
    row("no readable key", {.keysOfA = R"(["env:GONE"])"}, "b/y: 200", false, "?");
    row("404", {}, "a/x: 404", false, "?");
    row("404 as 400", {}, "a/x: 400 model", false, "?");
}

void TestFailover::refusalsOfTheRequestArePassedOn_data()
{
    columns();
    for (const char *refusal : {"400", "413", "422", "400 context", "400 content"}) {
        const QByteArray script = QByteArray("a/x: ") + refusal;
        row(refusal, {.route = "retry = { same_target = 2 }"}, script.constData(), false, "?");
    }
    row("400, streamed", {}, "a/x: 400", true, "?");
    row("400 at the second target", {}, "a/x: 503; b/y: 400", false, "?");
}

void TestFailover::brokenStreamsFollowTheRoute_data()
{
    columns();
    for (const char *fault : {"cut", "end", "garbage", "error"}) {
        for (const char *when : {" before content", " after content"}) {
            for (const char *mode : {"fail", "restart-before-content"}) {
                const QByteArray behaviour = QByteArray(fault) + when;
                const QByteArray name = behaviour + ", " + mode;
                row(name.constData(), {.route = std::string("on_stream_break = \"") + mode + "\""},
                    ("a/x: " + behaviour).constData(), true, "?");
            }
        }
    }
    row("fail still goes on where no stream began", {.route = "on_stream_break = \"fail\""}, "a/x: 503", true, "?");
    row("repeated at the same target", {.route = "retry = { same_target = 1, backoff_ms = 0 }"}, "a/x: cut before content", true, "?");
    row("not repeated after content", {.route = "retry = { same_target = 1, backoff_ms = 0 }"}, "a/x: cut after content", true, "?");
    row("a refused key after content", {}, "a/x: key after content", true, "?");
    row("anthropic, before", {.targets = R"([{ target = "c/z" }, { target = "a/x" }])"}, "c/z: error before content", true, "?");
    row("anthropic, after", {.targets = R"([{ target = "c/z" }, { target = "a/x" }])"}, "c/z: end after content", true, "?");
}

void TestFailover::waitsAreForHintsOnly_data()
{
    columns();
    row("alone", {.targets = kAlone}, "a/x: 429 hint 2s", false, "?");
    row("alone, again and again", {.targets = kAlone}, "a/x: 429 hint 2s, 429 hint 3s, 429 hint 4s, 429 hint 5s", false, "?");
    row("alone, without a hint", {.targets = kAlone}, "a/x: 429", false, "?");
    row("over the cap", {.targets = kAlone, .route = "retry = { retry_after_cap_s = 5 }"}, "a/x: 429 hint 6s", false, "?");
    row("within the cap", {.targets = kAlone, .route = "retry = { retry_after_cap_s = 5 }"}, "a/x: 429 hint 5s", false, "?");
    row("over the deadline", {.targets = kAlone, .route = "deadline_s = 5"}, "a/x: 429 hint 5s", false, "?");
    row("within the deadline", {.targets = kAlone, .route = "deadline_s = 5"}, "a/x: 429 hint 4s", false, "?");
    row("over an hour", {.targets = kAlone}, "a/x: 429 hint 7200s", false, "?");
    row("the earliest of two", {}, "a/x: 429 hint 5s; b/y: 429 hint 2s", false, "?");
    row("the limited one after a failed one", {}, "a/x: 429 hint 2s; b/y: 503", false, "?");
    row("no attempt left to wait for", {.targets = kAlone, .route = "retry = { attempts = 1 }"}, "a/x: 429 hint 2s", false, "?");
    row("a hint of nothing", {.targets = kAlone}, "a/x: 429 hint 0s", false, "?");
    const House again{.route = "retry = { same_target = 1, retry_after_cap_s = 5 }"};
    row("503's hint wins over backoff", again, "a/x: 503 hint 3s, 200", false, "?");
    row("503's hint over the cap", again, "a/x: 503 hint 6s", false, "?");
}

void TestFailover::repeatsFollowTheBudget_data()
{
    columns();
    row("with backoff", {.route = "retry = { same_target = 2 }"}, "a/x: 503, 503, 200", false, "?");
    row("then the next", {.route = "retry = { same_target = 2 }"}, "a/x: 503, 503, 503", false, "?");
    row("while attempts last", {.route = "retry = { same_target = 9, attempts = 3 }"}, "a/x: 503, 503, 503", false, "?");
    row("while its breaker lets it", {.route = "retry = { same_target = 9 }", .provider = "breaker = { failures = 2 }"}, "a/x: 503, 503", false, "?");
    row("while the deadline lets it", {.targets = kAlone, .route = "retry = { same_target = 9, attempts = 9, backoff_ms = 8000 }\ndeadline_s = 6"}, "a/x: 503, 503, 503", false, "?");
    row("streamed", {.route = "retry = { same_target = 1 }"}, "a/x: 503, 200", true, "?");
    row("one attempt", {.route = "retry = { attempts = 1 }"}, "a/x: 503", false, "?");
    row("four attempts over five targets", {.targets = R"([{ target = "a/x" }, { target = "a/x2" }, { target = "b/y" }, { target = "c/z" }, { target = "b/y2" }])", .modelsOfB = "[[provider.model]]\nname = \"y\"\n[[provider.model]]\nname = \"y2\"\n"}, "a/x: 503; a/x2: 503; b/y: 503; c/z: 503", false, "?");
}

void TestFailover::theVerdictWeighsAllAttempts_data()
{
    columns();
    row("all timers", {}, "a/x: hang; b/y: stall before content", true, "?");
    row("all 429", {}, "a/x: 429; b/y: 429 hint 100s", false, "?");
    row("all keys refused", {}, "a/x: 401; b/y: 403", false, "?");
    row("all billing", {}, "a/x: 402; b/y: 429 billing", false, "?");
    row("all models unknown", {}, "a/x: 404; b/y: 400 model", false, "?");
    row("all 5xx", {}, "a/x: 503; b/y: 500", false, "?");
    row("a mixture of timer and 5xx", {}, "a/x: hang; b/y: 503", true, "?");
    row("a mixture of 429 and 401", {}, "a/x: 429; b/y: 401", false, "?");
    row("a mixture of 404 and 402", {}, "a/x: 404; b/y: 402", false, "?");
    row("a timer and a target without a key", {.keysOfA = R"(["env:GONE"])"}, "b/y: hang", true, "?");
    row("every key missing", {.targets = kAlone, .keysOfA = R"(["env:GONE"])"}, "a/x: 200", false, "?");
}

void TestFailover::tiersAndWeightsOrderTheTargets_data()
{
    columns();
    const char *const tiers = R"([{ target = "b/y", tier = 2 }, { target = "a/x" }, { target = "a/x2" }])";
    row("tier 1 serves", {.targets = tiers}, "a/x: 200", false, "?");
    row("tier 2 after all of tier 1", {.targets = tiers}, "a/x: 503; a/x2: 503", false, "?");
    row("weight 0 comes last", {.targets = R"([{ target = "b/y", weight = 0 }, { target = "a/x", weight = 1 }])", .route = ""}, "a/x: 503", false, "?");
}

void TestFailover::aRunOfFailuresOpensAndAProbeCloses()
{
    VirtualGateway world(House{.provider = "breaker = { failures = 2, open_s = 30 }"}.toml());
    world.script("a/x: 503, 503");
    world.ask();
    world.at(Seconds(1), [&] { world.ask(); });
    world.at(Seconds(2), [&] { world.ask(); });
    world.at(Seconds(32), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
}

void TestFailover::aFailedProbeOpensAgain()
{
    VirtualGateway world(House{.provider = "breaker = { failures = 1, open_s = 30 }"}.toml());
    world.script("a/x: 503, 503");
    world.ask();
    world.at(Seconds(31), [&] { world.ask(); });
    world.at(Seconds(60), [&] { world.ask(); });
    world.at(Seconds(62), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
}

void TestFailover::failuresOutsideTheWindowDoNotOpen()
{
    VirtualGateway world(House{.provider = "breaker = { failures = 2, window_s = 60 }"}.toml());
    world.script("a/x: 503, 503, 503");
    world.ask();
    world.at(Seconds(61), [&] { world.ask(); });
    world.at(Seconds(121), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
}

void TestFailover::onlySoManyProbesPassAtATime()
{
    VirtualGateway world(House{.provider = "breaker = { failures = 1, open_s = 30, probes = 2 }"}.toml());
    world.script("a/x: 503");
    world.ask();
    world.runUntil(Seconds(40));
    world.clearLog();
    world.ask();
    world.ask();
    world.ask();
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
}

void TestFailover::aProbeThatTaughtNothingIsGivenBack_data()
{
    QTest::addColumn<QString>("probe");
    QTest::addColumn<QString>("log");
    for (const char *probe : {"429 hint 1s", "400", "404", "hang"}) {
        QTest::newRow(probe) << QString::fromUtf8(probe) << QStringLiteral("?");
    }
}

/// Goal: what says nothing about the target leaves its breaker half-open and its probe free.
/// Method: the only probe ends so; a request five seconds later is the next probe and closes it. The
/// client of the hanging one leaves.
void TestFailover::aProbeThatTaughtNothingIsGivenBack()
{
    QFETCH(QString, probe);
    QFETCH(QString, log);
    VirtualGateway world(House{.targets = R"([{ target = "a/x" }])", .route = "retry = { attempts = 1 }", .provider = "breaker = { failures = 1, open_s = 30 }"}.toml());
    world.script("a/x: 503, " + probe.toStdString());
    world.ask();
    world.runUntil(Seconds(40));
    world.clearLog();
    const auto id = world.ask();
    if (probe == QLatin1String("hang")) {
        world.at(Seconds(41), [&] { world.leave(id); });
    }
    world.at(Seconds(45), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world), log);
}

void TestFailover::everythingOpenIsToldWithTheEarliestRecovery()
{
    VirtualGateway world(House{.provider = "breaker = { failures = 1, open_s = 30 }"}.toml());
    world.script("a/x: 503; b/y: 500, 500");
    world.ask();
    world.at(Seconds(10), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
}

void TestFailover::coolingKeysAreToldAsTheLimitTheyAre()
{
    VirtualGateway world(House{}.toml());
    world.script("a/x: 429 hint 100s; b/y: 429");
    world.ask();
    world.at(Seconds(10), [&] { world.ask(); });
    world.at(Seconds(61), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
}

void TestFailover::refusedKeysStayOutUntilAReset()
{
    VirtualGateway world(House{.targets = kAlone}.toml());
    world.script("a/x: 401");
    world.ask();
    world.at(Seconds(36'000), [&] { world.ask(); });
    world.at(Seconds(36'001), [&] { world.operate(Act::Reset, "a/x"); });
    world.at(Seconds(36'002), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
}

void TestFailover::drainedTargetsFinishWhatTheyHave()
{
    VirtualGateway world(House{}.toml());
    world.script("a/x: 200 slow");
    world.ask();
    world.at(Seconds(1), [&] { world.operate(Act::Drain, "a/x"); });
    world.at(Seconds(2), [&] { world.ask(); });
    world.at(Seconds(30), [&] { world.operate(Act::Undrain, "a/x"); });
    world.at(Seconds(31), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
}

void TestFailover::forcesWinOverWhatWasLearned()
{
    VirtualGateway world(House{.provider = "breaker = { failures = 1, open_s = 100 }"}.toml());
    world.script("a/x: 200, 503, 503; b/y: 200");
    world.operate(Act::Trip, "a/x", Seconds(10));
    world.ask();
    world.at(Seconds(11), [&] { world.ask(); });
    world.at(Seconds(12), [&] { world.operate(Act::Hold, "a/x"); });
    world.at(Seconds(13), [&] { world.ask(); });
    world.at(Seconds(14), [&] { world.ask(); });
    world.at(Seconds(15), [&] { world.operate(Act::Reset, "a/x"); });
    world.at(Seconds(16), [&] { world.operate(Act::Trip, "a/x"); world.operate(Act::Trip, "b/y"); });
    world.at(Seconds(17), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
}

void TestFailover::aPinKeepsToItsTarget()
{
    VirtualGateway world(House{.route = "retry = { same_target = 1, backoff_ms = 0 }", .keysOfA = R"(["env:A1", "env:A2"])"}.toml());
    world.script("a/x: 401, 503, 503; b/y: 503, 503");
    const Ask pinned{.headers = {{"x-signalbox-target", "a/x"}}};
    world.ask(pinned);
    world.at(Seconds(1), [&] { world.ask({.model = "b/y"}); });
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
}

void TestFailover::aClientThatLeavesEndsEverything_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("afterMs");
    QTest::addColumn<QString>("log");
    QTest::newRow("while connecting") << "a/x: connect-hang" << 1000 << "?";
    QTest::newRow("while waiting for the head") << "a/x: hang" << 1000 << "?";
    QTest::newRow("before content") << "a/x: stall before content" << 1000 << "?";
    QTest::newRow("after content") << "a/x: stall after content" << 1000 << "?";
    QTest::newRow("in the backoff") << "a/x: 503" << 101 << "?";
    QTest::newRow("in the second attempt") << "a/x: 404; b/y: hang" << 1000 << "?";
    QTest::newRow("while waiting for a hint") << "a/x: 429 hint 5s; b/y: 404" << 1000 << "?";
}

void TestFailover::aClientThatLeavesEndsEverything()
{
    QFETCH(QString, script);
    QFETCH(int, afterMs);
    QFETCH(QString, log);
    VirtualGateway world(House{.route = "retry = { same_target = 1 }"}.toml());
    world.script(script.toStdString());
    const auto id = world.ask({.stream = true});
    world.at(Millis(afterMs), [&] { world.leave(id); });
    world.run();
    COMPARE_LOG(logOf(world), log);
    QVERIFY(world.record(id).abandoned);
    QVERIFY(world.record(id).outcome == OutcomeClass::ClientGone);
}

void TestFailover::aTargetThatIsTrippedIsWaitedForNoLonger()
{
    VirtualGateway world(House{.targets = kAlone}.toml());
    world.script("a/x: 429 hint 5s");
    world.ask();
    world.at(Seconds(1), [&] { world.operate(Act::Trip, "a/x"); });
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
}

void TestFailover::aTargetThatIsFullIsWaitedForNoLonger()
{
    VirtualGateway world(House{.targets = kAlone, .limitsOfA = "{ concurrent = 1 }"}.toml());
    world.script("a/x: 429 hint 5s, 200 late");
    world.ask();
    world.at(Seconds(1), [&] { world.operate(Act::Reset, "a/x"); world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
}

void TestFailover::aSlowClientStopsTheIdleTimer()
{
    VirtualGateway world(House{.targets = kAlone}.toml());
    world.script("a/x: stall after content");
    const auto id = world.ask({.stream = true});
    world.at(Seconds(20), [&] { world.setSlow(id, true); });
    world.at(Seconds(200), [&] { world.setSlow(id, false); });
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
}

/// Goal: whatever a cancelled or finished attempt still reports changes nothing.
/// Method: the upstream goes on sending after each kind of end, with other attempts in the air.
void TestFailover::lateEventsOfAnOldAttemptAreIgnored()
{
    VirtualGateway world(House{.provider = "timeouts = { first_token_s = 10 }"}.toml());
    world.deliverLateEvents();
    world.script("a/x: 200 late, 200 slow, garbage before content, 200; b/y: 200 late");
    world.ask({.stream = true});
    world.at(Seconds(100), [&] { world.ask(); });
    world.at(Seconds(101), [&] { world.leave(2); });
    world.at(Seconds(200), [&] { world.ask({.stream = true}); });
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
    Actions none;
    for (gateway::AttemptId attempt = 0; attempt < 9; ++attempt) {
        world.gateway().upstream(attempt, gateway::UpstreamEnd{}, world.now(), none);
        world.gateway().upstream(attempt, gateway::UpstreamBytes{"late"}, world.now(), none);
    }
    for (gateway::ExchangeId id = 0; id < 9; ++id) {
        world.gateway().clientGone(id, world.now(), none);
        world.gateway().clientSlow(id, true, world.now());
    }
    world.gateway().advance(world.now(), none);
    QVERIFY(none.empty());
}

void TestFailover::shutDownEndsEveryPhase_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<QString>("log");
    QTest::newRow("while connecting") << "a/x: connect-hang" << true << "?";
    QTest::newRow("while waiting for the head") << "a/x: hang" << false << "?";
    QTest::newRow("before content") << "a/x: stall before content" << true << "?";
    QTest::newRow("after content") << "a/x: stall after content" << true << "?";
    QTest::newRow("while waiting for a hint") << "a/x: 429 hint 50s; b/y: 404" << false << "?";
}

void TestFailover::shutDownEndsEveryPhase()
{
    QFETCH(QString, script);
    QFETCH(bool, stream);
    QFETCH(QString, log);
    VirtualGateway world(House{}.toml());
    world.script(script.toStdString());
    world.ask({.stream = stream});
    world.at(Seconds(1), [&] { world.shutDown(); });
    world.run();
    COMPARE_LOG(logOf(world), log);
}

void TestFailover::ownLimitsSendToTheNextTarget()
{
    VirtualGateway world(House{.limitsOfA = "{ concurrent = 1 }"}.toml());
    world.script("a/x: 200 slow");
    world.ask();
    world.ask();
    world.run();
    COMPARE_LOG(logOf(world), QStringLiteral("?"));
}

QTEST_APPLESS_MAIN(TestFailover)

#include "tst_failover.moc"
