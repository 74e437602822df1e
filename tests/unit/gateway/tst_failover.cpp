// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"
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
    QTest::newRow(name) << QString::fromStdString(house.toml()) << QString::fromUtf8(script)
                        << stream << QString::fromUtf8(log);
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
    void aResetBringsNoKeyThatCouldNotBeRead();
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
    for (const char *fault : {"500",
                              "502",
                              "503",
                              "504",
                              "529",
                              "reset",
                              "200 html",
                              "200 empty",
                              "200 void",
                              "200 error",
                              "408"}) {
        for (const bool stream : {false, true}) {
            const QByteArray script = QByteArray("a/x: ") + fault;
            const QByteArray log =
                QByteArray("t=0 a/x: call · t=0.1 a/x: ") + fault
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
                               + " · a/x: failures 1 · a/x2: failures 1 · b/y: call · t=0.2 b/y: "
                                 "200 · client: 200 \"hello\" target=b/y attempts=2";
        row(fault, {}, script.constData(), false, log.constData());
    }
    row("an open sibling is passed over",
        {.targets = R"([{ target = "a/x" }, { target = "a/x2" }, { target = "b/y" }])",
         .provider = "breaker = { failures = 1 }"},
        "a/x: refused",
        false,
        "t=0 a/x: call · t=0.1 a/x: refused · a/x: open · a/x2: open · b/y: call · "
        "t=0.2 b/y: 200 · client: 200 \"hello\" target=b/y attempts=2");
    row("a sibling of a server error is not",
        {.targets = R"([{ target = "a/x" }, { target = "a/x2" }, { target = "b/y" }])",
         .provider = "breaker = { failures = 1 }"},
        "a/x: 500; a/x2: 200",
        false,
        "t=0 a/x: call · t=0.1 a/x: 500 · a/x: open · a/x2: call · t=0.2 a/x2: 200 · "
        "client: 200 \"hello\" target=a/x2 attempts=2");
    row("an anthropic target's overload",
        {.targets = R"([{ target = "c/z" }, { target = "a/x" }])"},
        "c/z: 529",
        true,
        "t=0 c/z: call · t=0.1 c/z: 529 · c/z: failures 1 · a/x: call · t=0.5 a/x: 200 · "
        "client: 200 stream \"hello\" target=a/x attempts=2");
    row("to an anthropic target",
        {.targets = R"([{ target = "a/x" }, { target = "c/z" }])"},
        "a/x: 500",
        true,
        "t=0 a/x: call · t=0.1 a/x: 500 · a/x: failures 1 · c/z: call · t=0.5 c/z: 200 · "
        "client: 200 stream \"hello\" target=c/z attempts=2");
    row("success starts over",
        {.route = "retry = { same_target = 1, backoff_ms = 0 }"},
        "a/x: 500, 200",
        false,
        "t=0 a/x: call · t=0.1 a/x: 500 · a/x: failures 1 · a/x: call · t=0.2 a/x: 200 · "
        "a/x: failures 0 · client: 200 \"hello\" target=a/x attempts=2");
}

void TestFailover::timersGoOnWithoutRepeating_data()
{
    columns();
    const House repeats{.route = "retry = { same_target = 3 }"};
    row("connect",
        repeats,
        "a/x: connect-hang",
        false,
        "t=0 a/x: call · t=5 a/x: cut off · a/x: failures 1 · b/y: call · t=5.1 b/y: 200 · "
        "client: 200 \"hello\" target=b/y attempts=2");
    row("connect, streamed",
        repeats,
        "a/x: connect-hang",
        true,
        "t=0 a/x: call · t=5 a/x: cut off · a/x: failures 1 · b/y: call · t=5.4 b/y: 200 · "
        "client: 200 stream \"hello\" target=b/y attempts=2");
    row("first token, no head",
        repeats,
        "a/x: hang",
        true,
        "t=0 a/x: call · t=30 a/x: cut off · a/x: failures 1 · b/y: call · t=30.4 b/y: 200 · "
        "client: 200 stream \"hello\" target=b/y attempts=2");
    row("first token, role only",
        repeats,
        "a/x: stall before content",
        true,
        "t=0 a/x: call · t=30 a/x: cut off · a/x: failures 1 · b/y: call · t=30.4 b/y: 200 · "
        "client: 200 stream \"hello\" target=b/y attempts=2");
    row("first token, comments",
        repeats,
        "a/x: comments",
        true,
        "t=0 a/x: call · t=30 a/x: cut off · a/x: failures 1 · b/y: call · t=30.4 b/y: 200 · "
        "client: 200 stream \"hello\" target=b/y attempts=2");
    row("first token does not hold for JSON",
        repeats,
        "a/x: 200 late",
        false,
        "t=0 a/x: call · t=40 a/x: 200 late · client: 200 \"hello\" target=a/x attempts=1");
    row("first token in time",
        repeats,
        "a/x: 200 slow",
        true,
        "t=0 a/x: call · t=20.3 a/x: 200 slow · "
        "client: 200 stream \"hello\" target=a/x attempts=1");
    row("idle before content",
        {.provider = "timeouts = { first_token_s = 60, idle_s = 10 }"},
        "a/x: stall before content",
        true,
        "t=0 a/x: call · t=10.1 a/x: cut off · a/x: failures 1 · b/y: call · "
        "t=10.5 b/y: 200 · client: 200 stream \"hello\" target=b/y attempts=2");
    row("comments restart idle",
        {.provider = "timeouts = { first_token_s = 60, idle_s = 10.5 }"},
        "a/x: comments",
        true,
        "t=0 a/x: call · t=60 a/x: cut off · a/x: failures 1 · b/y: call · t=60.4 b/y: 200 · "
        "client: 200 stream \"hello\" target=b/y attempts=2");
    row("idle after content",
        {},
        "a/x: stall after content",
        true,
        "t=0 a/x: call · t=30.2 a/x: cut off · a/x: failures 1 · "
        "client: 200 stream \"hel\" upstream_timeout target=a/x attempts=1");
    row("a slow stream is fine",
        {},
        "a/x: drip",
        true,
        "t=0 a/x: call · t=80.1 a/x: drip · client: 200 stream \"1234\" target=a/x attempts=1");
    row("total",
        {.provider = "timeouts = { total_s = 20 }"},
        "a/x: hang",
        false,
        "t=0 a/x: call · t=20 a/x: cut off · a/x: failures 1 · b/y: call · t=20.1 b/y: 200 · "
        "client: 200 \"hello\" target=b/y attempts=2");
    row("total, head sent",
        {.provider = "timeouts = { total_s = 20 }"},
        "a/x: head-hang",
        false,
        "t=0 a/x: call · t=20 a/x: cut off · a/x: failures 1 · b/y: call · t=20.1 b/y: 200 · "
        "client: 200 \"hello\" target=b/y attempts=2");
    row("total after content",
        {.provider = "timeouts = { total_s = 50 }"},
        "a/x: drip",
        true,
        "t=0 a/x: call · t=50 a/x: cut off · a/x: failures 1 · "
        "client: 200 stream \"12\" upstream_timeout target=a/x attempts=1");
    row("the deadline ends the request",
        {.route = "deadline_s = 10"},
        "a/x: hang",
        false,
        "t=0 a/x: call · t=10 a/x: cut off · "
        "client: 504 upstream_timeout (upstream) target=a/x attempts=1");
    row("the deadline after content",
        {.route = "deadline_s = 50"},
        "a/x: drip",
        true,
        "t=0 a/x: call · t=50 a/x: cut off · "
        "client: 200 stream \"12\" upstream_timeout target=a/x attempts=1");
    row("a timer and no time left",
        {.route = "deadline_s = 5"},
        "a/x: connect-hang",
        false,
        "t=0 a/x: call · t=5 a/x: cut off · a/x: failures 1 · "
        "client: 504 upstream_timeout (upstream) target=a/x attempts=1");
    row("the deadline in the second attempt",
        {.route = "deadline_s = 40"},
        "a/x: hang; b/y: hang",
        true,
        "t=0 a/x: call · t=30 a/x: cut off · a/x: failures 1 · b/y: call · "
        "t=40 b/y: cut off · client: 504 upstream_timeout (upstream) target=b/y attempts=2");
}

