// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"

#include <QFile>
#include <QTest>

#include <csignal>

using namespace signalbox::tests;

namespace {

const std::string kScenario = scenarioOf({{.id = "a", .models = R"(["m","small"])"}});

std::string configuration(const RunningSimulator &simulator, const std::string &more = {})
{
    return "[server]\n" + std::string(kAdminServer)
           + "[[operator]]\nid = \"watcher\"\ntoken = \"env:WATCH_TOKEN\"\nrole = \"viewer\"\n"
             "[[client]]\nid = \"one\"\nkey = \"env:ONE\"\n"
             "[[client]]\nid = \"two\"\nkey = \"env:TWO\"\n"
             "[[provider]]\nid = \"a\"\nkind = \"openai\"\nbase_url = \""
           + simulator.baseUrl("a")
           + "\"\nkeys = [\"env:KEY\"]\n[[provider.model]]\nname = \"m\"\n"
             "price = { input = 3, output = 7 }\n[[route]]\nname = \"chat\"\n"
             "targets = [{ target = \"a/m\" }]\n[cache]\nmode = \"semantic\"\n"
           + more;
}

DaemonOptions options(const std::string &stateDir = {})
{
    return {{{"KEY", "sk-provider"},
             {"ONE", "key-one"},
             {"TWO", "key-two"},
             {"WATCH_TOKEN", "watch-token"}},
            {},
            stateDir,
            "127.0.0.1:0"};
}

HttpReply ask(const RunningDaemon &daemon,
              const std::string &question,
              const std::string &key = "key-one",
              const std::string &path = "/v1/chat/completions",
              bool stream = false)
{
    Json body = {{"model", "chat"}, {"stream", stream}};
    if (path == "/v1/responses") {
        body["input"] = question;
        body["max_output_tokens"] = 50;
    } else {
        body["messages"] = Json::array({{{"role", "user"}, {"content", question}}});
        body["max_tokens"] = 50;
    }
    return daemon.fetch({"POST", path, body.dump(), bearer(key)});
}

std::string cacheOf(const HttpReply &reply)
{
    return reply.header("x-signalbox-cache");
}

} // namespace

/// Goal: over real sockets the cache answers as it does on a virtual clock, operators see and change it,
/// and no death of the program makes it give a wrong answer.
class TestCacheLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_simulator = std::make_unique<RunningSimulator>(kScenario); }
    void init() { m_simulator->reset(); }
    void everyDialectGetsTheSame();
    void operatorsSeeEvictAndPin();
    void viewersReadAndChangeNothing();
    void thresholdsAreEvaluated();
    void noQuestionIsInTheLog();
    void aKilledProgramComesBackWithItsAnswers();
    void aDamagedFileIsDropped();
    void anEncryptedFileSaysNothing();
    void aTargetMakesThePoints();
    void aLargeScopeIsComparedOnAnotherThread();

private:
    std::unique_ptr<RunningSimulator> m_simulator;
};

void TestCacheLive::everyDialectGetsTheSame()
{
    const RunningDaemon daemon(configuration(*m_simulator), options());
    const HttpReply first = ask(daemon, "Say hello.");
    QCOMPARE(first.status, 200);
    QCOMPARE(cacheOf(first), std::string("miss"));
    const std::string text = first.json()["choices"][0]["message"]["content"];
    QVERIFY(!text.empty());
    for (const char *path : {"/v1/chat/completions", "/v1/messages", "/v1/responses"}) {
        const HttpReply whole = ask(daemon, "Say hello.", "key-one", path);
        QCOMPARE(cacheOf(whole), std::string("exact"));
        QVERIFY2(whole.body.find(Json(text).dump()) != std::string::npos, whole.body.c_str());
        const HttpReply streamed = ask(daemon, "Say hello.", "key-one", path, true);
        QCOMPARE(cacheOf(streamed), std::string("exact"));
        QCOMPARE(streamed.header("content-type"), std::string("text/event-stream; charset=utf-8"));
    }
    QCOMPARE(m_simulator->requests("a"), 1);
    QCOMPARE(cacheOf(ask(daemon, "Say hello.", "key-two")), std::string("miss"));
    QVERIFY(eventually([&] { return daemon.admin("requests")["requests"].size() == 8; }));
    const Json hit = daemon.admin("requests?cache=exact&limit=1")["requests"][0];
    QVERIFY(hit["cost_usd"] == Json("0.00"));
    const std::string id = hit["id"];
    const Json note = daemon.admin("requests/" + id)["decision"]["cache"];
    QVERIFY(note["from"] == Json(first.header("x-signalbox-id")));
    QVERIFY(note["saved_usd"] == Json(first.header("x-signalbox-cost-usd")));
}

