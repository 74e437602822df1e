// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"

#include <QDirIterator>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <set>

using namespace signalbox::tests;

namespace {

constexpr const char *kProviderKey = "sk-provider-5f2c91";
constexpr const char *kClientKey = "ck-client-77ab03";

const std::string kScenario = scenarioOf(
    {{.id = "a", .models = R"(["m", "free"])", .more = "key = \"sk-provider-5f2c91\"\n"},
     {.id = "b", .format = "anthropic"}});

std::string configuration(const RunningSimulator &simulator)
{
    return "[server]\n" + std::string(kAdminServer)
           + "[[client]]\nid = \"app\"\nkey = \"env:CLIENT_KEY\"\n"
           + "[[provider]]\nid = \"a\"\nkind = \"openai\"\nbase_url = \"" + simulator.baseUrl("a")
           + "\"\nkeys = [\"env:PROVIDER_KEY\"]\n[[provider.model]]\nname = \"m\"\nprice = { input "
             "= 3, output = 7 }\n"
             "[[provider.model]]\nname = \"free\"\n"
             "[[provider]]\nid = \"b\"\nkind = \"anthropic\"\nbase_url = \""
           + simulator.baseUrl("b")
           + "\"\nkeys = [\"env:PROVIDER_KEY\"]\n[[provider.model]]\nname = \"m\"\nprice = { input "
             "= 1, output = 5 }\n"
             "[[route]]\nname = \"chat\"\ntargets = [ { target = \"a/m\" }, { target = \"b/m\" } "
             "]\n";
}

DaemonOptions options(const std::string &stateDir = {})
{
    return {{{"PROVIDER_KEY", kProviderKey}, {"CLIENT_KEY", kClientKey}},
            {},
            stateDir,
            "127.0.0.1:0"};
}

std::int64_t nanosOf(const std::string &decimal)
{
    return std::llround(std::stod(decimal) * 1e9);
}

} // namespace

/// What the daemon keeps: the ledger, the log, the metrics; and what it must not keep.
class TestBooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aBudgetOutlastsTheProgram();
    void init() { m_simulator->reset(); }

    void requestsArePagedNewestFirst();
    void requestsAreFiltered();
    void costsAddUpToWhatClientsWereTold();
    void costsFollowAZone();
    void faultyQueriesAreRefused_data();
    void faultyQueriesAreRefused();
    void aDecisionIsExplainedWithoutBeingMade();
    void metricsAreWellFormed();
    void secretsAndPromptsAreNowhere();
    void whatWasDeliveredASecondBeforeAKillIsKept();

private:
    HttpReply chat(const RunningDaemon &daemon, const std::string &model, bool stream = false) const
    {
        return daemon.chat(model, stream, bearer(kClientKey));
    }

    std::unique_ptr<RunningSimulator> m_simulator;
};

void TestBooks::initTestCase()
{
    m_simulator = std::make_unique<RunningSimulator>(kScenario);
}

void TestBooks::requestsArePagedNewestFirst()
{
    const RunningDaemon daemon(configuration(*m_simulator), options());
    std::vector<std::string> sent;
    for (int i = 0; i < 25; ++i) {
        sent.push_back(chat(daemon, "chat", i % 3 == 0).header("x-signalbox-id"));
    }
    QVERIFY(
        eventually([&] { return daemon.admin("requests?limit=1000")["requests"].size() == 25; }));
    std::vector<std::string> listed;
    std::string cursor;
    int pages = 0;
    do {
        const Json page = daemon.admin("requests?limit=10"
                                       + (cursor.empty() ? "" : "&cursor=" + cursor));
        for (const Json &row : page["requests"]) {
            listed.push_back(row["id"].get<std::string>());
        }
        cursor = page["next"].is_null() ? std::string() : page["next"].get<std::string>();
        // What arrives meanwhile does not shift the pages.
        QCOMPARE(chat(daemon, "chat").status, 200);
        QVERIFY(++pages < 10);
    } while (!cursor.empty());
    QCOMPARE(pages, 3);
    std::ranges::reverse(sent);
    QVERIFY(listed == sent);
}

