// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dummy_secrets.h"
#include "tests/support/gateway_under_test.h"

#include "core/pricing/answer_price.h"
#include "core/pricing/cost.h"
#include "core/routing/router.h"
#include "core/runtime/ledger/ledger_reader.h"

#include <QTest>

#include <csignal>
#include <demo_texts.h>
#include <map>
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
    void initTestCase();
    void eachComesToTheSame();
    void eachCostIsTheSumOfItsLines();

private:
    std::vector<RequestRecord> m_records;
    std::shared_ptr<const Configuration> m_configuration;
};

void TestDecisionsAgain::initTestCase()
{
    const QTemporaryDir directory;
    m_records = recordsOfTheDemo(directory.path().toStdString());
    QVERIFY2(m_records.size() >= kEnough,
             readFile(directory.path().toStdString() + "/stderr").c_str());
    m_configuration = configurationOf(demoConfiguration());
}

void TestDecisionsAgain::eachComesToTheSame()
{
    std::set<std::string> rules;
    std::size_t drawn = 0;
    for (const RequestRecord &record : m_records) {
        const Decision &before = record.decision;
        QVERIFY(!before.candidates.empty());
        const Decision again = routing::decideAgain(routeOf(record, *m_configuration), record);
        QVERIFY2(again == before, record.id.c_str());
        rules.insert(before.rule);
        drawn += before.draw ? std::size_t(1) : 0;
    }
    // Rules and chance had their part, or this says little.
    QVERIFY(rules.size() >= 2 && drawn >= 10);
}

/// Goal: the line-by-line cost of an explanation is the ledger's, for every attempt of every request.
void TestDecisionsAgain::eachCostIsTheSumOfItsLines()
{
    std::map<std::string, int> seen;
    for (const RequestRecord &record : m_records) {
        Money sum;
        bool unknown = false;
        for (const AttemptRecord &attempt : record.attempts) {
            const Cost &cost = attempt.cost;
            sum += cost.amount.value_or(Money());
            unknown = unknown || !cost.amount;
            if (!attempt.usage || attempt.usage->statedCost) {
                ++seen[attempt.usage ? "stated" : "no usage"];
                continue;
            }
            const auto price = pricing::priceOfAnswer(*m_configuration->provider(
                                                          attempt.target.provider()),
                                                      *m_configuration->model(attempt.target),
                                                      attempt.upstreamModel,
                                                      record.arrived + attempt.startedAfter);
            const PriceRow *row = pricing::priceRow(price.table, attempt.usage->promptTokens);
            QCOMPARE(cost.amount.has_value(), row != nullptr);
            if (row == nullptr) {
                ++seen["unknown"];
                continue;
            }
            CostSum lines;
            for (const auto &line : pricing::costLines(*attempt.usage, *row)) {
                lines.add(line.tokens, line.price);
            }
            QVERIFY2(lines.total() == *cost.amount, record.id.c_str());
            ++seen["priced"];
            seen["cached"] += attempt.usage->cachedTokens > 0 ? 1 : 0;
            seen["reasoning"] += attempt.usage->reasoningTokens > 0 ? 1 : 0;
            seen["estimated"] += attempt.usage->estimated ? 1 : 0;
            seen["failed"] += attempt.outcome != OutcomeClass::Success ? 1 : 0;
        }
        QCOMPARE(record.cost.amount.has_value(), !unknown);
        if (!unknown) {
            QVERIFY2(record.cost.amount == sum, record.id.c_str());
        }
    }
    for (const auto &[what, count] : seen) {
        qInfo("%s: %d", what.c_str(), count);
    }
    QVERIFY(seen["priced"] >= static_cast<int>(kEnough) / 2);
}

QTEST_GUILESS_MAIN(TestDecisionsAgain)
#include "tst_decisions_again.moc"
