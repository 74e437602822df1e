// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_upstream.h"
#include "tests/support/gateway_under_test.h"

#include <QFile>
#include <QTest>

using namespace signalbox::tests;

namespace {

const std::string kScenario = scenarioOf(
    {{.id = "a", .models = R"(["model-1", "model-2"])", .more = "own_port = true\n"},
     {.id = "b", .models = R"(["model-1"])"}});

std::string configuration(const RunningSimulator &simulator)
{
    const std::string breaker =
        "\"\nbreaker = { failures = 3, window_s = 60, open_s = 1, probes = 1 }\n";
    return "[server]\n" + std::string(kAdminServer)
           + "[[operator]]\nid = \"night\"\ntoken = \"env:NIGHT_TOKEN\"\nrole = \"operator\"\n"
             "[[operator]]\nid = \"watcher\"\ntoken = \"env:WATCH_TOKEN\"\nrole = \"viewer\"\n"
             "[[provider]]\nid = \"a\"\nkind = \"openai\"\nbase_url = \""
           + simulator.ownPortUrl("a") + breaker
           + "[[provider.model]]\nname = \"model-1\"\n[[provider.model]]\nname = \"model-2\"\n"
             "[[provider]]\nid = \"b\"\nkind = \"openai\"\nbase_url = \""
           + simulator.baseUrl("b") + breaker
           + "[[provider.model]]\nname = \"model-1\"\n"
             "[[route]]\nname = \"chat\"\ntargets = [ { target = \"a/model-1\" }, { target = "
             "\"b/model-1\" } ]\n"
             "[[route]]\nname = \"alone\"\ntargets = [ { target = \"a/model-1\" } ]\n";
}

const Json kServerError = {{"provider", "a"}, {"kind", "status"}, {"status", 503}};

} // namespace

/// *Goal*: the breaker keeps traffic from a failing target and finds its recovery, and operators
/// command it. *Method*: a daemon whose breakers open for one second, before a simulator that
/// counts what reaches it.
class TestBreakerLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void threeFailuresOpenItAndTheFourthNeverArrives();
    void aSuccessInBetweenStartsOver();
    void theOthersAnswerMeanwhile();
    void aProbeClosesIt();
    void aFailedProbeReopensIt();
    void oneProbeAtATimePasses();
    void aRefusedConnectionCountsOnTheProvidersOtherTargets();
    void tripForcesOpenUntilReset();
    void aTripEndsByItself();
    void holdKeepsItClosed();
    void drainTakesNoNewRequestsAndFinishesOldOnes();
    void actsOnAProviderReachAllItsTargets();
    void actsAskForAnOperator_data();
    void actsAskForAnOperator();
    void viewersReadEverything();
    void malformedActsAreRefused();
    void actsAreAudited();
    void recordingsAreMadeForOperators();
    void eventsShowTransitionsAndRequests();

private:
    int arrivalsAtA() const { return m_simulator->requests("a"); }
    void openA() const;

    std::unique_ptr<RunningSimulator> m_simulator;
    std::unique_ptr<RunningDaemon> m_daemon;
};

void TestBreakerLive::initTestCase()
{
    m_simulator = std::make_unique<RunningSimulator>(kScenario);
    m_daemon = std::make_unique<RunningDaemon>(configuration(*m_simulator),
                                               DaemonOptions{{{"NIGHT_TOKEN", "night-token"},
                                                              {"WATCH_TOKEN", "watch-token"}},
                                                             {},
                                                             {},
                                                             "127.0.0.1:0"});
    QVERIFY2(m_daemon->port() > 0, m_daemon->stderrText().c_str());
}

void TestBreakerLive::init()
{
    m_simulator->reset();
    for (const char *provider : {"providers/a/", "providers/b/"}) {
        QCOMPARE(m_daemon->act(std::string(provider) + "reset").status, 200);
        QCOMPARE(m_daemon->act(std::string(provider) + "undrain").status, 200);
    }
}

void TestBreakerLive::openA() const
{
    m_simulator->addFault(kServerError);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(m_daemon->chat("alone").status, 503);
    }
    QCOMPARE(m_daemon->breakerState("a/model-1"), std::string("open"));
}

void TestBreakerLive::threeFailuresOpenItAndTheFourthNeverArrives()
{
    openA();
    QCOMPARE(arrivalsAtA(), 3);
    const HttpReply fourth = m_daemon->chat("alone");
    QCOMPARE(fourth.status, 503);
    QCOMPARE(fourth.header("retry-after"), std::string("1"));
    QCOMPARE(arrivalsAtA(), 3);
    const Json breaker = m_daemon->target("a/model-1")["breaker"];
    QCOMPARE(breaker["failures"].get<int>(), 3);
    QVERIFY(breaker["cause"].get<std::string>().find("server_error") != std::string::npos
            || breaker["cause"].get<std::string>().find("overloaded") != std::string::npos);
    QVERIFY(breaker["retry_at"].is_string());
    QVERIFY(breaker["forced"].is_null());
    // A 5xx is the model's own trouble: its sibling is not concerned.
    QCOMPARE(m_daemon->target("a/model-2")["breaker"]["failures"].get<int>(), 0);
}

