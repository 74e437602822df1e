// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dummy_secrets.h"
#include "tests/support/gateway_under_test.h"

#include "core/runtime/ledger/ledger_reader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <csignal>
#include <demo_texts.h>
#include <fstream>
#include <map>

using namespace signalbox;
using namespace signalbox::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kEnough = 150;

std::string demoConfiguration()
{
    std::string text(app::kDemoConfiguration);
    constexpr std::string_view kPlaceholder = "@URL@";
    for (auto at = text.find(kPlaceholder); at != std::string::npos; at = text.find(kPlaceholder)) {
        text.replace(at, kPlaceholder.size(), "http://127.0.0.1:1");
    }
    return text;
}

std::vector<RequestRecord> recordsIn(const std::string &ledger)
{
    RequestFilter filter;
    filter.limit = 1000;
    auto reader = runtime::LedgerReader::open(ledger);
    auto page = reader ? reader->requests(filter)
                       : Result<RequestPage, runtime::LedgerError>(Failure{reader.error()});
    return page ? std::move(page->requests) : std::vector<RequestRecord>();
}

Finished run(const std::vector<std::string> &arguments)
{
    return runToEnd({.program = daemonProgram(), .arguments = arguments});
}

} // namespace

/// Goal: `signalboxd --replay` reads what a gateway really wrote, and says the same before and after
/// where the draft is what was in force.
/// Method: the demo's traffic, then the command on its ledger.
class TestReplayDemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theUnchangedDraftComesToWhatWasRecorded();
    void theTextSaysIt();
    void whatCannotBeReadIsSaid();

private:
    QTemporaryDir m_directory;
    std::string m_state;
    std::string m_draft;
};

void TestReplayDemo::initTestCase()
{
    m_state = m_directory.path().toStdString();
    m_draft = m_state + "/draft.toml";
    writeFile(m_draft, demoConfiguration());
    ChildProcess daemon({.program = daemonProgram(),
                         .arguments = {"--demo", "--state", m_state, "--listen", "127.0.0.1:0"},
                         .errorFile = m_state + "/stderr"});
    QVERIFY(daemon.readLine().has_value());
    QVERIFY(QTest::qWaitFor([&] { return recordsIn(m_state + "/ledger.sqlite").size() >= kEnough; },
                            90'000));
    daemon.signal(SIGTERM);
    daemon.waitForExit(milliseconds(40'000));
}

void TestReplayDemo::theUnchangedDraftComesToWhatWasRecorded()
{
    const Finished printed = run(
        {"--replay", m_state + "/ledger.sqlite", "--config", m_draft, "--json"});
    QCOMPARE(printed.exitCode, std::optional(0));
    const QJsonObject told =
        QJsonDocument::fromJson(QByteArray::fromStdString(printed.output)).object();
    QVERIFY(told[u"recorded"_s].toInt() >= int(kEnough));
    QCOMPARE(told[u"replayed"_s], told[u"recorded"_s]);
    const QJsonObject all = told[u"all"_s].toObject();
    QCOMPARE(all[u"after"_s], all[u"now"_s]);
    QVERIFY(all[u"after"_s].toObject()[u"answered"_s].toInt() > int(kEnough) / 2);
    Money cost;
    std::map<QString, int> answered;
    for (const RequestRecord &record : recordsIn(m_state + "/ledger.sqlite")) {
        cost += record.cost.amount.value_or(Money());
        if (record.outcome == OutcomeClass::Success) {
            ++answered[QString::fromStdString(record.target.name())];
        }
    }
    QCOMPARE(all[u"now"_s].toObject()[u"cost_usd"_s].toString().toStdString(), cost.toDecimal());
    for (const QJsonValue &row : told[u"targets"_s].toArray()) {
        QCOMPARE(row[u"now"_s][u"answered"_s].toInt(), answered[row[u"name"_s].toString()]);
    }
    QVERIFY(answered.size() > 2);
}

void TestReplayDemo::theTextSaysIt()
{
    const Finished printed = run({"--replay", m_state + "/ledger.sqlite", "--config", m_draft});
    QCOMPARE(printed.exitCode, std::optional(0));
    QVERIFY(printed.output.find("cost USD") != std::string::npos);
    QVERIFY(printed.output.find("breaker trips") != std::string::npos);
}

void TestReplayDemo::whatCannotBeReadIsSaid()
{
    const std::string none = m_state + "/none.sqlite";
    const Finished missing = run({"--replay", none, "--config", m_draft});
    QCOMPARE(missing.exitCode, std::optional(1));
    QVERIFY(missing.errors.find("cannot be read") != std::string::npos);
    QVERIFY(!std::ifstream(none).good()); // nor was it made
    QCOMPARE(run({"--replay", m_state + "/ledger.sqlite"}).exitCode, std::optional(1));
    const std::string faulty = m_state + "/faulty.toml";
    writeFile(faulty, "[[route]]\nname = 7\n");
    const Finished refused = run({"--replay", m_state + "/ledger.sqlite", "--config", faulty});
    QCOMPARE(refused.exitCode, std::optional(1));
    QVERIFY(refused.errors.find("faulty.toml:2:") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestReplayDemo)
#include "tst_replay_demo.moc"
