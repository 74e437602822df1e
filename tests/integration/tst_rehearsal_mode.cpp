// SPDX-License-Identifier: Apache-2.0
// An installation's own configuration with simulated providers.
#include "app/demo/demo.h"
#include "app/demo/rehearsal.h"
#include "tests/support/gateway_under_test.h"

#include "core/runtime/config_file.h"
#include "core/runtime/ledger/ledger_reader.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <set>

using namespace signalbox;
using namespace signalbox::tests;

namespace {

/// Secrets that are nowhere, addresses that must never be asked, and a door that is taken.
constexpr const char *kOwn = "[server]\n"
                             "listen = \"192.0.2.1:443\"\n"
                             "admin_token = \"env:NOT_SET_ADMIN\"\n"
                             "queue_s = 3\n"
                             "\n"
                             "[[operator]]\n"
                             "id = \"ada\"\n"
                             "token = \"env:NOT_SET_OPERATOR\"\n"
                             "role = \"viewer\"\n"
                             "\n"
                             "[[client]]\n"
                             "id = \"bot\"\n"
                             "key = \"env:NOT_SET_CLIENT\"\n"
                             "\n"
                             "[[provider]]\n"
                             "id = \"first\"\n"
                             "kind = \"anthropic\"\n"
                             "keys = [\"env:NOT_SET_ONE\", \"keychain:two\"]\n"
                             "breaker = { failures = 2, window_s = 30, open_s = 5 }\n"
                             "[[provider.model]]\n"
                             "name = \"claude-haiku-4-5\"\n"
                             "\n"
                             "[[provider]]\n"
                             "id = \"second\"\n"
                             "kind = \"gemini\"\n"
                             "keys = [\"env:NOT_SET_THREE\"]\n"
                             "[[provider.model]]\n"
                             "name = \"gemini-2.5-flash\"\n"
                             "\n"
                             "[[provider]]\n"
                             "id = \"third\"\n"
                             "kind = \"openai-compatible\"\n"
                             "base_url = \"http://192.0.2.7:8000/v1\"\n"
                             "[[provider.model]]\n"
                             "name = \"own-model\"\n"
                             "price = { input = 1, output = 2 }\n"
                             "\n"
                             "[[route]]\n"
                             "name = \"one\"\n"
                             "strategy = \"weighted\"\n"
                             "targets = [ { target = \"first/claude-haiku-4-5\", weight = 70 }, { "
                             "target = \"second/gemini-2.5-flash\", weight = 30 } ]\n"
                             "\n"
                             "[[route]]\n"
                             "name = \"two\"\n"
                             "targets = [ { target = \"third/own-model\" } ]\n"
                             "\n";

std::string written(const QTemporaryDir &folder, const char *text)
{
    const QString path = folder.filePath(QStringLiteral("signalbox.toml"));
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) > 0 ? path.toStdString()
                                                                   : std::string();
}

} // namespace

class TestRehearsalMode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leadsNowhereOutside();
    void servesItsRoutesWithSimulatedProviders();
    void saysWhatCannotBeRehearsed();
};

/// Goal: what is rehearsed is the own configuration, but for all that needs a secret or a network.
void TestRehearsalMode::leadsNowhereOutside()
{
    const QTemporaryDir folder;
    const std::string path = written(folder, kOwn);
    const auto own = runtime::readSettings(path);
    QVERIFY(own);
    app::Demo demo;
    QVERIFY(demo.startProviders(*own, kOwn));
    runtime::SystemSecretStore secrets;
    const auto ready = runtime::readConfigurationText(demo.configuration(), "r.toml", secrets);
    QVERIFY(ready);
    QVERIFY(ready->secretProblems.empty());
    const Configuration &rehearsed = *ready->configuration;
    QCOMPARE(rehearsed.server.listen, std::string("127.0.0.1:0"));
    QVERIFY(rehearsed.server.queue == own->server.queue);
    QVERIFY(rehearsed.clients.empty() && rehearsed.operators.empty());
    QCOMPARE(rehearsed.providers.size(), own->providers.size());
    for (std::size_t i = 0; i < rehearsed.providers.size(); ++i) {
        const ProviderSettings &provider = rehearsed.providers[i];
        QVERIFY2(provider.baseUrl.starts_with("http://127.0.0.1:"), provider.baseUrl.c_str());
        QVERIFY(provider.keys.empty());
        QVERIFY(provider.breaker == own->providers[i].breaker);
        QVERIFY(provider.kind == own->providers[i].kind);
    }
    QVERIFY(rehearsed.routes == own->routes);
    QVERIFY(demo.configuration().find("NOT_SET") == std::string::npos);
    QVERIFY(demo.configuration().find("192.0.2.") == std::string::npos);
}

/// Goal: every provider of it answers in its own form, and the file stays as it was.
void TestRehearsalMode::servesItsRoutesWithSimulatedProviders()
{
    const QTemporaryDir folder;
    const std::string path = written(folder, kOwn);
    const std::string state = folder.filePath(QStringLiteral("state")).toStdString();
    QVERIFY(QDir().mkpath(QString::fromStdString(state)));
    ChildProcess daemon({.program = daemonProgram(),
                         .arguments = {"--rehearse", "--config", path, "--state", state},
                         .errorFile = state + "/stderr"});
    QVERIFY(daemon.readLine());
    std::set<std::string> answered;
    const auto all = [&] {
        RequestFilter filter;
        filter.limit = 1000;
        auto reader = runtime::LedgerReader::open(state + "/ledger.sqlite");
        if (!reader) {
            return false;
        }
        const auto page = reader->requests(filter);
        for (const RequestRecord &record : page ? page->requests : std::vector<RequestRecord>()) {
            if (record.status == 200) {
                answered.insert(record.target.name());
            }
        }
        return answered.size() == 3;
    };
    QVERIFY(QTest::qWaitFor(all, 60'000));
    QVERIFY(answered.contains("first/claude-haiku-4-5") && answered.contains("third/own-model"));
    daemon.signal(SIGTERM);
    QVERIFY(daemon.waitForExit(milliseconds(40'000)));
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray(kOwn));
}

void TestRehearsalMode::saysWhatCannotBeRehearsed()
{
    const QTemporaryDir folder;
    const std::string state = folder.filePath(QStringLiteral("state")).toStdString();
    const auto said = [&](std::vector<std::string> arguments) {
        const std::string errors = folder.filePath(QStringLiteral("stderr")).toStdString();
        arguments.insert(arguments.end(), {"--state", state});
        ChildProcess daemon(
            {.program = daemonProgram(), .arguments = std::move(arguments), .errorFile = errors});
        (void)daemon.waitForExit(milliseconds(20'000));
        QFile file(QString::fromStdString(errors));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QVERIFY(said({"--rehearse", "--demo"}).contains("exclude each other"));
    const std::string missing = folder.filePath(QStringLiteral("none.toml")).toStdString();
    QVERIFY(said({"--rehearse", "--config", missing}).contains("none.toml"));
    const std::string faulty = written(folder, "[[provider]]\nid = \"x\"\n");
    QVERIFY(said({"--rehearse", "--config", faulty}).contains("signalbox.toml:"));
}

QTEST_GUILESS_MAIN(TestRehearsalMode)
#include "tst_rehearsal_mode.moc"