void TestBreakerLive::aSuccessInBetweenStartsOver()
{
    for (int round = 0; round < 3; ++round) {
        m_simulator->addFault(
            {{"provider", "a"}, {"kind", "status"}, {"status", 500}, {"count", 2}});
        QCOMPARE(m_daemon->chat("alone").status, 503);
        QCOMPARE(m_daemon->chat("alone").status, 503);
        QCOMPARE(m_daemon->chat("alone").status, 200);
    }
    QCOMPARE(m_daemon->breakerState("a/model-1"), std::string("closed"));
}

void TestBreakerLive::theOthersAnswerMeanwhile()
{
    m_simulator->addFault(kServerError);
    for (int i = 0; i < 5; ++i) {
        const HttpReply reply = m_daemon->chat("chat");
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.header("x-signalbox-target"), std::string("b/model-1"));
        QCOMPARE(reply.header("x-signalbox-attempts"), std::string(i < 3 ? "2" : "1"));
    }
    QCOMPARE(arrivalsAtA(), 3);
}

void TestBreakerLive::aProbeClosesIt()
{
    openA();
    m_simulator->clearFaults();
    QVERIFY(eventually([&] { return m_daemon->breakerState("a/model-1") == "half_open"; }));
    QCOMPARE(arrivalsAtA(), 3); // time alone sends nothing
    QCOMPARE(m_daemon->chat("alone").status, 200);
    QCOMPARE(m_daemon->breakerState("a/model-1"), std::string("closed"));
    const Json record = m_daemon->admin("requests?limit=1&target=a/model-1")["requests"];
    QVERIFY(record.is_array());
}

void TestBreakerLive::aFailedProbeReopensIt()
{
    openA();
    QVERIFY(eventually([&] { return m_daemon->breakerState("a/model-1") == "half_open"; }));
    QCOMPARE(m_daemon->chat("alone").status, 503);
    QCOMPARE(arrivalsAtA(), 4);
    QCOMPARE(m_daemon->breakerState("a/model-1"), std::string("open"));
    QCOMPARE(m_daemon->chat("alone").status, 503);
    QCOMPARE(arrivalsAtA(), 4);
}

void TestBreakerLive::oneProbeAtATimePasses()
{
    openA();
    m_simulator->clearFaults();
    m_simulator->addFault({{"provider", "a"}, {"kind", "hang"}, {"for_s", 3}});
    QVERIFY(eventually([&] { return m_daemon->breakerState("a/model-1") == "half_open"; }));
    HttpConnection probe(m_daemon->port());
    QVERIFY(probe.send(chatRequest("alone")));
    QVERIFY(eventually([&] { return arrivalsAtA() == 4; }));
    QCOMPARE(m_daemon->chat("alone").status, 503);
    QCOMPARE(arrivalsAtA(), 4);
    // The client of the probe leaves: the ticket comes back, and nothing is learned.
    probe.tcp().close();
    QVERIFY(
        eventually([&] { return m_daemon->target("a/model-1")["breaker"]["probes_out"] == 0; }));
    QCOMPARE(m_daemon->breakerState("a/model-1"), std::string("half_open"));
    m_simulator->clearFaults();
    QCOMPARE(m_daemon->chat("alone").status, 200);
    QCOMPARE(m_daemon->breakerState("a/model-1"), std::string("closed"));
}

void TestBreakerLive::aRefusedConnectionCountsOnTheProvidersOtherTargets()
{
    m_simulator->addFault({{"provider", "a"}, {"kind", "refuse"}});
    for (int i = 0; i < 3; ++i) {
        const HttpReply reply = m_daemon->chat("alone");
        QCOMPARE(reply.status, 503);
        // The first may meet the kept connection that the closing port cut.
        QVERIFY2(reply.body.find("connect") != std::string::npos, reply.body.c_str());
    }
    QCOMPARE(m_daemon->breakerState("a/model-1"), std::string("open"));
    QCOMPARE(m_daemon->breakerState("a/model-2"), std::string("open"));
    QCOMPARE(m_daemon->breakerState("b/model-1"), std::string("closed"));
    const HttpReply sibling = m_daemon->chat("a/model-2");
    QCOMPARE(sibling.status, 503);
    QCOMPARE(sibling.header("x-signalbox-attempts"), std::string("0"));
}