void TestBooks::requestsAreFiltered()
{
    const RunningDaemon daemon(configuration(*m_simulator), options());
    chat(daemon, "chat");
    chat(daemon, "b/m");
    chat(daemon, "nothing");
    QVERIFY(eventually([&] { return daemon.admin("requests")["requests"].size() == 3; }));
    const auto count = [&](const std::string &query) {
        return daemon.admin("requests?" + query)["requests"].size();
    };
    QCOMPARE(count("route=chat"), std::size_t(1));
    QCOMPARE(count("target=b/m"), std::size_t(1));
    QCOMPARE(count("status=404"), std::size_t(1));
    QCOMPARE(count("since=2001-01-01T00:00:00Z"), std::size_t(3));
    QCOMPARE(count("until=2001-01-01T00:00:00Z"), std::size_t(0));
    const Json row = daemon.admin("requests?route=chat")["requests"][0];
    QCOMPARE(row["client"].get<std::string>(), std::string("app"));
    QCOMPARE(row["status"].get<int>(), 200);
    QVERIFY(row["usage"]["prompt_tokens"].get<int>() > 0);
    QCOMPARE(row["attempts"].size(), std::size_t(1));
    QVERIFY(!row.contains("decision"));
    QVERIFY(daemon.admin("requests/" + row["id"].get<std::string>())["decision"].is_object());
    QCOMPARE(daemon.get("/admin/v1/requests/none", bearer(kAdminToken)).status, 404);
}

void TestBooks::costsAddUpToWhatClientsWereTold()
{
    const RunningDaemon daemon(configuration(*m_simulator), options());
    std::map<std::string, std::int64_t> told;
    for (int i = 0; i < 6; ++i) {
        const std::string model = i % 2 == 0 ? "a/m" : "b/m";
        told[model.substr(0, 1)] += nanosOf(chat(daemon, model).header("x-signalbox-cost-usd"));
    }
    // One that fails over costs at the provider that answered, and one has no price.
    m_simulator->addFault({{"provider", "a"}, {"kind", "status"}, {"status", 500}, {"count", 1}});
    told["b"] += nanosOf(chat(daemon, "chat").header("x-signalbox-cost-usd"));
    QCOMPARE(chat(daemon, "a/free").header("x-signalbox-cost-usd"), std::string("unknown"));
    QCOMPARE(chat(daemon, "nothing").status, 404);
    QVERIFY(eventually([&] { return daemon.admin("requests")["requests"].size() == 9; }));
    std::map<std::string, Json> rows;
    const Json costs = daemon.admin("costs?by=provider&bucket=day");
    for (const Json &row : costs["rows"]) {
        rows[row["provider"].get<std::string>()] = row;
    }
    QCOMPARE(nanosOf(rows.at("a")["cost_usd"].get<std::string>()), told["a"]);
    QCOMPARE(nanosOf(rows.at("b")["cost_usd"].get<std::string>()), told["b"]);
    QVERIFY(told["a"] > 0 && told["b"] > 0);
    QCOMPARE(rows.at("a")["unknown_price_requests"].get<int>(), 1);
    QCOMPARE(rows.at("b")["requests"].get<int>(), 4);
    QCOMPARE(rows.at("")["requests"].get<int>(), 1);
    QVERIFY(!daemon.admin("costs?by=model&bucket=hour")["rows"].empty());
    QVERIFY(!daemon.admin("costs?by=client")["rows"].empty());
    QVERIFY(!daemon.admin("costs?by=task")["rows"].empty());
    const Json matrix = daemon.admin("cost-matrix");
    QVERIFY(!matrix["cells"].empty() && matrix["cells"][0].contains("cost_usd_per_answer"));
    QCOMPARE(daemon.admin("cost-matrix?until=2020-01-01T00:00:00Z")["cells"].size(),
             std::size_t(0));
}

void TestBooks::costsFollowAZone()
{
    const RunningDaemon daemon(configuration(*m_simulator), options());
    chat(daemon, "chat");
    QVERIFY(eventually([&] { return daemon.admin("requests")["requests"].size() == 1; }));
    std::set<std::string> days;
    // Noon in one is midnight in the other: between them lies a change of the day at any time.
    for (const char *zone : {"Pacific/Kiritimati", "Pacific/Niue"}) {
        const Json rows = daemon.admin("costs?by=route&bucket=day&tz=" + std::string(zone))["rows"];
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(rows[0]["route"].get<std::string>(), std::string("chat"));
        days.insert(rows[0]["bucket"].get<std::string>());
    }
    QCOMPARE(days.size(), std::size_t(2));
}

