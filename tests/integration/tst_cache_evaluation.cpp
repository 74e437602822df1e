// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"

#include <QTest>

#include <csignal>
#include <future>

using namespace signalbox::tests;

namespace {

const std::string kScenario = scenarioOf(
    {{.id = "a", .models = R"(["m"])"}, {.id = "e", .models = R"(["small"])"}});

std::string configuration(const RunningSimulator &simulator, const std::string &embedder)
{
    return "[server]\n" + std::string(kAdminServer)
           + "[[operator]]\nid = \"watcher\"\ntoken = \"env:WATCH_TOKEN\"\nrole = \"viewer\"\n"
             "[[provider]]\nid = \"a\"\nkind = \"openai\"\nbase_url = \""
           + simulator.baseUrl("a")
           + "\"\nkeys = [\"env:KEY\"]\n[[provider.model]]\nname = \"m\"\n[[route]]\n"
             "name = \"chat\"\ntargets = [{ target = \"a/m\" }]\n[[provider]]\nid = \"e\"\n"
             "kind = \"openai\"\nbase_url = \""
           + simulator.baseUrl("e")
           + "\"\nkeys = [\"env:KEY\"]\ntimeouts = { total_s = 3 }\n[[provider.model]]\nname = "
             "\"small\"\n"
             "price = { input = 2, output = 0 }\n[cache]\nmode = \"semantic\"\nembedder = \""
           + embedder + "\"\n";
}

DaemonOptions options()
{
    return {{{"KEY", "sk-provider"}, {"WATCH_TOKEN", "watch-token"}}, {}, {}, "127.0.0.1:0"};
}

Json pairsOf(const std::vector<std::tuple<std::string, std::string, bool>> &pairs)
{
    Json list = Json::array();
    for (const auto &[one, other, same] : pairs) {
        list.push_back({{"one", one}, {"other", other}, {"same", same}});
    }
    return list;
}

const Json kPairs = pairsOf({{"open the door", "open the door", true},
                             {"open the door", "do not open the door", false},
                             {"paint the fence", "count all stars", false}});

std::string codeOf(const HttpReply &reply)
{
    return reply.json()["error"]["code"];
}

} // namespace

/// Goal: thresholds are evaluated by the embedder that is configured, over real sockets; what that
/// costs is in the books, and what goes wrong is said at once.
class TestCacheEvaluation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_simulator = std::make_unique<RunningSimulator>(kScenario); }
    void init() { m_simulator->reset(); }
    void aTargetEvaluates();
    void theShippedPairsAreEvaluatedWhenAskedFor();
    void onlyWhatIsConfiguredEvaluates();
    void itIsNoViewersAct();
    void aTargetThatFailsIsNamed();
    void whoLeavesPaysForNoMore();
    void stoppingEndsIt();

private:
    std::unique_ptr<RunningSimulator> m_simulator;
};

void TestCacheEvaluation::aTargetEvaluates()
{
    const RunningDaemon daemon(configuration(*m_simulator, "e/small"), options());
    const HttpReply reply = daemon.act("cache/evaluate", {{"pairs", kPairs}});
    QVERIFY2(reply.status == 200, reply.body.c_str());
    const Json told = reply.json();
    QVERIFY(told["embedder"] == Json("e/small"));
    QVERIFY(told["same"] == Json(1) && told["different"] == Json(2));
    QCOMPARE(told["thresholds"].size(), std::size_t(101));
    // The same text is the same point; the other two are less alike, and one of them is vetoed.
    QVERIFY(told["thresholds"][98]["recall"] == Json(1.0));
    QVERIFY(told["thresholds"][98]["false_hits_unvetoed"] == Json(0.0));
    QVERIFY(told["thresholds"][0]["false_hits_unvetoed"].get<double>()
            > told["thresholds"][0]["false_hits"].get<double>());
    QVERIFY(told["recommended"].is_number());
    QCOMPARE(m_simulator->requests("e"), 1); // each text once, in one call
    QVERIFY(eventually([&] {
        const Json rows = daemon.admin("costs?by=provider")["rows"];
        return rows.size() == 1 && rows[0]["provider"] == Json("e")
               && rows[0]["requests"] == Json(0)
               && rows[0]["cache_embedding_cost_usd"] == Json("0.000028"); // 14 tokens
    }));
    QVERIFY(eventually(
        [&] { return daemon.admin("audit").dump().find("cache.evaluate") != std::string::npos; }));
    QVERIFY(daemon.admin("requests")["requests"].empty());
}

void TestCacheEvaluation::theShippedPairsAreEvaluatedWhenAskedFor()
{
    const RunningDaemon daemon(configuration(*m_simulator, "e/small"), options());
    const HttpReply own = daemon.act("cache/evaluate");
    QVERIFY(own.json()["embedder"] == Json("local"));
    QCOMPARE(m_simulator->requests("e"), 0); // nothing is paid for unasked
    const HttpReply reply = daemon.act("cache/evaluate", {{"embedder", "e/small"}});
    QVERIFY2(reply.status == 200, reply.body.c_str());
    QVERIFY(reply.json()["embedder"] == Json("e/small"));
    QVERIFY(reply.json()["different"] == Json(1544));
    QVERIFY(reply.json()["thresholds"] != own.json()["thresholds"]);
    QVERIFY(m_simulator->requests("e") > 10);
    Json many = Json::array();
    for (int i = 0; i < 3001; ++i) {
        many.push_back(kPairs[0]);
    }
    const HttpReply refused = daemon.act("cache/evaluate", {{"pairs", many}});
    QCOMPARE(refused.status, 400);
    QVERIFY(refused.json()["error"]["param"] == Json("pairs"));
    QCOMPARE(daemon.act("cache/evaluate", {{"pairs", many}, {"embedder", "local"}}).status, 200);
}