void TestBreakerLive::tripForcesOpenUntilReset()
{
    const HttpReply reply = m_daemon->act("targets/a/model-1/trip", {{"reason", "rehearsal"}});
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json()["targets"][0]["breaker"]["forced"].get<std::string>(),
             std::string("open"));
    QCOMPARE(m_daemon->target("a/model-1")["breaker"]["forced_reason"].get<std::string>(),
             std::string("rehearsal"));
    QCOMPARE(m_daemon->chat("alone").status, 503);
    QCOMPARE(m_daemon->chat("chat").header("x-signalbox-target"), std::string("b/model-1"));
    QCOMPARE(arrivalsAtA(), 0);
    QCOMPARE(m_daemon->get("/readyz").status, 503);
    QCOMPARE(m_daemon->act("targets/a%2Fmodel-1/reset").status, 200);
    QCOMPARE(m_daemon->chat("alone").status, 200);
    QVERIFY(m_daemon->target("a/model-1")["breaker"]["forced"].is_null());
}

void TestBreakerLive::aTripEndsByItself()
{
    QCOMPARE(m_daemon->act("targets/a/model-1/trip", {{"for_s", 0.4}}).status, 200);
    const HttpReply refused = m_daemon->chat("alone");
    QCOMPARE(refused.status, 503);
    QCOMPARE(refused.header("retry-after"), std::string("1"));
    QVERIFY(eventually([&] { return m_daemon->chat("alone").status == 200; }));
}

void TestBreakerLive::holdKeepsItClosed()
{
    QCOMPARE(m_daemon->act("targets/a/model-1/hold").status, 200);
    m_simulator->addFault(kServerError);
    for (int i = 1; i <= 6; ++i) {
        QCOMPARE(m_daemon->chat("alone").status, 503);
        QCOMPARE(arrivalsAtA(), i);
    }
    QCOMPARE(m_daemon->target("a/model-1")["breaker"]["forced"].get<std::string>(),
             std::string("closed"));
}

