// SPDX-License-Identifier: GPL-3.0-or-later
// What the pages say beyond single widgets, and where they lead.
#include "tests/ui/support/console.h"
#include "tests/ui/support/fixture_ledger.h"
#include "ui/charts/time_chart.h"
#include "ui/models/flow.h"
#include "ui/models/state_strip.h"
#include "ui/models/targets_model.h"
#include "ui/pages/providers_page.h"
#include "ui/widgets/attention_panel.h"
#include "ui/widgets/attention_row.h"
#include "ui/widgets/flow_view.h"
#include "ui/widgets/list_view.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QTest>

#include <memory>
#include <set>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

struct Providers : Console
{
    Providers()
    {
        window.showPage(u"providers"_s);
        page->setTableShown(true);
    }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return table->model()->index(row, column).data().toString();
    }
    [[nodiscard]] QString target(int row) const
    {
        const QModelIndex index = table->model()->index(row, TargetsModel::Target);
        return index.data(Qt::AccessibleTextRole).toString();
    }
    [[nodiscard]] QString tip(int row, int column) const
    {
        return table->model()->index(row, column).data(Qt::ToolTipRole).toString();
    }
    [[nodiscard]] int rowOf(const QString &target) const
    {
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            if (target == this->target(row)) {
                return row;
            }
        }
        return -1;
    }

    ProvidersPage *page = window.findChild<ProvidersPage *>();
    ListView *table = window.findChild<ListView *>(u"targets"_s);
};

} // namespace

class TestPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void flowSumsWhatRoutesSend();
    void callsDivertedOnlyWhatChanceDoesNotExplain_data();
    void callsDivertedOnlyWhatChanceDoesNotExplain();
    void flowIsWalkedByKeys();
    void flowHidesWithoutRoutes();
    void attentionLeadsToTheTarget();
    void attentionCountsTheRest();
    void tilesLeadToTheirPages();
    void tableIsSortedWorstFirst();
    void tableShowsCalculatedAndForced();
    void tableShowsWeightsAndLimits();
    void tableActsByKeys();
    void tileSaysWeightMeasuredAndLimit();
    void rulesAreNoDiversion();
    void filterNarrowsTilesAndTable();
    void changesLeadToTheirRequests();
    void requestsAreFilteredByTargetsTried();
    void aChosenSpanNarrowsTheLists();
    void stripTellsTheDay();
    void stripKnowsWhatItDoesNotKnow();
    void tabGoesAsTheEyeDoes();
    void everyModelKeepsItsPromises();
};

void TestPages::flowSumsWhatRoutesSend()
{
    const telemetry::Snapshot scene = *FixtureSource().snapshot();
    const Flow flow = flowOf(scene, scene.at.system);
    QCOMPARE(flow.routes.size(), std::size_t(3));
    QCOMPARE(flow.targets.size(), std::size_t(6));
    QCOMPARE(flow.bands.size(), std::size_t(7));
    for (std::size_t route = 0; route < flow.routes.size(); ++route) {
        double sum = 0;
        for (const FlowBand &band : flow.bands) {
            sum += band.route == route ? band.perSecond : 0;
        }
        QVERIFY(std::abs(sum - flow.routes[route].perSecond) < 0.01);
    }
    QCOMPARE(
        bandText(flow, flow.bands[0]),
        u"chat-default → openai/gpt-4.1: 58 %, 18.2 req/s; by weight 50 %, diverted; Closed"_s);
    QVERIFY(!flow.bands[3].planned); // by priority: there is no share to differ from
}

void TestPages::callsDivertedOnlyWhatChanceDoesNotExplain_data()
{
    QTest::addColumn<double>("planned");
    QTest::addColumn<double>("actual");
    QTest::addColumn<qint64>("attempts");
    QTest::addColumn<bool>("diverted");
    QTest::newRow("too few") << 0.5 << 1.0 << qint64(19) << false;
    QTest::newRow("as planned") << 0.5 << 0.5 << qint64(1000) << false;
    QTest::newRow("within chance") << 0.5 << 0.54 << qint64(1000) << false; // 3 errors: 0.047
    QTest::newRow("beyond chance") << 0.5 << 0.56 << qint64(1000) << true;
    QTest::newRow("the same, fewer") << 0.5 << 0.56 << qint64(100) << false;
    QTest::newRow("rounding of large counts") << 0.5 << 0.504 << qint64(9'000'000) << false;
    QTest::newRow("sent by a rule") << 0.0 << 0.4 << qint64(500) << false;
}

