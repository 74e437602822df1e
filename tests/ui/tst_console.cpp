// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/console.h"
#include "ui/charts/plot_view.h"
#include "ui/charts/time_chart.h"
#include "ui/pages/live_series.h"
#include "ui/status_parts.h"
#include "ui/widgets/confirm_dialog.h"
#include "ui/widgets/empty_panel.h"
#include "ui/widgets/flow_view.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/skeleton.h"

#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

QString nameOf(const QWidget *widget)
{
    return QLatin1String(widget->metaObject()->className()) + u" \""_s + widget->objectName()
           + u"\""_s;
}

} // namespace

class TestConsole : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void showsEveryTargetsState();
    void tellsOpenBreakersEverywhere();
    void updatesAtMostFourTimesASecond();
    void asksTheSourceForNothingWhileHidden();
    void tellsTheChangeAgainstTheMinuteBefore();
    void freezesAllPagesAtOneInstant();
    void tellsOldData();
    void asksBeforeBreakingRequestsOff();
    void showsOutlinesBeforeTheFirstAnswer();
    void pointsTheFirstClientTheWay();
    void waitsForASilentGateway();
    void namesEverythingThatCanBePressed();
    void showsWhereTheKeyboardIs_data();
    void showsWhereTheKeyboardIs();
    void sharesNoShortcut();
    void remembersPageAndTheme();
    void hiddenPagesChartsAreNotFed();
};

void TestConsole::showsEveryTargetsState()
{
    Console console;
    const QList<std::pair<QString, QString>> states{{u"mistral/mistral-large"_s, u"open"_s},
                                                    {u"deepseek/deepseek-chat"_s, u"half_open"_s},
                                                    {u"gemini/gemini-2.5-flash"_s, u"drained"_s},
                                                    {u"openai/gpt-4.1-mini"_s, u"forced_open"_s},
                                                    {u"qwen/qwen-max"_s, u"closed"_s}};
    for (const auto &page : {u"overview"_s, u"providers"_s}) {
        console.window.showPage(page);
        for (const auto &[target, state] : states) {
            BreakerTile *tile = console.tile(target);
            QVERIFY2(tile != nullptr, qPrintable(target));
            QCOMPARE(tile->property("state").toString(), state);
            QVERIFY(tile->accessibleName().contains(tile->summary().headline));
        }
    }
    console.source.target("openai/gpt-4.1-mini").breaker.forced = telemetry::ForcedState::Closed;
    console.source.publish();
    QTRY_COMPARE(console.tile(u"openai/gpt-4.1-mini"_s)->state(), u"forced_closed"_s);
    QCOMPARE(console.tile(u"openai/gpt-4.1-mini"_s)->summary().headline,
             u"Forced closed (would be closed)"_s);
}

void TestConsole::tellsOpenBreakersEverywhere()
{
    Console console;
    QVERIFY(console.window.statusText().contains(u"2 open breakers"_s));
    auto *button = console.window.findChild<QAbstractButton *>(u"page.providers"_s);
    QVERIFY(button->accessibleName().contains(u"2 open breakers"_s));
    auto &breaker = console.source.target("qwen/qwen-max").breaker;
    breaker.state = telemetry::BreakerState::Open;
    breaker.retryAt = console.source.now() + Seconds(600);
    console.source.publish();
    QTRY_VERIFY_WITH_TIMEOUT(console.window.statusText().contains(u"3 open breakers"_s), 1000);
    QVERIFY(button->accessibleName().contains(u"3 open breakers"_s));
    const TargetSummary &shown = console.tile(u"qwen/qwen-max"_s)->summary();
    QCOMPARE(shown.headline, u"Open, retry in 10:00"_s);
    QCOMPARE(shown.glyph.shape, GlyphShape::Open);
    console.source.wait(Seconds(1));
    console.source.publish();
    QTRY_COMPARE(shown.headline, u"Open, retry in 9:59"_s);
}

void TestConsole::updatesAtMostFourTimesASecond()
{
    Console console;
    QSignalSpy changed(&console.window.state(), &ConsoleState::changed);
    for (int i = 0; i < 100; ++i) {
        console.source.publish();
        QTest::qWait(10);
    }
    QVERIFY2(changed.count() >= 2 && changed.count() <= 6,
             qPrintable(QString::number(changed.count())));
}