void TestFailover::refusalsOfUsCostTheKeyAndNothingElse_data()
{
    columns();
    row("429",
        {},
        "a/x: 429",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 · env:A1 cools until 60.1, rate_limited · "
        "b/y: call · t=0.2 b/y: 200 · client: 200 \"hello\" target=b/y attempts=2");
    row("429 with hint",
        {},
        "a/x: 429 hint 2s",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 hint 2s · env:A1 cools until 2.1, rate_limited · "
        "b/y: call · t=0.2 b/y: 200 · client: 200 \"hello\" target=b/y attempts=2");
    row("429, streamed",
        {},
        "a/x: 429",
        true,
        "t=0 a/x: call · t=0.1 a/x: 429 · env:A1 cools until 60.1, rate_limited · "
        "b/y: call · t=0.5 b/y: 200 · client: 200 stream \"hello\" target=b/y attempts=2");
    row("throttled in the stream",
        {},
        "a/x: throttled before content",
        true,
        "t=0 a/x: call · t=0.2 a/x: throttled before content · "
        "env:A1 cools until 60.2, rate_limited · b/y: call · t=0.6 b/y: 200 · "
        "client: 200 stream \"hello\" target=b/y attempts=2");
    row("401",
        {},
        "a/x: 401",
        false,
        "t=0 a/x: call · t=0.1 a/x: 401 · env:A1 disabled, auth_failed · b/y: call · "
        "t=0.2 b/y: 200 · client: 200 \"hello\" target=b/y attempts=2");
    row("403",
        {},
        "a/x: 403",
        false,
        "t=0 a/x: call · t=0.1 a/x: 403 · env:A1 disabled, auth_failed · b/y: call · "
        "t=0.2 b/y: 200 · client: 200 \"hello\" target=b/y attempts=2");
    row("key error as 400",
        {},
        "a/x: 400 key",
        false,
        "t=0 a/x: call · t=0.1 a/x: 400 key · env:A1 disabled, auth_failed · b/y: call · "
        "t=0.2 b/y: 200 · client: 200 \"hello\" target=b/y attempts=2");
    row("key error in the stream",
        {},
        "a/x: key before content",
        true,
        "t=0 a/x: call · t=0.2 a/x: key before content · env:A1 disabled, auth_failed · "
        "b/y: call · t=0.6 b/y: 200 · client: 200 stream \"hello\" target=b/y attempts=2");
    row("402",
        {},
        "a/x: 402",
        false,
        "t=0 a/x: call · t=0.1 a/x: 402 · env:A1 cools until 3600.1, billing_refused · "
        "b/y: call · t=0.2 b/y: 200 · client: 200 \"hello\" target=b/y attempts=2");
    row("billing as 429",
        {},
        "a/x: 429 billing",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 billing · "
        "env:A1 cools until 3600.1, billing_refused · b/y: call · t=0.2 b/y: 200 · "
        "client: 200 \"hello\" target=b/y attempts=2");
    row("billing as 400",
        {.kindOfA = "qwen"},
        "a/x: 400 billing",
        false,
        "t=0 a/x: call · t=0.1 a/x: 400 billing · "
        "env:A1 cools until 3600.1, billing_refused · b/y: call · t=0.2 b/y: 200 · "
        "client: 200 \"hello\" target=b/y attempts=2");
    row("a throttle in billing's words",
        {.kindOfA = "qwen"},
        "a/x: 429 billing",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 billing · env:A1 cools until 60.1, rate_limited · "
        "b/y: call · t=0.2 b/y: 200 · client: 200 \"hello\" target=b/y attempts=2");
    const House two{.keysOfA = R"(["env:A1", "env:A2"])"};
    row("401 with a second key",
        two,
        "a/x: 401, 200",
        false,
        "t=0 a/x: call with A1-secret · t=0.1 a/x: 401 · env:A1 disabled, auth_failed · "
        "a/x: call with A2-secret · t=0.2 a/x: 200 · "
        "client: 200 \"hello\" target=a/x attempts=2");
    row("401 twice",
        two,
        "a/x: 401, 401",
        false,
        "t=0 a/x: call with A1-secret · t=0.1 a/x: 401 · env:A1 disabled, auth_failed · "
        "a/x: call with A2-secret · t=0.2 a/x: 401 · env:A2 disabled, auth_failed · "
        "b/y: call · t=0.3 b/y: 200 · client: 200 \"hello\" target=b/y attempts=3");
    row("402 with a second key",
        two,
        "a/x: 402, 200",
        false,
        "t=0 a/x: call with A1-secret · t=0.1 a/x: 402 · "
        "env:A1 cools until 3600.1, billing_refused · a/x: call with A2-secret · "
        "t=0.2 a/x: 200 · client: 200 \"hello\" target=a/x attempts=2");
    row("429 with a second key",
        two,
        "a/x: 429, 200",
        false,
        "t=0 a/x: call with A1-secret · t=0.1 a/x: 429 · "
        "env:A1 cools until 60.1, rate_limited · b/y: call · t=0.2 b/y: 200 · "
        "client: 200 \"hello\" target=b/y attempts=2");
    row("429 with a second key, alone",
        {.targets = kAlone, .keysOfA = R"(["env:A1", "env:A2"])"},
        "a/x: 429, 200",
        false,
        "t=0 a/x: call with A1-secret · t=0.1 a/x: 429 · "
        "env:A1 cools until 60.1, rate_limited · a/x: call with A2-secret · t=0.2 a/x: 200 · "
        "client: 200 \"hello\" target=a/x attempts=2");
    row("unreadable keys are skipped",
        {.keysOfA = R"(["env:GONE", "env:A2"])"},
        "a/x: 200",
        false,
        "t=0 env:GONE disabled, could not be read · a/x: call with A2-secret · "
        "t=0.1 a/x: 200 · client: 200 \"hello\" target=a/x attempts=1");
    row("no readable key",
        {.keysOfA = R"(["env:GONE"])"},
        "b/y: 200",
        false,
        "t=0 env:GONE disabled, could not be read · b/y: call · t=0.1 b/y: 200 · "
        "client: 200 \"hello\" target=b/y attempts=1");
    row("404",
        {},
        "a/x: 404",
        false,
        "t=0 a/x: call · t=0.1 a/x: 404 · a/x: misconfigured · b/y: call · t=0.2 b/y: 200 · "
        "client: 200 \"hello\" target=b/y attempts=2");
    row("404 as 400",
        {},
        "a/x: 400 model",
        false,
        "t=0 a/x: call · t=0.1 a/x: 400 model · a/x: misconfigured · b/y: call · "
        "t=0.2 b/y: 200 · client: 200 \"hello\" target=b/y attempts=2");
}