void TestPages::callsDivertedOnlyWhatChanceDoesNotExplain()
{
    QFETCH(double, planned);
    QFETCH(double, actual);
    QFETCH(qint64, attempts);
    QFETCH(bool, diverted);
    QCOMPARE(isDiverted(planned, actual, attempts), diverted);
}

void TestPages::flowIsWalkedByKeys()
{
    Console console;
    auto *flow = console.window.findChild<FlowView *>();
    QVERIFY(flow->isVisible());
    flow->setFocus(Qt::TabFocusReason);
    QCOMPARE(flow->currentBand(), 0);
    QTest::keyClick(flow, Qt::Key_Up);
    QCOMPARE(flow->currentBand(), 0);
    QTest::keyClick(flow, Qt::Key_Down);
    QTest::keyClick(flow, Qt::Key_Down);
    QVERIFY(flow->accessibleDescription().contains(u"mistral/mistral-large: 11 %"_s));
    QTest::keyClick(flow, Qt::Key_Return);
    QCOMPARE(console.window.currentPage(), u"providers"_s);
    QVERIFY(console.tile(u"mistral/mistral-large"_s)->isAncestorOf(console.window.focusWidget()));
}

void TestPages::flowHidesWithoutRoutes()
{
    Console console;
    auto *flow = console.window.findChild<FlowView *>();
    flow->setFocus(Qt::TabFocusReason);
    for (int i = 0; i < 6; ++i) {
        QTest::keyClick(flow, Qt::Key_Down);
    }
    console.source.draft().routes.resize(1); // the band under the keys is gone
    console.source.publish();
    QTRY_COMPARE(flow->flow().bands.size(), std::size_t(3));
    QTest::keyClick(flow, Qt::Key_Return);
    console.window.showPage(u"overview"_s);
    console.source.draft().routes.clear();
    console.source.publish();
    QTRY_VERIFY(!flow->isVisible());
}

void TestPages::attentionLeadsToTheTarget()
{
    Console console;
    auto *panel = console.window.findChild<AttentionPanel *>();
    auto *first = panel->findChild<AttentionRow *>(u"attention.0"_s);
    QVERIFY(first->accessibleName().startsWith(u"Mistral mistral-large: Open"_s));
    first->setFocus(Qt::TabFocusReason);
    QTest::keyClick(first, Qt::Key_Return);
    QCOMPARE(console.window.currentPage(), u"providers"_s);
    QVERIFY(console.tile(u"mistral/mistral-large"_s)->isAncestorOf(console.window.focusWidget()));
    console.window.showPage(u"overview"_s);
    console.source.draft().ledger = {.healthy = false, .problem = "disk is full"};
    console.source.publish();
    QTRY_COMPARE(panel->findChild<AttentionRow *>(u"attention.2"_s)->item().subject, u"Ledger"_s);
    QTest::mouseClick(panel->findChild<AttentionRow *>(u"attention.2"_s), Qt::LeftButton);
    QCOMPARE(console.window.currentPage(), u"requests"_s);
}

void TestPages::attentionCountsTheRest()
{
    AttentionPanel panel;
    std::vector<AttentionItem> items(9);
    for (std::size_t i = 0; i < items.size(); ++i) {
        items[i].subject = QString::number(i);
    }
    panel.setItems(items);
    QCOMPARE(panel.tabStops().size(), qsizetype(6));
    QCOMPARE(qobject_cast<AttentionRow *>(panel.tabStops().last())->item().subject,
             u"And 4 more"_s);
    QVERIFY(panel.accessibleDescription().contains(u"8: "_s)); // read aloud they are all there
    items.resize(1);
    panel.setItems(items);
    QCOMPARE(panel.tabStops().size(), qsizetype(1));
    panel.setItems({});
    QVERIFY(panel.isHidden());
}

void TestPages::tilesLeadToTheirPages()
{
    Console console;
    QTest::keyClick(console.stat(u"stat.p95"_s), Qt::Key_Return);
    QCOMPARE(console.window.currentPage(), u"providers"_s);
    console.window.showPage(u"overview"_s);
    QTest::mouseClick(console.stat(u"stat.failures"_s), Qt::LeftButton);
    QCOMPARE(console.window.currentPage(), u"requests"_s);
    console.window.showPage(u"overview"_s);
    QTest::keyClick(console.stat(u"stat.cost"_s), Qt::Key_Space);
    QCOMPARE(console.window.focusWidget()->objectName(), u"chart.cost.plot"_s);
}