void TestConsole::asksTheSourceForNothingWhileHidden()
{
    Console console;
    console.window.hide();
    auto *chart = console.window.findChild<TimeChart *>(u"chart.latency"_s);
    QSignalSpy changed(&console.window.state(), &ConsoleState::changed);
    const int painted = chart->view()->paintCount();
    const int replaced = chart->replaceCount();
    console.source.advance(Seconds(10), 5);
    QTest::qWait(kSettleMs * 2);
    QCOMPARE(changed.count(), 0);
    QCOMPARE(chart->view()->paintCount(), painted);
    QCOMPARE(chart->replaceCount(), replaced);
    console.window.show();
    QTRY_COMPARE(changed.count(), 1);
    QVERIFY(chart->replaceCount() > replaced);
}

void TestConsole::tellsTheChangeAgainstTheMinuteBefore()
{
    Console console;
    console.source.draft().totals.latency.p95Ms = 500;
    console.source.draft().totals.failureShare = 0.02;
    console.source.advance(Seconds(2), 0);
    QTRY_VERIFY(console.stat(u"stat.p95"_s)->stat().value.startsWith(u"500"_s));
    QCOMPARE(console.stat(u"stat.p95"_s)->stat().change, QString());
    console.source.draft().totals.latency.p95Ms = 560;
    console.source.draft().totals.failureShare = 0.016;
    console.source.advance(Seconds(60), 0);
    QTRY_COMPARE(console.stat(u"stat.p95"_s)->stat().change, u"▲ 12 %"_s);
    QCOMPARE(console.stat(u"stat.failures"_s)->stat().change, u"▼ 0.4 pt"_s);
    QVERIFY(console.stat(u"stat.p95"_s)
                ->accessibleDescription()
                .contains(u"▲ 12 % against the minute before"_s));
    console.source.advance(Seconds(30), 0); // of the minute before that, nothing was seen
    QTRY_COMPARE(console.stat(u"stat.p95"_s)->stat().change, QString());
}

void TestConsole::freezesAllPagesAtOneInstant()
{
    Console console;
    QTest::keyClick(&console.window, Qt::Key_L, Qt::ControlModifier);
    QVERIFY(console.window.state().isPaused());
    const QString rate = console.stat(u"stat.rate"_s)->stat().value;
    const auto ends = [&console] {
        QList<qint64> all;
        const auto charts = console.window.findChildren<TimeChart *>();
        for (const TimeChart *chart : charts) {
            all << chart->data().toMs;
        }
        return all;
    };
    const QList<qint64> edges = ends();
    const auto *requests = console.window.findChild<ListView *>(u"requestList"_s)->model();
    const int rows = requests->rowCount();
    console.source.draft().totals.requestsPerSecond = 99;
    console.source.advance(Seconds(2), 41);
    QTRY_COMPARE(console.bar(u"pauseBar"_s)->text(), u"Paused at 14:03:22 · 41 new requests"_s);
    QCOMPARE(console.stat(u"stat.rate"_s)->stat().value, rate);
    QCOMPARE(ends(), edges);
    QCOMPARE(requests->rowCount(), rows);
    console.source.advance(Seconds(2), 9);
    QTRY_COMPARE(console.bar(u"pauseBar"_s)->text(), u"Paused at 14:03:22 · 50 new requests"_s);
    console.window.showPage(u"providers"_s);
    QCOMPARE(console.tile(u"mistral/mistral-large"_s)->summary().headline,
             u"Open, retry in 9:17"_s);
    console.window.showPage(u"overview"_s);
    QTest::keyClick(&console.window, Qt::Key_L, Qt::ControlModifier);
    QTRY_COMPARE(console.stat(u"stat.rate"_s)->stat().value, u"99.0"_s);
    QVERIFY(console.bar(u"pauseBar"_s)->isHidden());
    const auto charts = console.window.findChildren<TimeChart *>();
    for (const TimeChart *chart : charts) {
        if (chart->isVisible()) {
            QCOMPARE(chart->data().toMs, newestMs(*console.source.snapshot()));
        }
    }
}