void TestFailover::refusalsOfTheRequestArePassedOn_data()
{
    columns();
    const std::pair<const char *, const char *> refusals[] = {
        {"400", "400 wrong_value"},
        {"413", "413 invalid_request"},
        {"422", "422 wrong_value"},
        {"400 context", "400 context_length_exceeded"},
        {"400 content", "400 content_filter"},
    };
    for (const auto &[refusal, answer] : refusals) {
        const QByteArray script = QByteArray("a/x: ") + refusal;
        const QByteArray log = "t=0 a/x: call · t=0.1 " + script + " · client: " + answer
                               + " (upstream) target=a/x attempts=1";
        const House repeats{.route = "retry = { same_target = 2 }"};
        row(refusal, repeats, script.constData(), false, log.constData());
    }
    row("400, streamed",
        {},
        "a/x: 400",
        true,
        "t=0 a/x: call · t=0.1 a/x: 400 · "
        "client: 400 wrong_value (upstream) target=a/x attempts=1");
    row("400 at the second target",
        {},
        "a/x: 503; b/y: 400",
        false,
        "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · b/y: call · t=0.2 b/y: 400 · "
        "client: 400 wrong_value (upstream) target=b/y attempts=2");
}

void TestFailover::brokenStreamsFollowTheRoute_data()
{
    columns();
    for (const char *fault : {"cut", "end", "garbage", "error"}) {
        for (const std::string mode : {"fail", "restart-before-content"}) {
            const House house{.route = "on_stream_break = \"" + mode + "\""};
            const QByteArray name = QByteArray(fault) + ", " + mode.c_str();
            const QByteArray before = QByteArray("a/x: ") + fault + " before content";
            const QByteArray log =
                "t=0 a/x: call · t=0.2 " + before + " · a/x: failures 1 · "
                + (mode == "fail" ? "client: 503 no_target_available (upstream) target=a/x "
                                    "attempts=1 retry-after=1"
                                  : "b/y: call · t=0.6 b/y: 200 · client: 200 stream \"hello\" "
                                    "target=b/y attempts=2");
            row((name + ", before").constData(), house, before.constData(), true, log.constData());
            const QByteArray after = QByteArray("a/x: ") + fault + " after content";
            const QByteArray broken =
                "t=0 a/x: call · t=0.3 " + after + " · a/x: failures 1 · "
                + "client: 200 stream \"hel\" upstream_stream_broken target=a/x attempts=1";
            row((name + ", after").constData(), house, after.constData(), true, broken.constData());
        }
    }
    row("fail still goes on where no stream began",
        {.route = "on_stream_break = \"fail\""},
        "a/x: 503",
        true,
        "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · b/y: call · t=0.5 b/y: 200 · "
        "client: 200 stream \"hello\" target=b/y attempts=2");
    row("repeated at the same target",
        {.route = "retry = { same_target = 1, backoff_ms = 0 }"},
        "a/x: cut before content",
        true,
        "t=0 a/x: call · t=0.2 a/x: cut before content · a/x: failures 1 · a/x: call · "
        "t=0.6 a/x: 200 · a/x: failures 0 · client: 200 stream \"hello\" target=a/x attempts=2");
    row("not repeated after content",
        {.route = "retry = { same_target = 1, backoff_ms = 0 }"},
        "a/x: cut after content",
        true,
        "t=0 a/x: call · t=0.3 a/x: cut after content · a/x: failures 1 · "
        "client: 200 stream \"hel\" upstream_stream_broken target=a/x attempts=1");
    row("a refused key after content",
        {},
        "a/x: key after content",
        true,
        "t=0 a/x: call · t=0.3 a/x: key after content · env:A1 disabled, auth_failed · "
        "client: 200 stream \"hel\" upstream_stream_broken target=a/x attempts=1");
    row("anthropic, before",
        {.targets = R"([{ target = "c/z" }, { target = "a/x" }])"},
        "c/z: error before content",
        true,
        "t=0 c/z: call · t=0.2 c/z: error before content · c/z: failures 1 · a/x: call · "
        "t=0.6 a/x: 200 · client: 200 stream \"hello\" target=a/x attempts=2");
    row("anthropic, after",
        {.targets = R"([{ target = "c/z" }, { target = "a/x" }])"},
        "c/z: end after content",
        true,
        "t=0 c/z: call · t=0.3 c/z: end after content · c/z: failures 1 · "
        "client: 200 stream \"hel\" upstream_stream_broken target=c/z attempts=1");
}