void TestPages::tableIsSortedWorstFirst()
{
    Providers console;
    QVERIFY(console.cell(0, TargetsModel::State).startsWith(u"Open, retry in"_s));
    QVERIFY(console.cell(1, TargetsModel::State).startsWith(u"Forced open"_s));
    QVERIFY(console.cell(2, TargetsModel::State).startsWith(u"Half-open"_s));
    QCOMPARE(console.table->model()->rowCount(), 10);
    console.source.target("qwen/qwen-max").breaker.state = telemetry::BreakerState::Open;
    console.source.publish();
    QTRY_VERIFY(console.rowOf(u"qwen/qwen-max"_s) < 2);
    console.table->sortByColumn(TargetsModel::Rate, Qt::DescendingOrder);
    QCOMPARE(console.target(0), u"openai/gpt-4.1"_s);
    console.table->sortByColumn(TargetsModel::P95, Qt::DescendingOrder);
    QCOMPARE(console.target(0), u"anthropic/claude-sonnet-4-5"_s);
}

void TestPages::tableShowsCalculatedAndForced()
{
    Providers console;
    const int row = console.rowOf(u"openai/gpt-4.1-mini"_s);
    QCOMPARE(console.cell(row, TargetsModel::Calculated), u"Closed"_s);
    QCOMPARE(console.cell(row, TargetsModel::Forced), u"Open, 25:12 left"_s);
    auto &breaker = console.source.target("openai/gpt-4.1-mini").breaker;
    breaker.forced = telemetry::ForcedState::Closed;
    breaker.forcedUntil.reset();
    breaker.state = telemetry::BreakerState::Open;
    console.source.publish();
    const auto forced = [&] {
        return console.cell(console.rowOf(u"openai/gpt-4.1-mini"_s), TargetsModel::Forced);
    };
    QTRY_COMPARE(forced(), u"Closed until reset"_s);
    QCOMPARE(console.cell(console.rowOf(u"openai/gpt-4.1-mini"_s), TargetsModel::Calculated),
             u"Open"_s);
    QCOMPARE(console.cell(console.rowOf(u"qwen/qwen-max"_s), TargetsModel::Forced), QString());
}

void TestPages::tableShowsWeightsAndLimits()
{
    Providers console;
    const int gpt = console.rowOf(u"openai/gpt-4.1"_s);
    QCOMPARE(console.cell(gpt, TargetsModel::Weight), u"50 %"_s);
    QCOMPARE(console.cell(gpt, TargetsModel::Measured), u"58 %"_s);
    QCOMPARE(console.cell(gpt, TargetsModel::Limits), u"12 % tok"_s);
    const QString whole = u"812 of 1,000 req · 240k of 2.00M tok"_s;
    QVERIFY(console.tip(gpt, TargetsModel::Limits).contains(whole));
    const int sonnet = console.rowOf(u"anthropic/claude-sonnet-4-5"_s);
    QCOMPARE(console.cell(sonnet, TargetsModel::Weight), u"30 % · –"_s); // in two routes
    QCOMPARE(console.cell(sonnet, TargetsModel::Limits), u"–"_s);
}

void TestPages::tableActsByKeys()
{
    Providers console;
    console.table->setFocus();
    console.table->setCurrentIndex(
        console.table->model()->index(console.rowOf(u"qwen/qwen-max"_s), 0));
    QTest::keyClick(console.table, Qt::Key_Return);
    auto *menu = console.table->findChild<QMenu *>();
    QVERIFY(menu != nullptr);
    QCOMPARE(menu->actions().first()->text(), u"Drain"_s);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    QCOMPARE(console.source.sent().size(), std::size_t(1));
    QCOMPARE(console.source.sent()[0].action, BreakerAction::Drain);
}

void TestPages::tileSaysWeightMeasuredAndLimit()
{
    Providers console;
    console.page->setTableShown(false);
    const TargetSummary &gpt = console.tile(u"openai/gpt-4.1"_s)->summary();
    QVERIFY(std::count(gpt.details.begin(), gpt.details.end(), Figure{u"By weight"_s, u"50 %"_s})
            == 1);
    QVERIFY(std::count(gpt.details.begin(), gpt.details.end(), Figure{u"Measured"_s, u"58 %"_s})
            == 1);
    const TargetSummary &two = console.tile(u"anthropic/claude-sonnet-4-5"_s)->summary();
    QVERIFY(
        std::count(two.details.begin(), two.details.end(), Figure{u"Measured"_s, u"31 · 93 %"_s})
        == 1);
    QVERIFY(
        std::count(gpt.details.begin(), gpt.details.end(), Figure{u"Limit left"_s, u"12 % tok"_s})
        == 1);
}