void TestBooks::faultyQueriesAreRefused_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("limit") << QByteArray("requests?limit=1001");
    QTest::newRow("limit of words") << QByteArray("requests?limit=ten");
    QTest::newRow("cursor") << QByteArray("requests?cursor=nonsense");
    QTest::newRow("time") << QByteArray("requests?since=yesterday");
    QTest::newRow("dimension") << QByteArray("costs?by=colour");
    QTest::newRow("matrix since") << QByteArray("cost-matrix?since=yesterday");
    QTest::newRow("zone") << QByteArray("costs?tz=Mars/Olympus");
    QTest::newRow("audit cursor") << QByteArray("audit?cursor=-");
}

void TestBooks::faultyQueriesAreRefused()
{
    QFETCH(const QByteArray, query);
    const RunningDaemon daemon(configuration(*m_simulator), options());
    const HttpReply reply = daemon.get("/admin/v1/" + query.toStdString(), bearer(kAdminToken));
    QVERIFY2(reply.status == 400 && reply.error()["code"] == "invalid_request", reply.body.c_str());
}

void TestBooks::aDecisionIsExplainedWithoutBeingMade()
{
    const RunningDaemon daemon(configuration(*m_simulator), options());
    const HttpReply told = daemon.act("route/explain",
                                      {{"model", "chat"},
                                       {"messages", {{{"role", "user"}, {"content", "hello"}}}}});
    QCOMPARE(told.status, 200);
    const Json json = Json::parse(told.body);
    QCOMPARE(json["decision"]["candidates"][0]["target"].get<std::string>(), std::string("a/m"));
    QCOMPARE(json["decision"]["candidates"].size(), std::size_t(2));
    QCOMPARE(json["operation"].get<std::string>(), std::string("chat"));
    QVERIFY(json["facts"]["prompt_tokens"].get<int>() > 0);
    QCOMPARE(m_simulator->requests("a"), 0);

    QCOMPARE(daemon.act("route/explain", {{"model", "nobody"}}).status, 400);
    QCOMPARE(daemon.act("route/explain?operation=songs", Json::object()).status, 400);
    const HttpReply embeddings = daemon.act("route/explain?operation=embeddings",
                                            {{"model", "chat"}, {"input", "x"}});
    QCOMPARE(Json::parse(embeddings.body)["decision"]["candidates"][0]["veto"].get<std::string>(),
             std::string("missing_feature"));
    QCOMPARE(daemon.get("/admin/v1/route/explain", bearer(kAdminToken)).status, 405);
    QVERIFY(daemon.admin("requests")["requests"].empty());
}

void TestBooks::metricsAreWellFormed()
{
    const std::string embedder =
        "[[provider]]\nid = \"v\"\nkind = \"openai\"\nbase_url = \"" + m_simulator->baseUrl("a")
        + "\"\nkeys = [\"env:PROVIDER_KEY\"]\n[[provider.model]]\nname = \"m\"\n"
          "features = [\"embeddings\"]\n";
    const RunningDaemon daemon(configuration(*m_simulator) + embedder, options());
    chat(daemon, "chat", true);
    chat(daemon, "b/m");
    const Json vectors{{"model", "v/m"}, {"input", "cat"}};
    QCOMPARE(daemon.fetch({"POST", "/v1/embeddings", vectors.dump(), bearer(kClientKey)}).status,
             200);
    m_simulator->addFault({{"kind", "status"}, {"status", 500}});
    chat(daemon, "chat");
    const HttpReply metrics = daemon.get("/metrics");
    QCOMPARE(metrics.status, 200);
    for (const char *operation : {"chat", "embeddings"}) {
        const std::string series =
            "gen_ai_server_request_duration_seconds_count{gen_ai_operation_name=\""
            + std::string(operation);
        QVERIFY2(metrics.body.find(series) != std::string::npos, operation);
    }
    QVERIFY(metrics.header("content-type").starts_with("text/plain; version=0.0.4"));
    for (const char *name : {"gen_ai_client_token_usage",
                             "gen_ai_server_request_duration_seconds",
                             "gen_ai_server_time_to_first_token_seconds",
                             "gen_ai_server_time_per_output_token_seconds"}) {
        QVERIFY2(metrics.body.find("# TYPE " + std::string(name) + " histogram")
                     != std::string::npos,
                 name);
        QVERIFY2(metrics.body.find("\n" + std::string(name) + "_count{") != std::string::npos,
                 name);
    }
    QTemporaryDir folder;
    const std::string path = folder.filePath("metrics").toStdString();
    writeFile(path, metrics.body);
    if (runToEnd({"promtool", {"--version"}, {}, {}, {}}).exitCode != 0) {
        QSKIP("promtool is not installed");
    }
    const Finished checked = runToEnd(
        {"sh", {"-c", "promtool check metrics < " + path}, {}, {}, {}});
    QVERIFY2(checked.exitCode == 0, (checked.output + checked.errors).c_str());
    QCOMPARE(checked.output + checked.errors, std::string());
}