void TestFailover::waitsAreForHintsOnly_data()
{
    columns();
    row("alone",
        {.targets = kAlone},
        "a/x: 429 hint 2s",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 hint 2s · env:A1 cools until 2.1, rate_limited · "
        "t=2.1 a/x: call · t=2.2 a/x: 200 · client: 200 \"hello\" target=a/x attempts=2");
    row("alone, again and again",
        {.targets = kAlone},
        "a/x: 429 hint 2s, 429 hint 3s, 429 hint 4s, 429 hint 5s",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 hint 2s · env:A1 cools until 2.1, rate_limited · "
        "t=2.1 a/x: call · t=2.2 a/x: 429 hint 3s · env:A1 cools until 5.2, rate_limited · "
        "t=5.2 a/x: call · t=5.3 a/x: 429 hint 4s · env:A1 cools until 9.3, rate_limited · "
        "t=9.3 a/x: call · t=9.4 a/x: 429 hint 5s · env:A1 cools until 14.4, rate_limited · "
        "client: 429 rate_limited (upstream) target=a/x attempts=4 retry-after=5");
    row("alone, without a hint",
        {.targets = kAlone},
        "a/x: 429",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 · env:A1 cools until 60.1, rate_limited · "
        "client: 429 rate_limited (upstream) target=a/x attempts=1 retry-after=60");
    row("over the cap",
        {.targets = kAlone, .route = "retry = { retry_after_cap_s = 5 }"},
        "a/x: 429 hint 6s",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 hint 6s · env:A1 cools until 6.1, rate_limited · "
        "client: 429 rate_limited (upstream) target=a/x attempts=1 retry-after=6");
    row("within the cap",
        {.targets = kAlone, .route = "retry = { retry_after_cap_s = 5 }"},
        "a/x: 429 hint 5s",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 hint 5s · env:A1 cools until 5.1, rate_limited · "
        "t=5.1 a/x: call · t=5.2 a/x: 200 · client: 200 \"hello\" target=a/x attempts=2");
    row("over the deadline",
        {.targets = kAlone, .route = "deadline_s = 5"},
        "a/x: 429 hint 5s",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 hint 5s · env:A1 cools until 5.1, rate_limited · "
        "client: 429 rate_limited (upstream) target=a/x attempts=1 retry-after=5");
    row("within the deadline",
        {.targets = kAlone, .route = "deadline_s = 5"},
        "a/x: 429 hint 4s",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 hint 4s · env:A1 cools until 4.1, rate_limited · "
        "t=4.1 a/x: call · t=4.2 a/x: 200 · client: 200 \"hello\" target=a/x attempts=2");
    row("over an hour",
        {.targets = kAlone},
        "a/x: 429 hint 7200s",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 hint 7200s · "
        "env:A1 cools until 3600.1, rate_limited · "
        "client: 429 rate_limited (upstream) target=a/x attempts=1 retry-after=3600");
    row("the earliest of two",
        {},
        "a/x: 429 hint 5s; b/y: 429 hint 2s",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 hint 5s · env:A1 cools until 5.1, rate_limited · "
        "b/y: call · t=0.2 b/y: 429 hint 2s · env:B1 cools until 2.2, rate_limited · "
        "t=2.2 b/y: call · t=2.3 b/y: 200 · client: 200 \"hello\" target=b/y attempts=3");
    row("the limited one after a failed one",
        {},
        "a/x: 429 hint 2s; b/y: 503",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 hint 2s · env:A1 cools until 2.1, rate_limited · "
        "b/y: call · t=0.2 b/y: 503 · b/y: failures 1 · t=2.1 a/x: call · t=2.2 a/x: 200 · "
        "client: 200 \"hello\" target=a/x attempts=3");
    row("no attempt left to wait for",
        {.targets = kAlone, .route = "retry = { attempts = 1 }"},
        "a/x: 429 hint 2s",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 hint 2s · env:A1 cools until 2.1, rate_limited · "
        "client: 429 rate_limited (upstream) target=a/x attempts=1 retry-after=2");
    row("a hint of nothing",
        {.targets = kAlone},
        "a/x: 429 hint 0s",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 hint 0s · a/x: call · t=0.2 a/x: 200 · "
        "client: 200 \"hello\" target=a/x attempts=2");
    const House again{.route = "retry = { same_target = 1, retry_after_cap_s = 5 }"};
    row("503's hint wins over backoff",
        again,
        "a/x: 503 hint 3s, 200",
        false,
        "t=0 a/x: call · t=0.1 a/x: 503 hint 3s · a/x: failures 1 · t=3.1 a/x: call · "
        "t=3.2 a/x: 200 · a/x: failures 0 · client: 200 \"hello\" target=a/x attempts=2");
    row("503's hint over the cap",
        again,
        "a/x: 503 hint 6s",
        false,
        "t=0 a/x: call · t=0.1 a/x: 503 hint 6s · a/x: failures 1 · b/y: call · "
        "t=0.2 b/y: 200 · client: 200 \"hello\" target=b/y attempts=2");
}