void TestPages::rulesAreNoDiversion()
{
    telemetry::Snapshot scene = *FixtureSource().snapshot();
    const auto toldOf = [&scene](const QString &route) {
        const auto items = attention(scene, scene.at.system);
        return std::any_of(items.begin(), items.end(), [&route](const AttentionItem &item) {
            return item.subject == route;
        });
    };
    QVERIFY(toldOf(u"chat-default"_s)); // Mistral is open, OpenAI serves for it
    scene.providers[4].targets[0].breaker = {};
    QVERIFY(!toldOf(u"chat-default"_s)); // all serve: who moved it did so on purpose
}

void TestPages::filterNarrowsTilesAndTable()
{
    Providers console;
    QTest::keyClick(&console.window, Qt::Key_F, Qt::ControlModifier);
    QWidget *field = console.window.focusWidget();
    QCOMPARE(field->objectName(), u"providers.filter"_s);
    QTest::keyClicks(field, u"mistral"_s);
    QCOMPARE(console.table->model()->rowCount(), 1);
    console.page->setTableShown(false);
    QVERIFY(console.tile(u"mistral/mistral-large"_s) != nullptr);
    QVERIFY(console.tile(u"qwen/qwen-max"_s) == nullptr);
    field->setFocus();
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(console.tile(u"qwen/qwen-max"_s) != nullptr);
}

void TestPages::changesLeadToTheirRequests()
{
    Providers console;
    auto *log = console.window.findChild<ListView *>(u"transitions"_s);
    log->setFocus();
    log->setCurrentIndex(log->model()->index(1, 0)); // Mistral opened
    QTest::keyClick(log, Qt::Key_Return);
    QCOMPARE(console.window.currentPage(), u"requests"_s);
    QCOMPARE(console.window.findChild<QLineEdit *>(u"requests.filter"_s)->text(),
             u"mistral/mistral-large"_s);
    QCOMPARE(console.window.focusWidget()->objectName(), u"requestList"_s);
}

void TestPages::requestsAreFilteredByTargetsTried()
{
    Console console;
    console.window.showPage(u"requests"_s);
    auto *list = console.window.findChild<ListView *>(u"requestList"_s);
    const int all = list->model()->rowCount();
    QCOMPARE(all, 60);
    auto *field = console.window.findChild<QLineEdit *>(u"requests.filter"_s);
    field->setText(u"mistral/mistral-large"_s);
    const int failed = list->model()->rowCount(); // it served none, and failed some
    QVERIFY(failed > 0 && failed < all);
    console.source.advance(Seconds(1), 7);
    QTRY_VERIFY(list->model()->rowCount() > failed);
    field->setText(u"no such thing"_s);
    QCOMPARE(list->model()->rowCount(), 0);
    QVERIFY(list->isVisible()); // an empty result is no empty gateway
    field->clear();
    QCOMPARE(list->model()->rowCount(), all + 7);
}