void TestConsole::tellsOldData()
{
    Console console;
    QVERIFY(console.bar(u"staleBar"_s)->isHidden());
    console.source.wait(Seconds(12));
    QTRY_VERIFY(console.window.statusText().contains(u"Stale: last update 12 s ago"_s));
    QCOMPARE(statusParts(console.window.state(), nullptr).front().glyph, GlyphShape::Unknown);
    QVERIFY(console.bar(u"staleBar"_s)->text().contains(u"12 s"_s));
    const auto *chart = console.window.findChild<TimeChart *>(u"chart.latency"_s);
    QCOMPARE(chart->veil(), u"No data since 14:03:22"_s);
    const StatTile *rate = console.stat(u"stat.rate"_s);
    QCOMPARE(rate->accessibleName(), u"Requests – No data since 14:03:22"_s);
    QVERIFY(rate->accessibleDescription().contains(u"was 41.2 req/s"_s));
    const auto *flow = console.window.findChild<FlowView *>();
    QCOMPARE(flow->accessibleName(), u"Live flow, No data since 14:03:22"_s);
    QSignalSpy asked(&console.window.state(), &ConsoleState::changed);
    console.bar(u"staleBar"_s)->press(); // Retry: looks at once, and says again that it is old
    QVERIFY(asked.count() > 0);
    QTRY_VERIFY(console.bar(u"staleBar"_s)->isVisible());
    QTRY_COMPARE(console.tile(u"mistral/mistral-large"_s)->state(), u"unknown"_s);
    console.source.publish();
    QTRY_COMPARE(console.tile(u"mistral/mistral-large"_s)->state(), u"open"_s);
    QVERIFY(console.bar(u"staleBar"_s)->isHidden());
    QVERIFY(chart->veil().isEmpty());
    QCOMPARE(rate->accessibleName(), u"Requests 41.2 req/s"_s);
    QCOMPARE(flow->accessibleName(), u"Live flow"_s);
}

/// Statement 82: closing quits; where that breaks requests off, it is asked first.
void TestConsole::asksBeforeBreakingRequestsOff()
{
    Console console;
    console.source.draft().totals.inFlight = 3;
    console.source.publish();
    QTRY_COMPARE(console.window.state().snapshot()->totals.inFlight, 3);
    QVERIFY(!console.window.close());
    auto *dialog = console.window.findChild<ConfirmDialog *>();
    QVERIFY(dialog->isVisible());
    QVERIFY(!console.window.close()); // asked once
    QCOMPARE(console.window.findChildren<ConfirmDialog *>().size(), 1);
    dialog->reject();
    QVERIFY(console.window.isVisible());
    QTRY_VERIFY(console.window.findChild<ConfirmDialog *>() == nullptr);
    qApp->setProperty(kEndingProperty, true); // a signal asks nobody
    QVERIFY(console.window.close());
    qApp->setProperty(kEndingProperty, {});
    console.window.show();
    (void)console.window.close();
    console.window.findChild<ConfirmDialog *>()->accept();
    QVERIFY(!console.window.isVisible());
    Console idle;
    idle.source.draft().totals.inFlight = 0;
    idle.source.publish();
    QTRY_COMPARE(idle.window.state().snapshot()->totals.inFlight, 0);
    QVERIFY(idle.window.close());
}

/// What is not known yet is an outline, never a zero, and says what it waits for.
void TestConsole::showsOutlinesBeforeTheFirstAnswer()
{
    Console console(FixtureSource::Scenario::Silent);
    for (const QString &name : {u"providers"_s, u"requests"_s}) {
        console.window.showPage(name);
        auto *skeleton = console.window.findChild<Page *>(name)->findChild<Skeleton *>();
        QVERIFY(skeleton->isVisible());
        QTRY_VERIFY(skeleton->tellsWhy());
    }
    const auto *requests = console.window.findChild<Page *>(u"requests"_s);
    QVERIFY(!requests->findChild<EmptyPanel *>()->isVisible());
    console.window.showPage(u"overview"_s);
    QVERIFY(console.stat(u"stat.rate"_s)->stat().value.isEmpty());
    Console told;
    for (const QString &name : {u"providers"_s, u"requests"_s}) {
        told.window.showPage(name);
        QVERIFY(!told.window.findChild<Page *>(name)->findChild<Skeleton *>()->isVisible());
    }
}

void TestConsole::pointsTheFirstClientTheWay()
{
    Console console(FixtureSource::Scenario::NoRequestsYet);
    auto *empty = console.window.findChild<Page *>(u"overview"_s)->findChild<EmptyPanel *>();
    QVERIFY(empty->isVisible());
    QVERIFY(!console.window.findChild<TimeChart *>(u"chart.latency"_s)->isVisible());
    empty->findChild<QPushButton *>(u"copyCurl"_s)->click();
    QVERIFY(
        QApplication::clipboard()->text().contains(u"http://127.0.0.1:8787/v1/chat/completions"_s));
}

void TestConsole::waitsForASilentGateway()
{
    Console console(FixtureSource::Scenario::Silent);
    QCOMPARE(console.window.statusText(), u"Waiting for the gateway"_s);
    for (const auto &page : {u"providers"_s, u"requests"_s, u"overview"_s, u"nowhere"_s}) {
        console.window.showPage(page);
    }
    QCOMPARE(console.window.currentPage(), u"overview"_s);
}