void TestFailover::repeatsFollowTheBudget_data()
{
    columns();
    row("with backoff",
        {.route = "retry = { same_target = 2 }"},
        "a/x: 503, 503, 200",
        false,
        "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · t=0.211 a/x: call · "
        "t=0.311 a/x: 503 · a/x: failures 2 · t=0.533 a/x: call · t=0.633 a/x: 200 · "
        "a/x: failures 0 · client: 200 \"hello\" target=a/x attempts=3");
    row("the upstream says that it is of no use",
        {.route = "retry = { same_target = 2 }"},
        "a/x: 503 no-retry",
        false,
        "t=0 a/x: call · t=0.1 a/x: 503 no-retry · a/x: failures 1 · b/y: call · "
        "t=0.2 b/y: 200 · client: 200 \"hello\" target=b/y attempts=2");
    row("then the next",
        {.route = "retry = { same_target = 2 }"},
        "a/x: 503, 503, 503",
        false,
        "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · t=0.211 a/x: call · "
        "t=0.311 a/x: 503 · a/x: failures 2 · t=0.533 a/x: call · t=0.633 a/x: 503 · "
        "a/x: open · b/y: call · t=0.733 b/y: 200 · client: 200 \"hello\" target=b/y attempts=4");
    row("while attempts last",
        {.route = "retry = { same_target = 9, attempts = 3 }"},
        "a/x: 503, 503, 503",
        false,
        "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · t=0.211 a/x: call · "
        "t=0.311 a/x: 503 · a/x: failures 2 · t=0.533 a/x: call · t=0.633 a/x: 503 · "
        "a/x: open · "
        "client: 503 no_target_available (upstream) target=a/x attempts=3 retry-after=1");
    row("while its breaker lets it",
        {.route = "retry = { same_target = 9 }", .provider = "breaker = { failures = 2 }"},
        "a/x: 503, 503",
        false,
        "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · t=0.211 a/x: call · "
        "t=0.311 a/x: 503 · a/x: open · b/y: call · t=0.411 b/y: 200 · "
        "client: 200 \"hello\" target=b/y attempts=3");
    row("while the deadline lets it",
        {.targets = kAlone,
         .route = "retry = { same_target = 9, attempts = 9, backoff_ms = 8000 }\ndeadline_s = 6"},
        "a/x: 503, 503, 503",
        false,
        "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · t=3.655 a/x: call · "
        "t=3.755 a/x: 503 · a/x: failures 2 · "
        "client: 503 no_target_available (upstream) target=a/x attempts=2 retry-after=1");
    row("streamed",
        {.route = "retry = { same_target = 1 }"},
        "a/x: 503, 200",
        true,
        "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · t=0.211 a/x: call · "
        "t=0.611 a/x: 200 · a/x: failures 0 · "
        "client: 200 stream \"hello\" target=a/x attempts=2");
    row("one attempt",
        {.route = "retry = { attempts = 1 }"},
        "a/x: 503",
        false,
        "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · "
        "client: 503 no_target_available (upstream) target=a/x attempts=1 retry-after=1");
    row("four attempts over five targets",
        {.targets =
             R"([{ target = "a/x" }, { target = "a/x2" }, { target = "b/y" }, { target = "c/z" }, { target = "b/y2" }])",
         .modelsOfB = "[[provider.model]]\nname = \"y\"\n[[provider.model]]\nname = \"y2\"\n"},
        "a/x: 503; a/x2: 503; b/y: 503; c/z: 503",
        false,
        "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · a/x2: call · t=0.2 a/x2: 503 · "
        "a/x2: failures 1 · b/y: call · t=0.3 b/y: 503 · b/y: failures 1 · c/z: call · "
        "t=0.4 c/z: 503 · c/z: failures 1 · "
        "client: 503 no_target_available (upstream) target=c/z attempts=4 retry-after=1");
}

void TestFailover::theVerdictWeighsAllAttempts_data()
{
    columns();
    row("all timers",
        {},
        "a/x: hang; b/y: stall before content",
        true,
        "t=0 a/x: call · t=30 a/x: cut off · a/x: failures 1 · b/y: call · "
        "t=60 b/y: cut off · b/y: failures 1 · "
        "client: 504 upstream_timeout (upstream) target=b/y attempts=2");
    row("all 429",
        {},
        "a/x: 429; b/y: 429 hint 100s",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 · env:A1 cools until 60.1, rate_limited · "
        "b/y: call · t=0.2 b/y: 429 hint 100s · env:B1 cools until 100.2, rate_limited · "
        "client: 429 rate_limited (upstream) target=b/y attempts=2 retry-after=60");
    row("all keys refused",
        {},
        "a/x: 401; b/y: 403",
        false,
        "t=0 a/x: call · t=0.1 a/x: 401 · env:A1 disabled, auth_failed · b/y: call · "
        "t=0.2 b/y: 403 · env:B1 disabled, auth_failed · "
        "client: 502 upstream_auth (upstream) target=b/y attempts=2");
    row("all billing",
        {},
        "a/x: 402; b/y: 429 billing",
        false,
        "t=0 a/x: call · t=0.1 a/x: 402 · env:A1 cools until 3600.1, billing_refused · "
        "b/y: call · t=0.2 b/y: 429 billing · env:B1 cools until 3600.2, billing_refused · "
        "client: 502 upstream_billing (upstream) target=b/y attempts=2");
    row("all models unknown",
        {},
        "a/x: 404; b/y: 400 model",
        false,
        "t=0 a/x: call · t=0.1 a/x: 404 · a/x: misconfigured · b/y: call · "
        "t=0.2 b/y: 400 model · b/y: misconfigured · "
        "client: 404 model_not_found (upstream) target=b/y attempts=2");
    row("all 5xx",
        {},
        "a/x: 503; b/y: 500",
        false,
        "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · b/y: call · t=0.2 b/y: 500 · "
        "b/y: failures 1 · "
        "client: 503 no_target_available (upstream) target=b/y attempts=2 retry-after=1");
    row("a mixture of timer and 5xx",
        {},
        "a/x: hang; b/y: 503",
        true,
        "t=0 a/x: call · t=30 a/x: cut off · a/x: failures 1 · b/y: call · t=30.1 b/y: 503 · "
        "b/y: failures 1 · "
        "client: 503 no_target_available (upstream) target=b/y attempts=2 retry-after=1");
    row("a mixture of 429 and 401",
        {},
        "a/x: 429; b/y: 401",
        false,
        "t=0 a/x: call · t=0.1 a/x: 429 · env:A1 cools until 60.1, rate_limited · "
        "b/y: call · t=0.2 b/y: 401 · env:B1 disabled, auth_failed · "
        "client: 503 no_target_available (upstream) target=b/y attempts=2 retry-after=60");
    row("a mixture of 404 and 402",
        {},
        "a/x: 404; b/y: 402",
        false,
        "t=0 a/x: call · t=0.1 a/x: 404 · a/x: misconfigured · b/y: call · t=0.2 b/y: 402 · "
        "env:B1 cools until 3600.2, billing_refused · "
        "client: 503 no_target_available (upstream) target=b/y attempts=2 retry-after=1");
    row("a timer and a target without a key",
        {.keysOfA = R"(["env:GONE"])"},
        "b/y: hang",
        true,
        "t=0 env:GONE disabled, could not be read · b/y: call · t=30 b/y: cut off · "
        "b/y: failures 1 · client: 504 upstream_timeout (upstream) target=b/y attempts=1");
    row("every key missing",
        {.targets = kAlone, .keysOfA = R"(["env:GONE"])"},
        "a/x: 200",
        false,
        "t=0 env:GONE disabled, could not be read · "
        "client: 503 no_target_available (gateway) attempts=0 retry-after=1");
}