void TestBreakerLive::drainTakesNoNewRequestsAndFinishesOldOnes()
{
    const auto configured = [this] {
        QFile file(QString::fromStdString(m_daemon->configPath()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray before = configured();
    QVERIFY(!before.isEmpty());
    m_simulator->addFault({{"provider", "a"}, {"kind", "slow"}, {"factor", 400}});
    HttpConnection old(m_daemon->port());
    QVERIFY(old.send(chatRequest("alone")));
    QVERIFY(eventually([&] { return arrivalsAtA() == 1; }));
    QCOMPARE(m_daemon->act("targets/a/model-1/drain").status, 200);
    const Json target = m_daemon->target("a/model-1");
    QVERIFY(target["breaker"]["drained"].get<bool>());
    QCOMPARE(configured(), before); // weights and all
    QCOMPARE(target["in_flight"].get<int>(), 1);
    QCOMPARE(m_daemon->chat("alone").status, 503);
    QCOMPARE(m_daemon->chat("chat").header("x-signalbox-target"), std::string("b/model-1"));
    QCOMPARE(old.receive().status, 200);
    QVERIFY(eventually([&] { return m_daemon->target("a/model-1")["in_flight"] == 0; }));
    QCOMPARE(arrivalsAtA(), 1);
    QCOMPARE(m_daemon->act("targets/a/model-1/undrain").status, 200);
    QCOMPARE(m_daemon->chat("alone").status, 200);
}

void TestBreakerLive::actsOnAProviderReachAllItsTargets()
{
    const HttpReply reply = m_daemon->act("providers/a/trip", {{"reason", "outage"}});
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json()["targets"].size(), std::size_t(2));
    for (const char *target : {"a/model-1", "a/model-2"}) {
        QCOMPARE(m_daemon->target(target)["breaker"]["forced"].get<std::string>(),
                 std::string("open"));
    }
    QVERIFY(m_daemon->target("b/model-1")["breaker"]["forced"].is_null());
}

void TestBreakerLive::actsAskForAnOperator_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("status");
    QTest::newRow("none") << QByteArray() << 401;
    QTest::newRow("wrong") << QByteArray("admin-token-of-the-tess") << 401;
    QTest::newRow("viewer") << QByteArray("watch-token") << 403;
    QTest::newRow("operator") << QByteArray("night-token") << 200;
    QTest::newRow("admin") << QByteArray(kAdminToken) << 200;
}

void TestBreakerLive::actsAskForAnOperator()
{
    QFETCH(const QByteArray, token);
    QFETCH(const int, status);
    const HeaderList headers = token.isEmpty() ? HeaderList() : bearer(token.toStdString());
    const HttpReply reply = m_daemon->fetch(
        {"POST", "/admin/v1/targets/a/model-1/trip", "{}", headers});
    QCOMPARE(reply.status, status);
    QCOMPARE(m_daemon->target("a/model-1")["breaker"]["forced"].is_null(), status != 200);
    QCOMPARE(m_daemon->get("/admin/v1/state", headers).status, status == 401 ? 401 : 200);
}

void TestBreakerLive::viewersReadEverything()
{
    const HeaderList viewer = bearer("watch-token");
    for (const char *path : {"state", "requests", "costs", "audit"}) {
        QCOMPARE(m_daemon->get("/admin/v1/" + std::string(path), viewer).status, 200);
    }
    // All of it at once, to be taken elsewhere, is for who may act.
    const HttpReply refused = m_daemon->get("/admin/v1/recording", viewer);
    QCOMPARE(refused.status, 403);
    QCOMPARE(refused.error().at("code").get<std::string>(), std::string("viewer_only"));
}

void TestBreakerLive::malformedActsAreRefused()
{
    QCOMPARE(m_daemon->act("targets/a/none/trip").status, 404);
    QCOMPARE(m_daemon->act("targets/a/model-1/explode").status, 404);
    QCOMPARE(m_daemon->act("providers/none/trip").status, 404);
    QCOMPARE(m_daemon->act("targets/a/model-1/trip", {{"for_s", -1}}).status, 400);
    QCOMPARE(m_daemon->act("targets/a/model-1/trip", {{"why", "x"}}).status, 400);
    const HttpReply get = m_daemon->get("/admin/v1/targets/a/model-1/trip", bearer(kAdminToken));
    QCOMPARE(get.status, 405);
    QCOMPARE(get.header("allow"), std::string("POST"));
    QVERIFY(m_daemon->target("a/model-1")["breaker"]["forced"].is_null());
}

void TestBreakerLive::actsAreAudited()
{
    const HttpReply done = m_daemon->fetch({"POST",
                                            "/admin/v1/targets/a/model-1/trip",
                                            R"({"reason":"audited","for_s":5})",
                                            bearer("night-token")});
    QCOMPARE(done.status, 200);
    QVERIFY(eventually(
        [&] { return m_daemon->admin("audit?limit=1")["entries"][0]["reason"] == "audited"; }));
    const Json entry = m_daemon->admin("audit?limit=1")["entries"][0];
    QCOMPARE(entry["operator"].get<std::string>(), std::string("night"));
    QCOMPARE(entry["action"].get<std::string>(), std::string("trip"));
    QCOMPARE(entry["object"].get<std::string>(), std::string("a/model-1"));
}

void TestBreakerLive::recordingsAreMadeForOperators()
{
    const HeaderList operators = bearer("night-token");
    const HttpReply made = m_daemon->get("/admin/v1/recording", operators);
    QCOMPARE(made.status, 200);
    QCOMPARE(made.header("content-type"), std::string("application/gzip"));
    QVERIFY(made.body.starts_with("\x1f\x8b"));
    QVERIFY(eventually(
        [&] { return m_daemon->admin("audit?limit=1")["entries"][0]["action"] == "recording"; }));
    QCOMPARE(m_daemon->admin("audit?limit=1")["entries"][0]["operator"].get<std::string>(),
             std::string("night"));
    for (const char *query : {"since=yesterday",
                              "since=2026-11-22T14:00:00Z&until=2026-11-22T14:00:00Z",
                              "since=2026-01-01T00:00:00Z&until=2026-11-22T14:00:00Z"}) {
        QCOMPARE(m_daemon->get("/admin/v1/recording?" + std::string(query), operators).status, 400);
    }
    QCOMPARE(m_daemon->fetch({"POST", "/admin/v1/recording", "{}", operators}).status, 405);
}

void TestBreakerLive::eventsShowTransitionsAndRequests()
{
    HttpConnection events(m_daemon->port());
    QVERIFY(events.send({"GET", "/admin/v1/events", {}, bearer("watch-token")}));
    QVERIFY(events.receiveUntil("event: snapshot\n"));
    QVERIFY(events.partial().header("content-type").starts_with("text/event-stream"));
    openA();
    QVERIFY(events.receiveUntil("event: request\n"));
    QVERIFY(events.receiveUntil("event: breaker\n"));
    QVERIFY(events.receiveUntil("\"to\":\"open\""));
    m_simulator->clearFaults();
    QVERIFY(eventually([&] { return m_daemon->chat("alone").status == 200; }));
    QVERIFY(events.receiveUntil("\"to\":\"closed\""));
    QCOMPARE(get(m_daemon->port(), "/admin/v1/events").status, 401);
}

QTEST_GUILESS_MAIN(TestBreakerLive)
#include "tst_breaker_live.moc"