void TestCacheLive::operatorsSeeEvictAndPin()
{
    const RunningDaemon daemon(configuration(*m_simulator, "threshold = 0.5\n"), options());
    ask(daemon, "How do I reset my Gmail password?");
    QCOMPARE(cacheOf(ask(daemon, "how can i reset my Gmail password")), std::string("semantic"));
    ask(daemon, "Write a poem about 3 cats in the rain.");
    ask(daemon, "Write a poem about 5 cats in the rain.");
    const Json view = daemon.admin("cache?order=hits&limit=1");
    QVERIFY(view["mode"] == Json("semantic") && view["entry_count"] == Json(3));
    QVERIFY(view["totals"]["lookups"] == Json(4) && view["totals"]["semantic_hits"] == Json(1));
    QVERIFY(view["totals"]["vetoed"] == Json(1));
    QVERIFY(view["near_misses"][0]["vetoes"][0] == Json("numbers"));
    QVERIFY(view["trouble"] == Json(""));
    QCOMPARE(view["entries"].size(), std::size_t(1));
    const std::string id = view["entries"][0]["id"];
    QVERIFY(view["entries"][0]["client"] == Json("one"));
    QCOMPARE(daemon.act("cache/" + id + "/pin", {{"pinned", true}}).status, 200);
    QVERIFY(daemon.admin("cache?order=hits")["entries"][0]["pinned"] == Json(true));
    QCOMPARE(daemon.act("cache/none/pin", {{"pinned", true}}).status, 404);
    QCOMPARE(daemon.act("cache/" + id + "/pin").status, 400);
    const auto remove = [&](const std::string &what) {
        return daemon.fetch({"DELETE", "/admin/v1/cache" + what, "", bearer(kAdminToken)});
    };
    QCOMPARE(remove("").status, 400);
    QVERIFY(remove("?text=CATS").json()["evicted"] == Json(2));
    QVERIFY(remove("/" + id).json()["evicted"] == Json(1));
    QCOMPARE(remove("/" + id).status, 404);
    QVERIFY(remove("?all=true").json()["evicted"] == Json(0));
    QCOMPARE(cacheOf(ask(daemon, "How do I reset my Gmail password?")), std::string("miss"));
    QCOMPARE(daemon.act("cache").status, 405);
    QVERIFY(eventually([&] { return daemon.admin("audit")["entries"].size() >= 4; }));
    QVERIFY(daemon.admin("audit").dump().find("cache.evict") != std::string::npos);
}

void TestCacheLive::viewersReadAndChangeNothing()
{
    const RunningDaemon daemon(configuration(*m_simulator), options());
    const HeaderList viewer = bearer("watch-token");
    QCOMPARE(daemon.get("/admin/v1/cache", viewer).status, 200);
    for (const HttpRequest &request :
         {HttpRequest{"DELETE", "/admin/v1/cache?all=true", "", viewer},
          HttpRequest{"DELETE", "/admin/v1/cache/x", "", viewer},
          HttpRequest{"POST", "/admin/v1/cache/x/pin", "{\"pinned\":true}", viewer}}) {
        QCOMPARE(daemon.fetch(request).status, 403);
    }
}