void TestFailover::tiersAndWeightsOrderTheTargets_data()
{
    columns();
    const char *const tiers =
        R"([{ target = "b/y", tier = 2 }, { target = "a/x" }, { target = "a/x2" }])";
    row("tier 1 serves",
        {.targets = tiers},
        "a/x: 200",
        false,
        "t=0 a/x: call · t=0.1 a/x: 200 · client: 200 \"hello\" target=a/x attempts=1");
    row("tier 2 after all of tier 1",
        {.targets = tiers},
        "a/x: 503; a/x2: 503",
        false,
        "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · a/x2: call · t=0.2 a/x2: 503 · "
        "a/x2: failures 1 · b/y: call · t=0.3 b/y: 200 · "
        "client: 200 \"hello\" target=b/y attempts=3");
    row("weight 0 comes last",
        {.targets = R"([{ target = "b/y", weight = 0 }, { target = "a/x", weight = 1 }])",
         .strategy = "weighted"},
        "a/x: 503",
        false,
        "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · b/y: call · t=0.2 b/y: 200 · "
        "client: 200 \"hello\" target=b/y attempts=2");
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
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · b/y: call · t=0.2 b/y: 200 · "
            "client: 200 \"hello\" target=b/y attempts=2 · t=1 #2 a/x: call · t=1.1 #2 a/x: 503 · "
            "a/x: open · #2 b/y: call · t=1.2 #2 b/y: 200 · "
            "#2 client: 200 \"hello\" target=b/y attempts=2 · t=2 #3 b/y: call · "
            "t=2.1 #3 b/y: 200 · #3 client: 200 \"hello\" target=b/y attempts=1 · "
            "t=32 a/x: half_open · #4 a/x: call · t=32.1 #4 a/x: 200 · a/x: closed · "
            "#4 client: 200 \"hello\" target=a/x attempts=1"));
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
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 503 · a/x: open · b/y: call · t=0.2 b/y: 200 · "
            "client: 200 \"hello\" target=b/y attempts=2 · t=31 a/x: half_open · #2 a/x: call · "
            "t=31.1 #2 a/x: 503 · a/x: open · #2 b/y: call · t=31.2 #2 b/y: 200 · "
            "#2 client: 200 \"hello\" target=b/y attempts=2 · t=60 #3 b/y: call · "
            "t=60.1 #3 b/y: 200 · #3 client: 200 \"hello\" target=b/y attempts=1 · "
            "t=62 a/x: half_open · #4 a/x: call · t=62.1 #4 a/x: 200 · a/x: closed · "
            "#4 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestFailover::failuresOutsideTheWindowDoNotOpen()
{
    VirtualGateway world(House{.provider = "breaker = { failures = 2, window_s = 60 }"}.toml());
    world.script("a/x: 503, 503, 503");
    world.ask();
    world.at(Seconds(61), [&] { world.ask(); });
    world.at(Seconds(121), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · b/y: call · t=0.2 b/y: 200 · "
            "client: 200 \"hello\" target=b/y attempts=2 · t=61 #2 a/x: call · "
            "t=61.1 #2 a/x: 503 · #2 b/y: call · t=61.2 #2 b/y: 200 · "
            "#2 client: 200 \"hello\" target=b/y attempts=2 · t=121 #3 a/x: call · "
            "t=121.1 #3 a/x: 503 · a/x: open · #3 b/y: call · t=121.2 #3 b/y: 200 · "
            "#3 client: 200 \"hello\" target=b/y attempts=2"));
}

void TestFailover::onlySoManyProbesPassAtATime()
{
    VirtualGateway world(
        House{.provider = "breaker = { failures = 1, open_s = 30, probes = 2 }"}.toml());
    world.script("a/x: 503");
    world.ask();
    world.runUntil(Seconds(40));
    world.clearLog();
    world.ask();
    world.ask();
    world.ask();
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=40 a/x: half_open · #2 a/x: call · #3 a/x: call · #4 b/y: call · "
            "t=40.1 #2 a/x: 200 · a/x: closed · #2 client: 200 \"hello\" target=a/x attempts=1 · "
            "#3 a/x: 200 · #3 client: 200 \"hello\" target=a/x attempts=1 · #4 b/y: 200 · "
            "#4 client: 200 \"hello\" target=b/y attempts=1"));
}

void TestFailover::aProbeThatTaughtNothingIsGivenBack_data()
{
    QTest::addColumn<QString>("probe");
    QTest::addColumn<QString>("log");
    QTest::newRow("429")
        << QString::fromUtf8("429 hint 1s")
        << QString::fromUtf8(
               "t=40 a/x: half_open · #2 a/x: call · t=40.1 #2 a/x: 429 hint 1s · "
               "env:A1 cools until 41.1, rate_limited · "
               "#2 client: 429 rate_limited (upstream) target=a/x attempts=1 retry-after=1 · "
               "t=45 #3 a/x: call · t=45.1 #3 a/x: 200 · a/x: closed · "
               "#3 client: 200 \"hello\" target=a/x attempts=1");
    QTest::newRow("400")
        << QString::fromUtf8("400")
        << QString::fromUtf8(
               "t=40 a/x: half_open · #2 a/x: call · t=40.1 #2 a/x: 400 · "
               "#2 client: 400 wrong_value (upstream) target=a/x attempts=1 · t=45 #3 a/x: call · "
               "t=45.1 #3 a/x: 200 · a/x: closed · #3 client: 200 \"hello\" target=a/x attempts=1");
    QTest::newRow("404")
        << QString::fromUtf8("404")
        << QString::fromUtf8(
               "t=40 a/x: half_open · #2 a/x: call · t=40.1 #2 a/x: 404 · a/x: misconfigured · "
               "#2 client: 404 model_not_found (upstream) target=a/x attempts=1 · "
               "t=45 #3 a/x: call · t=45.1 #3 a/x: 200 · a/x: closed · "
               "#3 client: 200 \"hello\" target=a/x attempts=1");
    QTest::newRow("a client that leaves")
        << QString::fromUtf8("hang")
        << QString::fromUtf8(
               "t=40 a/x: half_open · #2 a/x: call · t=41 #2 client: leaves · #2 a/x: cut off · "
               "t=45 #3 a/x: call · t=45.1 #3 a/x: 200 · a/x: closed · "
               "#3 client: 200 \"hello\" target=a/x attempts=1");
}

