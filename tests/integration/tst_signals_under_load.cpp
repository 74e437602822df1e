// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"
#include "tests/support/load.h"

#include <QTest>

#include <algorithm>
#include <csignal>
#include <set>

using namespace signalbox::tests;

namespace {

const std::string kScenario = scenarioOf(
    {{.id = "a", .latency = "{ median_ms = 40, sigma = 0.3 }", .tokensPerSecond = 200}});

} // namespace

/// *Goal*: neither a stop nor a reload costs a client its answer. *Method*: steady plain and streamed
/// traffic while the signals come; every answer is looked at, and so is the ledger.
class TestSignalsUnderLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_simulator = std::make_unique<RunningSimulator>(kScenario); }

    void aStopLosesNoAnswer_data() { shapes(); }
    void aStopLosesNoAnswer();
    void reloadsLoseNoRequest_data() { shapes(); }
    void reloadsLoseNoRequest();

private:
    static void shapes();
    static void verifyAll(const Load &load);
    [[nodiscard]] std::string configuration() const;

    std::unique_ptr<RunningSimulator> m_simulator;
};

void TestSignalsUnderLoad::shapes()
{
    QTest::addColumn<bool>("streamed");
    QTest::newRow("plain") << false;
    QTest::newRow("streamed") << true;
}

std::string TestSignalsUnderLoad::configuration() const
{
    return "[server]\n" + std::string(kAdminServer)
           + "[[provider]]\nid = \"p\"\nkind = \"openai-compatible\"\nbase_url = \""
           + m_simulator->baseUrl("a") + "\"\n[[provider.model]]\nname = \"m\"\n";
}

void TestSignalsUnderLoad::verifyAll(const Load &load)
{
    QCOMPARE(load.lost(), 0);
    for (const Load::Answer &answer : load.answers()) {
        QCOMPARE(answer.status, 200);
        QVERIFY2(answer.whole, answer.id.c_str());
    }
}

void TestSignalsUnderLoad::aStopLosesNoAnswer()
{
    QFETCH(bool, streamed);
    const QTemporaryDir state;
    RunningDaemon daemon(configuration(),
                         DaemonOptions{{}, {}, state.path().toStdString(), "127.0.0.1:0"});
    Load load(daemon.port(),
              {.model = "p/m", .perSecond = 200, .clients = 24, .streamed = streamed});
    QVERIFY(eventually([&] { return load.count() > 200; }));
    daemon.process().signal(SIGTERM);
    QCOMPARE(daemon.process().waitForExit(), std::optional(0));
    load.stop();
    verifyAll(load);
    const auto kept = idsInLedger(daemon.stateDir() + "/ledger.sqlite");
    const std::set<std::string> there(kept.begin(), kept.end());
    for (const Load::Answer &answer : load.answers()) {
        QVERIFY2(there.contains(answer.id), answer.id.c_str());
    }
}

void TestSignalsUnderLoad::reloadsLoseNoRequest()
{
    QFETCH(bool, streamed);
    RunningDaemon daemon(configuration());
    Load load(daemon.port(),
              {.model = "p/m", .perSecond = 200, .clients = 24, .streamed = streamed});
    const auto occurrences = [&](const std::string &what) {
        const std::string text = daemon.logText();
        int found = 0;
        for (std::size_t at = text.find(what); at != std::string::npos;
             at = text.find(what, at + 1)) {
            ++found;
        }
        return found;
    };
    for (int round = 1; round <= 10; ++round) {
        writeFile(daemon.configPath(), configuration() + "# " + std::to_string(round) + "\n");
        daemon.process().signal(SIGHUP);
        QVERIFY(eventually([&] { return occurrences("\"event\":\"reloaded\"") == round; }));
        writeFile(daemon.configPath(), configuration() + "nonsense = 1\n");
        daemon.process().signal(SIGHUP);
        QVERIFY(eventually([&] { return occurrences("\"event\":\"reload_refused\"") == round; }));
        const std::size_t count = load.count();
        QVERIFY(eventually([&] { return load.count() > count + 30; }));
    }
    load.stop();
    verifyAll(load);
    QVERIFY(load.answers().size() > 300);
}

QTEST_GUILESS_MAIN(TestSignalsUnderLoad)
#include "tst_signals_under_load.moc"