void TestConsole::namesEverythingThatCanBePressed()
{
    Console console;
    for (const auto &page : {u"overview"_s,
                             u"providers"_s,
                             u"routing"_s,
                             u"playground"_s,
                             u"requests"_s,
                             u"costs"_s,
                             u"cache"_s,
                             u"alerts"_s,
                             u"settings"_s}) {
        console.window.showPage(page);
        QSet<QString> names;
        const auto buttons =
            console.window.findChild<Page *>(page)->findChildren<QAbstractButton *>();
        for (const QAbstractButton *button : buttons) {
            if (!button->isVisible() || button->objectName().startsWith(u"legend."_s)) {
                continue;
            }
            const QString name = button->accessibleName().isEmpty() ? button->text()
                                                                    : button->accessibleName();
            if (qobject_cast<const QTableView *>(button->parent()) != nullptr) {
                continue; // the corner of a table without row headers
            }
            QVERIFY2(!name.isEmpty(), qPrintable(button->objectName()));
            QVERIFY2(!names.contains(name), qPrintable(name));
            names.insert(name);
        }
    }
}

void TestConsole::showsWhereTheKeyboardIs_data()
{
    QTest::addColumn<QString>("page");
    for (const QString &page : {u"overview"_s,
                                u"providers"_s,
                                u"routing"_s,
                                u"playground"_s,
                                u"requests"_s,
                                u"costs"_s,
                                u"cache"_s,
                                u"alerts"_s,
                                u"settings"_s}) {
        QTest::newRow(qPrintable(page)) << page;
    }
}

/// Goal: Tab leads to each control of a page once, and where it stands can be seen.
/// Method: walk the whole chain; each stop is painted with and without its focus and must differ.
void TestConsole::showsWhereTheKeyboardIs()
{
    QFETCH(QString, page);
    Console console;
    console.window.showPage(page);
    console.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&console.window));
    QTest::qWait(kSettleMs); // the page is fed and laid out
    QList<QWidget *> stops;
    QTest::keyClick(&console.window, Qt::Key_Tab);
    while (!stops.contains(console.window.focusWidget())) {
        QWidget *stop = console.window.focusWidget();
        QVERIFY(stop != nullptr && stops.size() < 200);
        stops.append(stop);
        QVERIFY2(stop->isVisible() && stop->isEnabled(), qPrintable(nameOf(stop)));
        const QImage with = console.window.grab().toImage();
        stop->clearFocus();
        const QImage without = console.window.grab().toImage();
        QVERIFY2(with != without, qPrintable(nameOf(stop)));
        stop->setFocus(Qt::TabFocusReason);
        QTest::keyClick(stop, Qt::Key_Tab);
    }
    QVERIFY2(stops.size() >= 3, qPrintable(QString::number(stops.size())));
}

void TestConsole::sharesNoShortcut()
{
    Console console;
    QSet<QString> seen;
    const auto actions = console.window.findChildren<QAction *>();
    for (const QAction *action : actions) {
        const QString keys = action->shortcut().toString();
        QVERIFY2(keys.isEmpty() || !seen.contains(keys), qPrintable(keys));
        seen.insert(keys);
    }
    QTest::keyClick(&console.window, Qt::Key_5, Qt::ControlModifier);
    QCOMPARE(console.window.currentPage(), u"requests"_s);
}

void TestConsole::remembersPageAndTheme()
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"console.ini"_s), QSettings::IniFormat);
    FixtureSource source;
    const auto clock = [&source] { return source.now(); };
    {
        ConsoleWindow window(source, {.clock = clock, .settings = &settings});
        window.show();
        window.showPage(u"providers"_s);
        window.setThemeChoice(ThemeChoice::Dark);
        window.close();
    }
    ConsoleWindow again(source, {.clock = clock, .settings = &settings});
    QCOMPARE(again.currentPage(), u"providers"_s);
    QVERIFY(again.palette().color(QPalette::Window).lightness() < 128);
}

void TestConsole::hiddenPagesChartsAreNotFed()
{
    Console console;
    console.window.showPage(u"requests"_s);
    auto *chart = console.window.findChild<TimeChart *>(u"chart.cost"_s);
    const int before = chart->replaceCount();
    console.source.advance(Seconds(10), 5);
    QTest::qWait(kSettleMs);
    QCOMPARE(chart->replaceCount(), before);
    console.window.showPage(u"overview"_s);
    QVERIFY(chart->replaceCount() > before);
}

QTEST_MAIN(TestConsole)
#include "tst_console.moc"