/// Goal: what says nothing about the target leaves its breaker half-open and its probe free.
/// Method: the only probe ends so; a request five seconds later is the next probe and closes it. The
/// client of the hanging one leaves.
void TestFailover::aProbeThatTaughtNothingIsGivenBack()
{
    QFETCH(QString, probe);
    QFETCH(QString, log);
    VirtualGateway world(House{.targets = R"([{ target = "a/x" }])",
                               .route = "retry = { attempts = 1 }",
                               .provider = "breaker = { failures = 1, open_s = 30 }"}
                             .toml());
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
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 503 · a/x: open · b/y: call · t=0.2 b/y: 500 · "
            "b/y: open · "
            "client: 503 no_target_available (upstream) target=b/y attempts=2 retry-after=30 · "
            "t=10 #2 client: 503 no_target_available (gateway) attempts=0 retry-after=21"));
}

void TestFailover::coolingKeysAreToldAsTheLimitTheyAre()
{
    VirtualGateway world(House{}.toml());
    world.script("a/x: 429 hint 100s; b/y: 429");
    world.ask();
    world.at(Seconds(10), [&] { world.ask(); });
    world.at(Seconds(61), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 429 hint 100s · env:A1 cools until 100.1, rate_limited · "
            "b/y: call · t=0.2 b/y: 429 · env:B1 cools until 60.2, rate_limited · "
            "client: 429 rate_limited (upstream) target=b/y attempts=2 retry-after=60 · "
            "t=10 #2 client: 429 rate_limited (upstream) attempts=0 retry-after=51 · "
            "t=61 #3 b/y: call · t=61.1 #3 b/y: 200 · "
            "#3 client: 200 \"hello\" target=b/y attempts=1"));
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
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 401 · env:A1 disabled, auth_failed · "
            "client: 502 upstream_auth (upstream) target=a/x attempts=1 · "
            "t=36000 #2 client: 502 upstream_auth (upstream) attempts=0 · t=36002 #3 a/x: call · "
            "t=36002.1 #3 a/x: 200 · #3 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestFailover::aResetBringsNoKeyThatCouldNotBeRead()
{
    VirtualGateway world(House{.targets = kAlone, .keysOfA = R"(["env:A1", "env:GONE"])"}.toml());
    world.script("a/x: 401");
    world.ask();
    world.at(Seconds(1), [&] { world.operate(Act::Reset, "a/x"); });
    for (const int second : {2, 3}) {
        world.at(Seconds(second), [&] { world.ask(); });
    }
    world.run();
    QCOMPARE(world.calls().size(), std::size_t(3));
    for (const gateway::CallUpstream &call : world.calls()) {
        QCOMPARE(call.key.expose(), std::string_view("A1-secret"));
    }
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
    COMPARE_LOG(logOf(world),
                QString::fromUtf8(
                    "t=0 a/x: call · t=1 a/x: drained · t=2 #2 b/y: call · t=2.1 #2 b/y: 200 · "
                    "#2 client: 200 \"hello\" target=b/y attempts=1 · t=20 a/x: 200 slow · "
                    "client: 200 \"hello\" target=a/x attempts=1 · t=30 a/x: undrained · "
                    "t=31 #3 a/x: call · t=31.1 #3 a/x: 200 · "
                    "#3 client: 200 \"hello\" target=a/x attempts=1"));
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
    world.at(Seconds(16), [&] {
        world.operate(Act::Trip, "a/x");
        world.operate(Act::Trip, "b/y");
    });
    world.at(Seconds(17), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: forced open · b/y: call · t=0.1 b/y: 200 · "
            "client: 200 \"hello\" target=b/y attempts=1 · t=11 a/x: not forced · #2 a/x: call · "
            "t=11.1 #2 a/x: 200 · #2 client: 200 \"hello\" target=a/x attempts=1 · "
            "t=12 a/x: held · t=13 #3 a/x: call · t=13.1 #3 a/x: 503 · a/x: open · "
            "#3 b/y: call · t=13.2 #3 b/y: 200 · #3 client: 200 \"hello\" target=b/y attempts=2 · "
            "t=14 #4 a/x: call · t=14.1 #4 a/x: 503 · #4 b/y: call · t=14.2 #4 b/y: 200 · "
            "#4 client: 200 \"hello\" target=b/y attempts=2 · t=15 a/x: closed · a/x: not forced · "
            "t=16 a/x: forced open · b/y: forced open · "
            "t=17 #5 client: 503 no_target_available (gateway) attempts=0 retry-after=1"));
}

void TestFailover::aPinKeepsToItsTarget()
{
    VirtualGateway world(House{.route = "retry = { same_target = 1, backoff_ms = 0 }",
                               .keysOfA = R"(["env:A1", "env:A2"])"}
                             .toml());
    world.script("a/x: 401, 503, 503; b/y: 503, 503");
    const Ask pinned{.headers = {{"x-signalbox-target", "a/x"}}};
    world.ask(pinned);
    world.at(Seconds(1), [&] { world.ask({.model = "b/y"}); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call with A1-secret · t=0.1 a/x: 401 · env:A1 disabled, auth_failed · "
            "a/x: call with A2-secret · t=0.2 a/x: 503 · a/x: failures 1 · "
            "a/x: call with A2-secret · t=0.3 a/x: 503 · a/x: failures 2 · "
            "client: 503 no_target_available (upstream) target=a/x attempts=3 retry-after=1 · "
            "t=1 #2 b/y: call · t=1.1 #2 b/y: 503 · b/y: failures 1 · "
            "#2 client: 503 no_target_available (upstream) target=b/y attempts=1 retry-after=1"));
}