void TestPages::aChosenSpanNarrowsTheLists()
{
    Console console;
    auto *requests = console.window.findChild<ListView *>(u"requestList"_s)->model();
    auto *changes = console.window.findChild<ListView *>(u"transitions"_s)->model();
    console.window.showPage(u"providers"_s);
    QCOMPARE(changes->rowCount(), 7);
    const qint64 now = 1'773'497'002'400; // 14:03:22.4
    console.window.view().setFixed(now - 60'000, now - 10'000);
    QCOMPARE(changes->rowCount(), 1); // Mistral, 43 s ago
    console.window.showPage(u"requests"_s);
    const int some = requests->rowCount();
    QVERIFY(some > 0 && some < 60);
    QTest::keyClick(&console.window, Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(requests->rowCount(), 60);
}

void TestPages::stripTellsTheDay()
{
    const telemetry::Snapshot scene = *FixtureSource().snapshot();
    const auto &mistral = scene.providers[4].targets[0];
    const StateStrip strip = stateStrip(scene, mistral, scene.at.system);
    // Started five hours ago; opened 49 min ago for ten minutes, and again 43 s ago.
    QCOMPARE(strip[36], StripState::Unknown);
    QCOMPARE(strip[38], StripState::Closed);
    QCOMPARE(strip[45], StripState::Closed);
    QCOMPARE(strip[46], StripState::Open);
    QCOMPARE(strip[47], StripState::Open);
    const auto &qwen = scene.providers[0].targets[0];
    QCOMPARE(stateStrip(scene, qwen, scene.at.system)[47], StripState::Closed);
    const auto &forced = scene.providers[1].targets[1];
    QCOMPARE(stateStrip(scene, forced, scene.at.system)[47], StripState::Open);
    QCOMPARE(stateStrip(scene, forced, scene.at.system)[46], StripState::Closed);
}

void TestPages::stripKnowsWhatItDoesNotKnow()
{
    telemetry::Snapshot scene = *FixtureSource().snapshot();
    scene.startedAt = scene.at.system - Seconds(86'400 * 3);
    const auto qwen = scene.providers[0].targets[0];
    QCOMPARE(stateStrip(scene, qwen, scene.at.system)[0], StripState::Closed);
    // With as many changes as are remembered at all, older ones may be forgotten.
    const telemetry::BreakerTransition first = scene.transitions.front();
    scene.transitions.insert(scene.transitions.begin(), 200, first);
    const StateStrip strip = stateStrip(scene, qwen, scene.at.system);
    QCOMPARE(strip[45], StripState::Unknown);
    QCOMPARE(strip[47], StripState::Closed);
}

/// Goal: Tab goes through a page from top to bottom, a chart's legend right after its plot.
/// Method: walk the chain; within the page no stop may come after one that lies far below it.
void TestPages::tabGoesAsTheEyeDoes()
{
    Console console;
    console.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&console.window));
    auto *page = console.window.findChild<Page *>(u"overview"_s);
    QWidget *first = console.stat(u"stat.rate"_s);
    first->setFocus();
    QStringList names;
    QWidget *stop = first;
    while (page->isAncestorOf(stop) && names.size() < 200) {
        names << stop->objectName();
        QTest::keyClick(stop, Qt::Key_Tab);
        stop = console.window.focusWidget();
    }
    const auto at = [&names](const QString &name) { return names.indexOf(name); };
    QVERIFY(at(u"stat.cost"_s) == 4);
    QCOMPARE(at(u"attention.0"_s), qsizetype(5));
    QVERIFY(at(u"chart.cost.more"_s) > at(u"attention.4"_s));
    QCOMPARE(at(u"legend.qwen"_s), at(u"chart.cost.plot"_s) + 1);
    QVERIFY(at(u"chart.latency.plot"_s) > names.indexOf(u"legend.openrouter"_s));
    QVERIFY(at(u"flow"_s) > names.indexOf(u"legend.openrouter"_s, at(u"chart.latency.plot"_s)));
    QVERIFY(at(u"trip"_s) > at(u"flow"_s));
    QVERIFY(at(u"chart.rate.plot"_s) > names.lastIndexOf(u"trip"_s));
    QCOMPARE(names.last(), u"latestRequests"_s);
}

/// Goal: each model that any view of the console shows, while requests come, lists are sorted and
/// narrowed, and charts are shown as tables, is a model as Qt wants one.
void TestPages::everyModelKeepsItsPromises()
{
    FixtureSource source;
    FixtureConfig config;
    FixtureLedger ledger(source.now());
    FixtureCache cache(source.now());
    ConsoleWindow window(source,
                         {.clock = [&source] { return source.now(); },
                          .config = &config,
                          .ledger = &ledger,
                          .cache = &cache});
    window.show();
    QVERIFY(QTest::qWaitFor([&] { return window.state().snapshot() != nullptr; }, kFedWithinMs));
    for (auto *chart : window.findChildren<TimeChart *>()) {
        chart->setTableShown(true);
    }
    std::set<const QAbstractItemModel *> models;
    std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
    for (const auto *view : window.findChildren<QAbstractItemView *>()) {
        if (view->model() != nullptr && models.insert(view->model()).second) {
            testers.push_back(std::make_unique<QAbstractItemModelTester>(
                view->model(), QAbstractItemModelTester::FailureReportingMode::QtTest));
        }
    }
    QVERIFY2(models.size() > 10, qPrintable(QString::number(models.size())));
    for (const Page *page : window.findChildren<Page *>()) {
        window.showPage(page->objectName());
        source.advance(Seconds(1), 40);
        QTest::qWait(kSettleMs);
        for (auto *view : page->findChildren<QTableView *>()) {
            if (view->isSortingEnabled()) {
                view->sortByColumn(1, Qt::DescendingOrder);
            }
        }
        for (auto *field : page->findChildren<QLineEdit *>()) {
            if (field->objectName().endsWith(u".filter")) {
                field->setText(u"qwen"_s);
            }
        }
        source.advance(Seconds(1), 40);
        QTest::qWait(kSettleMs);
    }
}

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
