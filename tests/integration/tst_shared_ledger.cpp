// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"
#include "tests/unit/runtime/postgres_server.h"

#include <QTest>

#include <filesystem>
#include <set>

using namespace signalbox::tests;

namespace {

constexpr auto kPassword = "hunter2-of-the-ledger";

} // namespace

/// *Goal*: several gateways share one ledger on a server, clients are served whether it is there or not, and
/// its password is nowhere. *Method*: two daemons, a simulated provider, and a server that crashes.
class TestSharedLedger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void twoGatewaysTellTheSamePast();
    void clientsAreServedWhileTheServerIsAway();
    void checkTakesTheUrlAndBackupDoesNot();
    void thePasswordIsNowhere();

private:
    [[nodiscard]] std::string configuration(const std::string &gateway) const;
    [[nodiscard]] std::unique_ptr<RunningDaemon> daemon(
        const std::string &gateway, const std::string &password = kPassword) const;

    std::unique_ptr<RunningSimulator> m_simulator;
    std::string m_url;
    int m_roles = 0;
};

void TestSharedLedger::initTestCase()
{
    m_simulator = std::make_unique<RunningSimulator>(scenarioOf({{.id = "a"}}));
}

void TestSharedLedger::init()
{
    PostgresServer &server = postgresServer();
    if (server.problem().empty()) {
        (void)server.freshDatabase();
    }
    QVERIFY2(server.problem().empty(), server.problem().c_str());
    const std::string role = "gateway" + std::to_string(++m_roles);
    const std::string problem = server.addRole(role, kPassword, server.databaseName());
    QVERIFY2(problem.empty(), problem.c_str());
    m_url = server.urlOf(server.databaseName(), role);
}

std::string TestSharedLedger::configuration(const std::string &gateway) const
{
    return "[server]\n" + std::string(kAdminServer)
           + "[[provider]]\nid = \"p\"\nkind = \"openai-compatible\"\nbase_url = \""
           + m_simulator->baseUrl("a")
           + "\"\n[[provider.model]]\nname = \"m\"\n[ledger]\nstore = \"" + m_url
           + "&application_name=" + gateway + "\"\npassword = \"env:LEDGER_PASSWORD\"\n";
}

std::unique_ptr<RunningDaemon> TestSharedLedger::daemon(const std::string &gateway,
                                                        const std::string &password) const
{
    return std::make_unique<RunningDaemon>(configuration(gateway),
                                           DaemonOptions{{{"LEDGER_PASSWORD", password}},
                                                         {},
                                                         {},
                                                         "127.0.0.1:0"});
}

void TestSharedLedger::twoGatewaysTellTheSamePast()
{
    const auto one = daemon("one");
    const auto two = daemon("two");
    std::set<std::string> ids;
    for (int i = 0; i < 10; ++i) {
        const HttpReply reply = (i % 2 == 0 ? one : two)->chat("p/m");
        QCOMPARE(reply.status, 200);
        ids.insert(reply.header("x-signalbox-id"));
    }
    for (const auto &gateway : {one.get(), two.get()}) {
        QVERIFY(eventually([&] { return gateway->admin("requests")["requests"].size() == 10; }));
        std::set<std::string> told;
        const Json page = gateway->admin("requests");
        for (const Json &request : page["requests"]) {
            told.insert(request["id"].get<std::string>());
        }
        QCOMPARE(told, ids);
        QVERIFY(gateway->admin("state")["ledger"]["healthy"] == true);
    }
    QVERIFY(one->admin("costs") == two->admin("costs"));
    QVERIFY(!std::filesystem::exists(one->stateDir() + "/ledger.sqlite"));
}

void TestSharedLedger::clientsAreServedWhileTheServerIsAway()
{
    const auto running = daemon("one");
    QCOMPARE(running->chat("p/m").status, 200);
    PostgresServer &server = postgresServer();
    server.crash();
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(running->chat("p/m").status, 200);
    }
    QVERIFY(eventually([&] { return running->admin("state")["ledger"]["healthy"] == false; }));
    const auto said = running->admin("state")["ledger"]["problem"].get<std::string>();
    QVERIFY2(said.starts_with("unreachable: "), said.c_str());
    QVERIFY(server.start());
    QVERIFY(eventually([&] { return running->admin("state")["ledger"]["healthy"] == true; }));
    QVERIFY(eventually([&] { return running->admin("requests")["requests"].size() == 21; }));
    QCOMPARE(running->admin("state")["ledger"]["dropped"].get<int>(), 0);
}

void TestSharedLedger::checkTakesTheUrlAndBackupDoesNot()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("s.toml")).toStdString();
    writeFile(path, configuration("one"));
    const std::map<std::string, std::string> environment = {{"LEDGER_PASSWORD", kPassword},
                                                            {"ADMIN_TOKEN", kAdminToken}};
    const Finished checked = runToEnd(
        {daemonProgram(), {"--config", path, "--check"}, environment, {}, {}});
    QVERIFY2(checked.exitCode == 0, (checked.output + checked.errors).c_str());
    const Finished copied = runToEnd(
        {daemonProgram(), {"--config", path, "--backup", path + ".copy"}, environment, {}, {}});
    QCOMPARE(copied.exitCode, std::optional<int>(1));
    QVERIFY2(copied.errors.find("pg_dump") != std::string::npos, copied.errors.c_str());
}

void TestSharedLedger::thePasswordIsNowhere()
{
    for (const std::string &password :
         {std::string(kPassword), std::string("wrong-of-the-ledger")}) {
        const auto running = daemon("one", password);
        QCOMPARE(running->chat("p/m").status, 200);
        const bool right = password == kPassword;
        QVERIFY(eventually([&] { return running->admin("state")["ledger"]["healthy"] == right; }));
        const std::string told = running->admin("state").dump() + running->admin("config").dump()
                                 + running->get("/metrics").body + running->logText()
                                 + running->stderrText();
        QVERIFY(told.size() > 1000);
        QVERIFY(told.find(password) == std::string::npos);
    }
}

QTEST_GUILESS_MAIN(TestSharedLedger)
#include "tst_shared_ledger.moc"