void TestCacheEvaluation::onlyWhatIsConfiguredEvaluates()
{
    const RunningDaemon daemon(configuration(*m_simulator, "e/small"), options());
    for (const Json &name : {Json("a/m"), Json(""), Json(7)}) {
        const HttpReply reply = daemon.act("cache/evaluate", {{"embedder", name}});
        QCOMPARE(reply.status, 400);
        QVERIFY(reply.json()["error"]["param"] == Json("embedder"));
    }
    const HttpReply named = daemon.act("cache/evaluate", {{"embedder", "a/m"}});
    QVERIFY(named.body.find("e/small") != std::string::npos);
    const RunningDaemon local(configuration(*m_simulator, "local"), options());
    QCOMPARE(local.act("cache/evaluate", {{"embedder", "e/small"}}).status, 400);
    QVERIFY(local.act("cache/evaluate", {{"pairs", kPairs}}).body
            == daemon.act("cache/evaluate", {{"pairs", kPairs}, {"embedder", "local"}}).body);
    QCOMPARE(m_simulator->requests("e"), 0);
}

void TestCacheEvaluation::itIsNoViewersAct()
{
    const RunningDaemon daemon(configuration(*m_simulator, "e/small"), options());
    const auto ask = [&](const Json &body) {
        return daemon.fetch(
            {"POST", "/admin/v1/cache/evaluate", body.dump(), bearer("watch-token")});
    };
    QCOMPARE(ask({{"embedder", "e/small"}, {"pairs", kPairs}}).status, 403);
    QCOMPARE(ask({{"pairs", kPairs}}).status, 403);
    QCOMPARE(ask({{"embedder", "local"}, {"pairs", kPairs}}).status, 200);
    QCOMPARE(m_simulator->requests("e"), 0);
}

void TestCacheEvaluation::aTargetThatFailsIsNamed()
{
    const RunningDaemon daemon(configuration(*m_simulator, "e/small"), options());
    m_simulator->addFault({{"provider", "e"}, {"kind", "status"}, {"status", 500}});
    const HttpReply failed = daemon.act("cache/evaluate", {{"pairs", kPairs}});
    QCOMPARE(failed.status, 502);
    QCOMPARE(codeOf(failed), std::string("embedder_failed"));
    QVERIFY(failed.body.find("e/small") != std::string::npos);
    m_simulator->clearFaults();
    QCOMPARE(daemon.act("cache/evaluate", {{"pairs", kPairs}}).status, 200);
    QCOMPARE(daemon.act("targets/e/small/trip").status, 200);
    const HttpReply tripped = daemon.act("cache/evaluate", {{"pairs", kPairs}});
    QCOMPARE(tripped.status, 503);
    QCOMPARE(codeOf(tripped), std::string("embedder_unavailable"));
}

void TestCacheEvaluation::whoLeavesPaysForNoMore()
{
    const RunningDaemon daemon(configuration(*m_simulator, "e/small"), options());
    m_simulator->addFault({{"provider", "e"}, {"kind", "hang"}});
    {
        HttpConnection client(daemon.port());
        const std::string body = R"({"embedder":"e/small"})"; // of the shipped pairs: many calls
        QVERIFY(client.send({"POST", "/admin/v1/cache/evaluate", body, bearer(kAdminToken)}));
        QVERIFY(eventually([&] { return m_simulator->requests("e") == 1; }));
        client.tcp().close();
    }
    // There is none any more: the next one waits for the call in the air alone.
    HttpReply next;
    QVERIFY(eventually([&] {
        next = daemon.act("cache/evaluate", {{"pairs", kPairs}});
        return next.status != 429; // until it is known that the client has left
    }));
    QCOMPARE(next.status, 502);
    QCOMPARE(m_simulator->requests("e"), 2);
}

void TestCacheEvaluation::stoppingEndsIt()
{
    RunningDaemon daemon(configuration(*m_simulator, "e/small"), options());
    m_simulator->addFault({{"provider", "e"}, {"kind", "hang"}});
    auto waiting = std::async(std::launch::async, [&daemon] {
        return daemon.act("cache/evaluate", {{"pairs", kPairs}});
    });
    QVERIFY(eventually([&] { return m_simulator->requests("e") == 1; }));
    // Another one is told that there is one, and its client may ask again.
    const HttpReply second = daemon.act("cache/evaluate", {{"pairs", kPairs}});
    QCOMPARE(second.status, 429);
    daemon.process().signal(SIGTERM);
    const HttpReply reply = waiting.get();
    QCOMPARE(reply.status, 503);
    QCOMPARE(codeOf(reply), std::string("embedder_unavailable"));
    QCOMPARE(daemon.process().waitForExit(), std::optional(0));
}

QTEST_GUILESS_MAIN(TestCacheEvaluation)
#include "tst_cache_evaluation.moc"