void TestBooks::secretsAndPromptsAreNowhere()
{
    RunningDaemon daemon(configuration(*m_simulator), options());
    std::string told;
    chat(daemon, "chat", true);
    chat(daemon, "b/m");
    m_simulator->addFault(
        {{"provider", "a"},
         {"kind", "status"},
         {"status", 401},
         {"body",
          Json{{"error", {{"message", "wrong key " + std::string(kProviderKey)}}}}.dump()}});
    chat(daemon, "a/m");
    // In words that are passed on, that end a stream, and in none at all.
    const std::string echo =
        Json{{"error", {{"message", "cannot read Bearer " + std::string(kProviderKey)}}}}.dump();
    for (const int status : {400, 402, 403, 404, 413, 422, 429, 500, 529}) {
        m_simulator->clearFaults();
        m_simulator->addFault(
            {{"provider", "a"}, {"kind", "status"}, {"status", status}, {"body", echo}});
        daemon.act("providers/a/reset");
        told += chat(daemon, "a/m").body + chat(daemon, "a/m", true).body;
    }
    for (const char *kind : {"error_event", "garbage", "reset", "cut", "empty", "html"}) {
        m_simulator->clearFaults();
        m_simulator->addFault({{"provider", "a"}, {"kind", kind}});
        daemon.act("providers/a/reset");
        told += chat(daemon, "a/m").body + chat(daemon, "a/m", true).body;
    }
    QVERIFY(told.find("cannot read Bearer [redacted]") != std::string::npos);
    daemon.chat("chat", false, bearer("ck-unknown-41d0"));
    daemon.get("/admin/v1/state", bearer("admin-token-guess"));
    writeFile(daemon.configPath(), "x = \"" + std::string(kProviderKey) + "\"\n");
    daemon.process().signal(SIGHUP);
    QVERIFY(
        eventually([&] { return daemon.logText().find("reload_refused") != std::string::npos; }));
    const std::string answers = daemon.admin("requests").dump() + daemon.admin("state").dump()
                                + daemon.admin("audit").dump() + daemon.get("/metrics").body;
    daemon.process().signal(SIGTERM);
    QCOMPARE(daemon.process().waitForExit(), std::optional(0));
    std::string kept = told + answers + daemon.stderrText();
    int files = 0;
    QDirIterator entries(QString::fromStdString(daemon.stateDir()),
                         QDir::Files | QDir::Hidden,
                         QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        kept += readFile(entries.next().toStdString());
        ++files;
    }
    QVERIFY(files >= 2); // ledger and log
    QVERIFY(kept.find("\"stopped\"") != std::string::npos);
    const std::vector<std::string> mustNotBeKept = {kProviderKey,
                                                    kClientKey,
                                                    kAdminToken,
                                                    "ck-unknown-41d0",
                                                    "admin-token-guess",
                                                    "Where is my order"};
    for (const std::string &secret : mustNotBeKept) {
        const std::size_t at = kept.find(secret);
        QVERIFY2(at == std::string::npos,
                 at == std::string::npos
                     ? ""
                     : kept.substr(at - std::min<std::size_t>(at, 200), 300).c_str());
    }
}

