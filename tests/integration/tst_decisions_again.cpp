// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dummy_secrets.h"
#include "tests/support/gateway_under_test.h"

#include "core/routing/router.h"
#include "core/runtime/ledger/ledger_reader.h"

#include <QTest>

#include <csignal>
#include <demo_texts.h>
#include <set>

using namespace signalbox;
using namespace signalbox::tests;

namespace {

constexpr std::size_t kEnough = 100;

std::string demoConfiguration()
{
    std::string text(app::kDemoConfiguration);
    constexpr std::string_view kPlaceholder = "@URL@";
    for (auto at = text.find(kPlaceholder); at != std::string::npos; at = text.find(kPlaceholder)) {
        text.replace(at, kPlaceholder.size(), "http://127.0.0.1:1");
    }
    return text;
}

/// The route that \p record was decided by: a named one, or that of the target it asked for.
RouteSettings routeOf(const RequestRecord &record, const Configuration &configuration)
{
    if (const RouteSettings *route = configuration.route(record.route)) {
        return *route;
    }
    return routing::routeToTarget(record.decision.candidates.front().target);
}

/// What the ledger has after the demo asked for a while and the program stopped.
std::vector<RequestRecord> recordsOfTheDemo(const std::string &stateDir)
{
    ChildProcess daemon({.program = daemonProgram(),
                         .arguments = {"--demo", "--state", stateDir, "--listen", "127.0.0.1:0"},
                         .errorFile = stateDir + "/stderr"});
    if (!daemon.readLine()) {
        return {};
    }
    RequestFilter filter;
    filter.withDecision = true;
    filter.limit = 1000;
    const auto read = [&]() -> std::vector<RequestRecord> {
        auto reader = runtime::LedgerReader::open(stateDir + "/ledger.sqlite");
        auto page = reader ? reader->requests(filter)
                           : Result<RequestPage, runtime::LedgerError>(Failure{reader.error()});
        return page ? std::move(page->requests) : std::vector<RequestRecord>();
    };
    if (!QTest::qWaitFor([&] { return read().size() >= kEnough; }, 60'000)) {
        return {};
    }
    daemon.signal(SIGTERM);
    daemon.waitForExit(milliseconds(40'000));
    return read();
}

} // namespace

/// Goal: what the ledger keeps of a request is enough to make its decision again: facts, vetoes,
/// forecasts, seed and draw, after all have been through the database.
/// Method: the demo's own traffic, against its seven simulated providers, one of which fails.
class TestDecisionsAgain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachComesToTheSame();
};

void TestDecisionsAgain::eachComesToTheSame()
{
    const QTemporaryDir directory;
    const auto records = recordsOfTheDemo(directory.path().toStdString());
    QVERIFY2(records.size() >= kEnough,
             readFile(directory.path().toStdString() + "/stderr").c_str());
    const auto configuration = configurationOf(demoConfiguration());
    std::set<std::string> rules;
    std::size_t drawn = 0;
    for (const RequestRecord &record : records) {
        const Decision &before = record.decision;
        QVERIFY(!before.candidates.empty());
        const Decision again = routing::decideAgain(routeOf(record, *configuration), record);
        QVERIFY2(again == before, record.id.c_str());
        rules.insert(before.rule);
        drawn += before.draw ? std::size_t(1) : 0;
    }
    // Rules and chance had their part, or this says little.
    QVERIFY(rules.size() >= 2 && drawn >= 10);
}

QTEST_GUILESS_MAIN(TestDecisionsAgain)
#include "tst_decisions_again.moc"
