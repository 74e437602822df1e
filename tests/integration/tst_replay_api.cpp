// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"

#include <QTest>

using namespace signalbox::tests;

namespace {

constexpr int kRequests = 12;

std::string configuration(const RunningSimulator &simulator, int a, int b)
{
    std::string text = "[server]\n" + std::string(kAdminServer)
                       + "[[operator]]\nid = \"watcher\"\ntoken = \"env:WATCH_TOKEN\"\n"
                         "role = \"viewer\"\n";
    for (const char *id : {"a", "b"}) {
        text += std::string("[[provider]]\nid = \"") + id + "\"\nkind = \"openai\"\nbase_url = \""
                + simulator.baseUrl(id)
                + "\"\nkeys = [\"env:KEY\"]\n[[provider.model]]\nname = \"m\"\n"
                  "price = { input = 3, output = 7 }\n";
    }
    return text + "[[route]]\nname = \"chat\"\nstrategy = \"weighted\"\ntargets = ["
           + "{ target = \"a/m\", weight = " + std::to_string(a) + " }, "
           + "{ target = \"b/m\", weight = " + std::to_string(b) + " }]\n";
}

DaemonOptions options()
{
    return {{{"KEY", "sk-provider"}, {"WATCH_TOKEN", "watch-token"}}, {}, {}, "127.0.0.1:0"};
}

} // namespace

/// Goal: over real sockets an operator is told what a draft would have made of the ledger's traffic,
/// and nobody is asked for it.
class TestReplayApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theConfigurationInForceComesToWhatWasRecorded();
    void aDraftMovesRequestsAndAsksNobody();
    void viewersMayAsk();
    void whatMakesNoSenseIsRefused_data();
    void whatMakesNoSenseIsRefused();

private:
    [[nodiscard]] HttpReply replay(const std::string &body,
                                   const std::string &token = kAdminToken) const
    {
        return m_daemon->fetch({"POST", "/admin/v1/replay", body, bearer(token)});
    }

    std::unique_ptr<RunningSimulator> m_simulator;
    std::unique_ptr<RunningDaemon> m_daemon;
};

void TestReplayApi::initTestCase()
{
    m_simulator = std::make_unique<RunningSimulator>(scenarioOf({{.id = "a"}, {.id = "b"}}));
    m_daemon = std::make_unique<RunningDaemon>(configuration(*m_simulator, 75, 25), options());
    const Json body = {{"model", "chat"},
                       {"messages", Json::array({{{"role", "user"}, {"content", "Say hello."}}})}};
    for (int i = 0; i < kRequests; ++i) {
        QCOMPARE(m_daemon->fetch({"POST", "/v1/chat/completions", body.dump(), bearer(kAdminToken)})
                     .status,
                 200);
    }
    QVERIFY(eventually(
        [&] { return m_daemon->admin("requests")["requests"].size() == std::size_t(kRequests); }));
}

void TestReplayApi::theConfigurationInForceComesToWhatWasRecorded()
{
    const HttpReply reply = replay("");
    QCOMPARE(reply.status, 200);
    const Json told = reply.json();
    QVERIFY(told["recorded"] == Json(kRequests));
    QVERIFY(told["all"]["now"] == told["all"]["after"]);
    QVERIFY(told["all"]["now"]["answered"] == Json(kRequests));
    QVERIFY(told["drawn"] == Json(0));
    for (const Json &row : told["targets"]) {
        const std::string target = row["name"];
        QVERIFY(row["after"]["calls"] == Json(m_simulator->requests(target.substr(0, 1))));
    }
}

void TestReplayApi::aDraftMovesRequestsAndAsksNobody()
{
    const int before = m_simulator->requests("a") + m_simulator->requests("b");
    const Json body = {{"config", configuration(*m_simulator, 0, 100)}, {"period_s", 600}};
    const HttpReply reply = replay(body.dump());
    QCOMPARE(reply.status, 200);
    const Json told = reply.json();
    QVERIFY(told["all"]["after"]["requests"] == Json(kRequests));
    QVERIFY(told["drawn"].get<int>() > 0);
    for (const Json &row : told["targets"]) {
        QVERIFY(row["after"]["requests"] == Json(row["name"] == Json("b/m") ? kRequests : 0));
    }
    QCOMPARE(m_simulator->requests("a") + m_simulator->requests("b"), before);
    QVERIFY(told["changed_routes"] == Json::array({"chat"}));
    QVERIFY(told["changed"]["after"]["requests"] == Json(kRequests));
    QVERIFY(told["expected"].is_null()); // a dozen requests are nothing to hold a trial to
}

void TestReplayApi::viewersMayAsk()
{
    QCOMPARE(replay("{}", "watch-token").status, 200);
    QCOMPARE(replay("{}", "nobody's").status, 401);
}

void TestReplayApi::whatMakesNoSenseIsRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no object") << QByteArray("[]");
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("no time") << QByteArray(R"({"since":"yesterday"})");
    QTest::newRow("backwards") << QByteArray(
        R"({"since":"2026-11-03T00:00:00Z","until":"2026-11-02T00:00:00Z"})");
    QTest::newRow("too long") << QByteArray(R"({"period_s":99999999})");
    QTest::newRow("no period") << QByteArray(R"({"period_s":0})");
    QTest::newRow("faulty") << QByteArray(R"({"config":"[[route]]\nname = 7\n"})");
}

void TestReplayApi::whatMakesNoSenseIsRefused()
{
    QFETCH(QByteArray, body);
    QCOMPARE(replay(body.toStdString()).status, 400);
}

QTEST_GUILESS_MAIN(TestReplayApi)
#include "tst_replay_api.moc"