void TestCacheLive::thresholdsAreEvaluated()
{
    const RunningDaemon daemon(configuration(*m_simulator), options());
    const Json pairs = Json::array(
        {{{"one", "open the door"}, {"other", "please open the door"}, {"same", true}},
         {{"one", "open the door"}, {"other", "do not open the door"}, {"same", false}}});
    const HttpReply own = daemon.act("cache/evaluate", {{"pairs", pairs}});
    QCOMPARE(own.status, 200);
    QVERIFY(own.json()["same"] == Json(1) && own.json()["different"] == Json(1));
    QCOMPARE(own.json()["thresholds"].size(), std::size_t(101));
    QVERIFY(own.json()["thresholds"][50]["false_hits"] == Json(0.0));
    QCOMPARE(daemon.act("cache/evaluate", {{"pairs", Json::array({1})}}).status, 400);
    QVERIFY(daemon.act("cache/evaluate").json()["different"] == Json(1544));
}

void TestCacheLive::noQuestionIsInTheLog()
{
    std::string log;
    {
        RunningDaemon daemon(configuration(*m_simulator), options());
        for (int i = 0; i < 2; ++i) {
            ask(daemon, "Where did the zebra xylophone go?");
        }
        daemon.process().signal(SIGTERM);
        daemon.process().waitForExit();
        log = daemon.logText();
    }
    QVERIFY(log.find("\"cache\":\"exact\"") != std::string::npos);
    QVERIFY(log.find("xylophone") == std::string::npos);
}

void TestCacheLive::aKilledProgramComesBackWithItsAnswers()
{
    const QTemporaryDir directory;
    const std::string state = directory.path().toStdString();
    {
        RunningDaemon daemon(configuration(*m_simulator), options(state));
        ask(daemon, "How do I reset my Gmail password?");
        ask(daemon, "evict me");
        daemon.fetch({"DELETE", "/admin/v1/cache?text=evict", "", bearer(kAdminToken)});
        QTest::qWait(2500); // it is written within a second
        daemon.process().signal(SIGKILL);
        QCOMPARE(daemon.process().waitForExit(), std::optional(-SIGKILL));
    }
    RunningDaemon daemon(configuration(*m_simulator), options(state));
    QVERIFY2(daemon.port() > 0, daemon.stderrText().c_str());
    QVERIFY(daemon.admin("cache")["entry_count"] == Json(1));
    QCOMPARE(cacheOf(ask(daemon, "How do I reset my Gmail password?")), std::string("exact"));
    QCOMPARE(cacheOf(ask(daemon, "how can i reset my Gmail password")), std::string("semantic"));
    QCOMPARE(cacheOf(ask(daemon, "evict me")), std::string("miss"));
    QCOMPARE(m_simulator->requests("a"), 3);
    // A regular end writes what is left at once.
    ask(daemon, "the last question of all");
    daemon.process().signal(SIGTERM);
    daemon.process().waitForExit();
    const RunningDaemon third(configuration(*m_simulator), options(state));
    QCOMPARE(cacheOf(ask(third, "the last question of all")), std::string("exact"));
}