/// *Goal*: a crash loses at most the last second. *Method*: answers delivered one after the other
/// for three seconds, each with its time; SIGKILL; a new daemon on the same files.
void TestBooks::whatWasDeliveredASecondBeforeAKillIsKept()
{
    QTemporaryDir folder;
    const std::string state = folder.filePath("state").toStdString();
    std::vector<std::pair<std::string, Clock::time_point>> delivered;
    Clock::time_point killed;
    {
        RunningDaemon daemon(configuration(*m_simulator), options(state));
        HttpConnection client(daemon.port());
        const auto start = Clock::now();
        while (since(start) < milliseconds(3000)) {
            const HttpReply reply = client.exchange(
                chatRequest("chat", delivered.size() % 2 == 0, bearer(kClientKey)));
            QCOMPARE(reply.status, 200);
            delivered.emplace_back(reply.header("x-signalbox-id"), Clock::now());
        }
        killed = Clock::now();
        daemon.process().signal(SIGKILL);
        QCOMPARE(daemon.process().waitForExit(), std::optional(-SIGKILL));
    }
    const RunningDaemon daemon(configuration(*m_simulator), options(state));
    QVERIFY2(daemon.port() > 0, daemon.stderrText().c_str());
    std::set<std::string> kept;
    std::string query = "requests?limit=1000";
    while (!query.empty()) {
        const Json page = daemon.admin(query);
        for (const Json &row : page["requests"]) {
            kept.insert(row["id"].get<std::string>());
        }
        query = page["next"].is_null()
                    ? std::string()
                    : "requests?limit=1000&cursor=" + page["next"].get<std::string>();
    }
    int due = 0;
    for (const auto &[id, at] : delivered) {
        if (killed - at > std::chrono::seconds(1)) {
            QVERIFY2(kept.contains(id), id.c_str());
            ++due;
        }
    }
    qInfo("%zu delivered, %d of them a second before the kill, %zu kept",
          delivered.size(),
          due,
          kept.size());
    QVERIFY(due > 50);
    QCOMPARE(chat(daemon, "chat").status, 200);
}

/// A restart must not be a way to a new budget; SIGKILL takes at most what was not yet written.
void TestBooks::aBudgetOutlastsTheProgram()
{
    const QTemporaryDir state;
    std::string limited = configuration(*m_simulator);
    const std::string key = "key = \"env:CLIENT_KEY\"\n";
    limited.insert(limited.find(key) + key.size(), "budget_usd_per_day = 0.005\n");
    const auto isRefused = [this](const RunningDaemon &daemon) {
        const HttpReply reply = chat(daemon, "a/m");
        return reply.status == 429 && reply.error().value("code", "") == "budget_exhausted"
               && !reply.header("retry-after").empty();
    };
    std::string spent;
    {
        RunningDaemon daemon(limited, options(state.path().toStdString()));
        QVERIFY(eventually([&] { return isRefused(daemon); }));
        const Json client = daemon.admin("state")["clients"][0];
        QCOMPARE(client["id"].get<std::string>(), std::string("app"));
        QCOMPARE(client["budget_usd_per_day"].get<std::string>(), std::string("0.005"));
        QCOMPARE(client["reserved_usd"].get<std::string>(), std::string("0.00"));
        spent = client["spent_usd"].get<std::string>();
        QVERIFY(nanosOf(spent) > 4'800'000 && nanosOf(spent) <= 5'200'000);
        QVERIFY(eventually([&] {
            const Json rows = daemon.admin("costs?by=client")["rows"];
            return !rows.empty() && rows[0]["cost_usd"] == spent;
        }));
        daemon.process().signal(SIGKILL);
        (void)daemon.process().waitForExit();
    }
    const RunningDaemon again(limited, options(state.path().toStdString()));
    QCOMPARE(again.admin("state")["clients"][0]["spent_usd"].get<std::string>(), spent);
    QVERIFY(isRefused(again));
}

QTEST_GUILESS_MAIN(TestBooks)
#include "tst_books.moc"