void TestFailover::aClientThatLeavesEndsEverything_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("afterMs");
    QTest::addColumn<QString>("log");
    QTest::newRow("while connecting")
        << QString::fromUtf8("a/x: connect-hang") << 1000
        << QString::fromUtf8("t=0 a/x: call · t=1 client: leaves · a/x: cut off");
    QTest::newRow("while waiting for the head")
        << QString::fromUtf8("a/x: hang") << 1000
        << QString::fromUtf8("t=0 a/x: call · t=1 client: leaves · a/x: cut off");
    QTest::newRow("before content")
        << QString::fromUtf8("a/x: stall before content") << 1000
        << QString::fromUtf8("t=0 a/x: call · t=1 client: leaves · a/x: cut off");
    QTest::newRow("after content")
        << QString::fromUtf8("a/x: stall after content") << 1000
        << QString::fromUtf8("t=0 a/x: call · t=1 client: leaves · a/x: cut off");
    QTest::newRow("in the backoff")
        << QString::fromUtf8("a/x: 503") << 101
        << QString::fromUtf8(
               "t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · t=0.101 client: leaves");
    QTest::newRow("in the second attempt")
        << QString::fromUtf8("a/x: 404; b/y: hang") << 1000
        << "t=0 a/x: call · t=0.1 a/x: 404 · a/x: misconfigured · b/y: call · "
           "t=1 client: leaves · b/y: cut off";
    QTest::newRow("while waiting for a hint")
        << QString::fromUtf8("a/x: 429 hint 5s; b/y: 404") << 1000
        << "t=0 a/x: call · t=0.1 a/x: 429 hint 5s · env:A1 cools until 5.1, rate_limited · "
           "b/y: call · t=0.2 b/y: 404 · b/y: misconfigured · t=1 client: leaves";
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
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 429 hint 5s · env:A1 cools until 5.1, rate_limited · "
            "t=1 a/x: forced open · "
            "client: 429 rate_limited (upstream) target=a/x attempts=1 retry-after=1"));
}

void TestFailover::aTargetThatIsFullIsWaitedForNoLonger()
{
    VirtualGateway world(House{.targets = kAlone, .limitsOfA = "{ concurrent = 1 }"}.toml());
    world.script("a/x: 429 hint 5s, 200 late");
    world.ask();
    world.at(Seconds(1), [&] {
        world.operate(Act::Reset, "a/x");
        world.ask();
    });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: 429 hint 5s · env:A1 cools until 5.1, rate_limited · "
            "t=1 #2 a/x: call · "
            "t=2.1 client: 429 rate_limited (upstream) target=a/x attempts=1 retry-after=1 · "
            "t=41 #2 a/x: 200 late · #2 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestFailover::aSlowClientStopsTheIdleTimer()
{
    VirtualGateway world(House{.targets = kAlone}.toml());
    world.script("a/x: stall after content");
    const auto id = world.ask({.stream = true});
    world.at(Seconds(20), [&] { world.setSlow(id, true); });
    world.at(Seconds(200), [&] { world.setSlow(id, false); });
    world.run();
    COMPARE_LOG(logOf(world),
                QString::fromUtf8(
                    "t=0 a/x: call · t=20 client: stops reading · t=200 client: reads again · "
                    "t=230 a/x: cut off · a/x: failures 1 · "
                    "client: 200 stream \"hel\" upstream_timeout target=a/x attempts=1"));
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
    COMPARE_LOG(logOf(world),
                QString::fromUtf8(
                    "t=0 a/x: call · t=10 a/x: cut off · a/x: failures 1 · b/y: call · "
                    "t=20 b/y: cut off · b/y: failures 1 · "
                    "client: 504 upstream_timeout (upstream) target=b/y attempts=2 · "
                    "t=100 #2 a/x: call · t=101 #2 client: leaves · #2 a/x: cut off · "
                    "t=200 #3 a/x: call · t=200.2 #3 a/x: garbage before content · #3 b/y: call · "
                    "t=200.6 #3 b/y: 200 · b/y: failures 0 · "
                    "#3 client: 200 stream \"hello\" target=b/y attempts=2"));
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
    QTest::newRow("while connecting")
        << QString::fromUtf8("a/x: connect-hang") << true
        << QString::fromUtf8(
               "t=0 a/x: call · t=1 shut down · a/x: cut off · "
               "client: 503 no_target_available (gateway) target=a/x attempts=1 retry-after=1");
    QTest::newRow("while waiting for the head")
        << QString::fromUtf8("a/x: hang") << false
        << QString::fromUtf8(
               "t=0 a/x: call · t=1 shut down · a/x: cut off · "
               "client: 503 no_target_available (gateway) target=a/x attempts=1 retry-after=1");
    QTest::newRow("before content")
        << QString::fromUtf8("a/x: stall before content") << true
        << QString::fromUtf8(
               "t=0 a/x: call · t=1 shut down · a/x: cut off · "
               "client: 503 no_target_available (gateway) target=a/x attempts=1 retry-after=1");
    QTest::newRow("after content")
        << QString::fromUtf8("a/x: stall after content") << true
        << QString::fromUtf8(
               "t=0 a/x: call · t=1 shut down · a/x: cut off · "
               "client: 200 stream \"hel\" upstream_stream_broken target=a/x attempts=1");
    QTest::newRow("while waiting for a hint")
        << QString::fromUtf8("a/x: 429 hint 50s; b/y: 404") << false
        << "t=0 a/x: call · t=0.1 a/x: 429 hint 50s · env:A1 cools until 50.1, rate_limited · "
           "b/y: call · t=0.2 b/y: 404 · b/y: misconfigured · t=1 shut down · "
           "client: 503 no_target_available (gateway) target=b/y attempts=2 retry-after=1";
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
    COMPARE_LOG(logOf(world),
                QString::fromUtf8(
                    "t=0 a/x: call · #2 b/y: call · t=0.1 #2 b/y: 200 · "
                    "#2 client: 200 \"hello\" target=b/y attempts=1 · t=20 a/x: 200 slow · "
                    "client: 200 \"hello\" target=a/x attempts=1"));
}

QTEST_APPLESS_MAIN(TestFailover)

#include "tst_failover.moc"