void TestCacheLive::aDamagedFileIsDropped()
{
    const QTemporaryDir directory;
    const std::string state = directory.path().toStdString();
    QFile file(directory.filePath(QStringLiteral("cache.sqlite")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(20'000, '#'));
    file.close();
    const RunningDaemon daemon(configuration(*m_simulator), options(state));
    QVERIFY2(daemon.port() > 0, daemon.stderrText().c_str());
    QCOMPARE(cacheOf(ask(daemon, "hello")), std::string("miss"));
    QCOMPARE(cacheOf(ask(daemon, "hello")), std::string("exact"));
    QVERIFY(
        eventually([&] { return daemon.logText().find("cache_dropped") != std::string::npos; }));
}

void TestCacheLive::anEncryptedFileSaysNothing()
{
    const QTemporaryDir directory;
    const std::string state = directory.path().toStdString();
    const auto run = [&](const std::string &secret) {
        DaemonOptions withKey = options(state);
        withKey.environment["CACHE_KEY"] = secret;
        return std::make_unique<RunningDaemon>(configuration(*m_simulator,
                                                             "key = \"env:CACHE_KEY\"\n"),
                                               withKey);
    };
    const auto stop = [](RunningDaemon &daemon) {
        daemon.process().signal(SIGTERM);
        daemon.process().waitForExit();
    };
    {
        const auto daemon = run("a-long-and-random-secret");
        ask(*daemon, "Where did the zebra xylophone go?");
        stop(*daemon);
    }
    QFile file(directory.filePath(QStringLiteral("cache.sqlite")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.size() > 4096 && !bytes.contains("xylophone") && !bytes.contains("a/m"));
    {
        const auto daemon = run("a-long-and-random-secret");
        QCOMPARE(cacheOf(ask(*daemon, "Where did the zebra xylophone go?")), std::string("exact"));
        stop(*daemon);
        QVERIFY(daemon->logText().find("a-long-and-random-secret") == std::string::npos);
    }
    const auto other = run("another-secret-than-before");
    QCOMPARE(cacheOf(ask(*other, "Where did the zebra xylophone go?")), std::string("miss"));
    QVERIFY(eventually([&] {
        return other->logText().find("it was encrypted with another key") != std::string::npos;
    }));
}

void TestCacheLive::aTargetMakesThePoints()
{
    const std::string more = "embedder = \"e/small\"\n[[provider]]\nid = \"e\"\nkind = \"openai\"\n"
                             "base_url = \""
                             + m_simulator->baseUrl("a")
                             + "\"\nkeys = [\"env:KEY\"]\n[[provider.model]]\nname = \"small\"\n"
                               "price = { input = 2, output = 0 }\n";
    const RunningDaemon daemon(configuration(*m_simulator, more), options());
    const HttpReply first = ask(daemon, "How do I reset my Gmail password?");
    QCOMPARE(first.status, 200);
    QCOMPARE(cacheOf(ask(daemon, "How do I reset my Gmail password?")), std::string("exact"));
    QVERIFY(daemon.admin("cache")["embedder"] == Json("e/small"));
    QVERIFY(eventually([&] {
        const Json costs = daemon.admin("costs?by=provider");
        for (const Json &row : costs["rows"]) {
            if (row["provider"] == Json("e")) {
                return row["cache_embedding_cost_usd"] != Json("0.00")
                       && row["requests"] == Json(0);
            }
        }
        return false;
    }));
    const std::string metrics = daemon.get("/metrics").body;
    QVERIFY2(metrics.find("signalbox_cache_embeddings_total{provider=\"e\",target=\"e/small\","
                          "outcome=\"success\"} 1")
                 != std::string::npos,
             metrics.c_str());
    QVERIFY(daemon.admin("requests")["requests"].size() == 2); // it is no request
}

void TestCacheLive::aLargeScopeIsComparedOnAnotherThread()
{
    const RunningDaemon daemon(configuration(*m_simulator), options());
    const auto engine = [](int number) {
        return "How do I repair engine " + std::to_string(number) + " of the fleet?";
    };
    for (int i = 0; i < 520; ++i) {
        QCOMPARE(ask(daemon, engine(i)).status, 200);
    }
    QCOMPARE(cacheOf(ask(daemon, "how can i fix engine 17 of the fleet")), std::string("semantic"));
    QCOMPARE(cacheOf(ask(daemon, "how can i fix engine 9000 of the fleet")), std::string("miss"));
    daemon.fetch({"DELETE", "/admin/v1/cache?text=engine%2017%20", "", bearer(kAdminToken)});
    QCOMPARE(cacheOf(ask(daemon, "how can one fix engine 17 of the fleet")), std::string("miss"));
    QCOMPARE(cacheOf(ask(daemon, "how can one fix engine 18 of the fleet")),
             std::string("semantic"));
}

QTEST_GUILESS_MAIN(TestCacheLive)
#include "tst_cache_live.moc"
