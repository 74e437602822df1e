// SPDX-License-Identifier: GPL-3.0-or-later
// Alerts: when they fire, who is told, and how often.
#include "tests/ui/support/console.h"
#include "ui/frame/console_actions.h"
#include "ui/models/alert_book.h"
#include "ui/models/alerts_model.h"
#include "ui/notifier.h"
#include "ui/pages/alert_desk.h"
#include "ui/pages/alerts_page.h"
#include "ui/widgets/list_view.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;
using telemetry::BreakerState;

namespace {

constexpr int kToldWithinMs = 5'000;

/// Two targets behind one route, at a time of its own.
struct Scene
{
    Scene()
    {
        telemetry::ProviderView provider;
        provider.id = "p";
        for (const char *model : {"a", "b"}) {
            telemetry::TargetView target;
            target.target = {"p", model};
            provider.targets.push_back(target);
        }
        snapshot.providers.push_back(provider);
        telemetry::RouteView route;
        route.name = "chat";
        for (const telemetry::TargetView &target : provider.targets) {
            route.shares.push_back({.target = target.target});
        }
        snapshot.routes.push_back(route);
        snapshot.at.system = now;
    }

    telemetry::TargetView &target(std::size_t index)
    {
        return snapshot.providers[0].targets[index];
    }
    void set(BreakerState state) { target(0).breaker.state = state; }
    /// What is told after \p later, as `key`, `key over`, `key critical`.
    QStringList after(Seconds later)
    {
        now += later;
        snapshot.at.system = now;
        QStringList told;
        for (const AlertNotice &notice : book.update(&snapshot, rules, now)) {
            told << notice.key + (notice.over ? u" over"_s : QString())
                        + (notice.critical ? u" critical"_s : QString());
        }
        return told;
    }
    [[nodiscard]] Alert::State state() const { return book.alerts().front().state; }

    SystemTime now{Seconds(1'700'000'000)};
    telemetry::Snapshot snapshot;
    AlertRules rules;
    AlertBook book;
};

/// Keeps what it was asked to show.
struct Shown : Notifier
{
    void show(const AlertNotice &notice) override { notices.push_back(notice); }
    std::vector<AlertNotice> notices;
};

/// A console with an ear, whose alerts of the fixture's scene are told and acknowledged.
struct Listening
{
    Listening()
    {
        window.show();
        window.activateWindow();
        QTRY_VERIFY_WITH_TIMEOUT(desk()->open() > 0, kToldWithinMs);
        desk()->acknowledgeAll();
        shown.notices.clear();
    }
    [[nodiscard]] AlertDesk *desk() const { return window.findChild<AlertDesk *>(); }
    void wantDesktop() const
    {
        AlertRules rules = desk()->rules();
        rules.telling.desktop = true;
        desk()->setRules(rules);
    }
    void openQwen()
    {
        open("qwen/qwen-max");
        source.publish();
    }
    /// Just now.
    void open(const char *target)
    {
        source.target(target).breaker.state = BreakerState::Open;
        source.target(target).breaker.changedAt = source.now();
    }
    [[nodiscard]] QString bar() const
    {
        return window.findChild<NoticeBar *>(u"notices"_s)->text();
    }

    FixtureSource source;
    Shown shown;
    ConsoleWindow window{source, {.clock = [this] { return source.now(); }, .notifier = &shown}};
};

} // namespace

class TestAlerts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void tellsABreakerOnceAndItsEnd();
    void callsNobodyForWhatWasDoneOnPurpose();
    void halfOpenIsNotOver();
    void flappingIsToldOnce();
    void comesBackLaterIsTold();
    void waitsForErrorsToLast();
    void fewAttemptsSayNothing();
    void watchesTheCost();
    void aBreakerThatStaysOpenIsToldAgain();
    void watchesTheUsualLatency();
    void watchesTheBudgetsPace();
    void routeWithoutTargetsIsCritical();
    void silenceIsCritical();
    void rulesThatAreOffSayNothing();
    void acknowledgedAndMutedAreNotTold();
    void remembersNoMoreThanItMay();
    void inFrontItTellsInTheWindow();
    void inTheBackgroundItTellsTheDesktopOnce();
    void desktopIsToldOnlyWhenAsked();
    void toldWhileMinimized();
    void manyAreToldAsOne();
    void doesNotTakeTheWayBack();
    void countsInTheSidebar();
    void listIsActedOnByKeys();
    void rulesAreKept();
    void damagedRulesArePassedOver();
};

void TestAlerts::tellsABreakerOnceAndItsEnd()
{
    Scene scene;
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    scene.set(BreakerState::Open);
    QCOMPARE(scene.after(Seconds(1)), QStringList{u"breaker p/a"_s});
    QCOMPARE(scene.book.open(), 1);
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    QCOMPARE(scene.after(Seconds(500)), QStringList());
    scene.set(BreakerState::Closed);
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    QCOMPARE(scene.after(Seconds(60)), QStringList{u"breaker p/a over"_s});
    QCOMPARE(scene.state(), Alert::State::Resolved);
    QCOMPARE(scene.after(Seconds(1)), QStringList());
}

void TestAlerts::callsNobodyForWhatWasDoneOnPurpose()
{
    Scene scene;
    scene.set(BreakerState::Open);
    scene.target(0).breaker.forced = telemetry::ForcedState::Open;
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    scene.target(0).breaker.forced = telemetry::ForcedState::None;
    scene.target(0).breaker.drained = true;
    QCOMPARE(scene.after(Seconds(1)), QStringList());
}

void TestAlerts::halfOpenIsNotOver()
{
    Scene scene;
    scene.set(BreakerState::Open);
    QCOMPARE(scene.after(Seconds(1)).size(), 1);
    for (int cycle = 0; cycle < 10; ++cycle) {
        scene.set(BreakerState::HalfOpen);
        QCOMPARE(scene.after(Seconds(10)), QStringList());
        scene.set(BreakerState::Open);
        QCOMPARE(scene.after(Seconds(1)), QStringList());
    }
    QCOMPARE(scene.state(), Alert::State::Firing);
}

/// Goal: statement 71. Six changes within five minutes: opened, over, flapping; then nothing until
/// ten minutes without a change, and what it is then is not told again.
void TestAlerts::flappingIsToldOnce()
{
    Scene scene;
    QStringList told;
    for (int change = 0; change < 6; ++change) {
        scene.set(change % 2 == 0 ? BreakerState::Open : BreakerState::Closed);
        told << scene.after(Seconds(50));
    }
    QCOMPARE(told, (QStringList{u"breaker p/a"_s, u"breaker p/a"_s})); // opened, flapping
    QCOMPARE(scene.state(), Alert::State::Flapping);
    QVERIFY(scene.book.alerts().front().isOpen());
    QCOMPARE(scene.after(Seconds(599)), QStringList());
    QCOMPARE(scene.state(), Alert::State::Flapping);
    QCOMPARE(scene.after(Seconds(2)), QStringList());
    QCOMPARE(scene.state(), Alert::State::Resolved);
}

void TestAlerts::comesBackLaterIsTold()
{
    Scene scene;
    scene.set(BreakerState::Open);
    QCOMPARE(scene.after(Seconds(1)).size(), 1);
    scene.set(BreakerState::Closed);
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    QCOMPARE(scene.after(Seconds(60)).size(), 1);
    scene.set(BreakerState::Open); // within ten minutes: in the list, and told to nobody
    QCOMPARE(scene.after(Seconds(60)), QStringList());
    QCOMPARE(scene.state(), Alert::State::Firing);
    scene.set(BreakerState::Closed);
    QCOMPARE(scene.after(Seconds(640)), QStringList());
    QCOMPARE(scene.after(Seconds(60)).size(), 1);
    scene.set(BreakerState::Open);
    QCOMPARE(scene.after(Seconds(60)), QStringList{u"breaker p/a"_s});
}

void TestAlerts::waitsForErrorsToLast()
{
    Scene scene;
    scene.target(0).attemptsLastMinute = 100;
    scene.target(0).failuresLastMinute = 6;
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    QCOMPARE(scene.state(), Alert::State::Pending);
    QCOMPARE(scene.book.open(), 0);
    QCOMPARE(scene.after(Seconds(59)), QStringList());
    QCOMPARE(scene.after(Seconds(1)), QStringList{u"errors"_s});
    scene.target(0).failuresLastMinute = 5; // the limit itself is still well
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    QCOMPARE(scene.after(Seconds(60)), QStringList{u"errors over"_s});
    scene.target(0).failuresLastMinute = 60;
    QCOMPARE(scene.after(Seconds(30)), QStringList());
    scene.target(0).failuresLastMinute = 0; // never long enough: nobody hears of it
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    QCOMPARE(scene.state(), Alert::State::Resolved);
}

void TestAlerts::fewAttemptsSayNothing()
{
    Scene scene;
    scene.target(0).attemptsLastMinute = 19;
    scene.target(0).failuresLastMinute = 19;
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    QCOMPARE(scene.after(Seconds(120)), QStringList());
    scene.target(1).attemptsLastMinute = 1;
    (void)scene.after(Seconds(1));
    QCOMPARE(scene.after(Seconds(60)), QStringList{u"errors"_s});
}

void TestAlerts::watchesTheCost()
{
    Scene scene;
    scene.snapshot.totals.costPerHour = 12;
    (void)scene.after(Seconds(1));
    QCOMPARE(scene.after(Seconds(100)), QStringList()); // off unless asked for
    scene.rules.at(AlertKind::Cost).on = true;
    (void)scene.after(Seconds(1));
    QCOMPARE(scene.after(Seconds(60)), QStringList{u"cost"_s});
    QVERIFY(scene.book.alerts().front().text.contains(u"$12.00"_s));
}

/// Goal: half-open in between changes nothing, and the time counts from the first opening.
void TestAlerts::aBreakerThatStaysOpenIsToldAgain()
{
    Scene scene;
    scene.rules.at(AlertKind::Breaker).on = false;
    scene.set(BreakerState::Open);
    const auto change = [&](Seconds later, BreakerState from, BreakerState to) {
        telemetry::BreakerTransition made;
        made.at = scene.now + later;
        made.target = scene.target(0).target;
        made.from = from;
        made.to = to;
        scene.snapshot.transitions.push_back(made);
    };
    change(Seconds(0), BreakerState::Closed, BreakerState::Open);
    change(Seconds(200), BreakerState::Open, BreakerState::HalfOpen);
    scene.target(0).breaker.changedAt = scene.now + Seconds(200);
    QCOMPARE(scene.after(Seconds(299)), QStringList());
    scene.set(BreakerState::HalfOpen);
    QCOMPARE(scene.after(Seconds(1)), QStringList{u"breakerLong p/a"_s});
    QVERIFY(scene.book.alerts().front().text.contains(
        u"not been closed for 5 min; the limit is 5 min"_s));
    scene.set(BreakerState::Closed);
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    QCOMPARE(scene.after(Seconds(60)), QStringList{u"breakerLong p/a over"_s});
}

void TestAlerts::watchesTheUsualLatency()
{
    Scene scene;
    auto minutes = std::make_shared<telemetry::Snapshot::SeriesSet>();
    minutes->byProvider.resize(1);
    telemetry::SeriesPoint usual;
    usual.p95Ms = 400;
    minutes->byProvider[0].points.resize(29, usual);
    scene.snapshot.minutes = minutes;
    scene.snapshot.providers[0].latency.samples = 120;
    scene.snapshot.providers[0].latency.p95Ms = 2000;
    QCOMPARE(scene.after(Seconds(1)), QStringList()); // too young a day to know what is usual
    QCOMPARE(scene.after(Seconds(301)), QStringList());
    minutes->byProvider[0].points.resize(60, usual);
    scene.snapshot.providers[0].latency.p95Ms = 800; // the limit itself is still well
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    scene.snapshot.providers[0].latency.p95Ms = 801;
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    QCOMPARE(scene.after(Seconds(300)), QStringList{u"latency p"_s});
    QVERIFY(scene.book.alerts().front().text.startsWith(
        u"p95 is 801 ms over the last minute's 120 answers; usual today is 400 ms"_s));
    scene.snapshot.providers[0].latency.p95Ms = std::nullopt; // too few answers
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    QCOMPARE(scene.after(Seconds(60)), QStringList{u"latency p over"_s});
}

void TestAlerts::watchesTheBudgetsPace()
{
    Scene scene;
    const auto spend = [&](const char *usd) {
        scene.snapshot.budgets = {{.id = "bot",
                                   .perDay = *Money::fromDecimal("10"),
                                   .spent = *Money::fromDecimal(usd),
                                   .reserved = {},
                                   .resetsAt = scene.now + Seconds(64'800)}};
    };
    spend("2.5"); // a quarter of the day: as planned
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    spend("4.1");
    QCOMPARE(scene.after(Seconds(0)), QStringList());
    QCOMPARE(scene.after(Seconds(300)), QStringList{u"budget bot"_s});
    const QString text = scene.book.alerts().front().text;
    QVERIFY2(text.startsWith(u"$4.10 of the day's $10.00 are spent after 25 % of the day"_s),
             qPrintable(text));
    scene.now -= Seconds(20'000); // within its first hour a day has no pace
    spend("4.1");
    scene.snapshot.budgets[0].resetsAt = scene.now + Seconds(86'400 - 1800);
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    QCOMPARE(scene.after(Seconds(60)), QStringList{u"budget bot over"_s});
}

void TestAlerts::routeWithoutTargetsIsCritical()
{
    Scene scene;
    scene.rules.at(AlertKind::Breaker).on = false;
    scene.set(BreakerState::Open);
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    scene.target(1).breaker.drained = true;
    QCOMPARE(scene.after(Seconds(1)), QStringList{u"route chat critical"_s});
    scene.target(0).breaker.forced = telemetry::ForcedState::Closed;
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    QCOMPARE(scene.after(Seconds(60)), QStringList{u"route chat over"_s});
}

void TestAlerts::silenceIsCritical()
{
    Scene scene;
    scene.set(BreakerState::Open);
    QCOMPARE(scene.after(Seconds(1)).size(), 1);
    const auto at = [&](Seconds later) {
        QStringList told;
        for (const auto &notice :
             scene.book.update(&scene.snapshot, scene.rules, scene.now + later)) {
            told << notice.key;
        }
        return told;
    };
    QCOMPARE(at(Seconds(30)), QStringList());
    QVERIFY(at(Seconds(31)).contains(u"silence"_s));
    QVERIFY(scene.book.update(nullptr, scene.rules, scene.now + Seconds(32)).size() <= 1);
}

void TestAlerts::rulesThatAreOffSayNothing()
{
    Scene scene;
    for (AlertRule &rule : scene.rules.rules) {
        rule.on = false;
    }
    scene.set(BreakerState::Open);
    scene.target(1).breaker.state = BreakerState::Open;
    scene.target(0).attemptsLastMinute = scene.target(0).failuresLastMinute = 100;
    for (int minute = 0; minute < 5; ++minute) {
        QCOMPARE(scene.after(Seconds(60)), QStringList());
    }
    QVERIFY(scene.book.alerts().empty());
}

void TestAlerts::acknowledgedAndMutedAreNotTold()
{
    Scene scene;
    scene.set(BreakerState::Open);
    QCOMPARE(scene.after(Seconds(1)).size(), 1);
    scene.book.acknowledge(u"breaker p/a"_s);
    QCOMPARE(scene.book.open(), 0);
    scene.set(BreakerState::Closed);
    QCOMPARE(scene.after(Seconds(1)), QStringList()); // somebody knows
    scene.set(BreakerState::Open); // the next time is another
    QCOMPARE(scene.after(Seconds(700)).size(), 1);
    QCOMPARE(scene.book.open(), 1);
    scene.book.mute(u"breaker p/a"_s, scene.now + Seconds(3600));
    scene.set(BreakerState::Closed);
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    scene.set(BreakerState::Open);
    QCOMPARE(scene.after(Seconds(1000)), QStringList());
    scene.set(BreakerState::Closed);
    QCOMPARE(scene.after(Seconds(3600)), QStringList());
    QCOMPARE(scene.after(Seconds(60)), QStringList{u"breaker p/a over"_s});
}

void TestAlerts::remembersNoMoreThanItMay()
{
    Scene scene;
    for (int i = 0; i < 500; ++i) {
        scene.target(0).target = {"p", "model-" + std::to_string(i)};
        scene.set(BreakerState::Open);
        (void)scene.after(Seconds(1));
    }
    QCOMPARE(scene.book.alerts().size(), std::size_t(200));
    QCOMPARE(scene.book.alerts().front().subject, u"p/model-499"_s);
}

/// Goal: statement 70, first half.
void TestAlerts::inFrontItTellsInTheWindow()
{
    Listening console;
    console.wantDesktop();
    QVERIFY(console.window.isActiveWindow());
    console.openQwen();
    QTRY_VERIFY_WITH_TIMEOUT(console.bar().startsWith(u"qwen/qwen-max: The breaker opened"_s),
                             kToldWithinMs);
    QVERIFY(console.shown.notices.empty());
    console.window.findChild<NoticeBar *>(u"notices"_s)->press();
    QCOMPARE(console.window.currentPage(), u"alerts"_s);
}

/// Goal: statements 70, second half, and 72: the end takes the place of the beginning.
void TestAlerts::inTheBackgroundItTellsTheDesktopOnce()
{
    Listening console;
    console.wantDesktop();
    QWidget other;
    other.show();
    other.activateWindow();
    QTRY_VERIFY(!console.window.isActiveWindow());
    console.openQwen();
    QTRY_VERIFY_WITH_TIMEOUT(!console.shown.notices.empty(), kToldWithinMs);
    QTest::qWait(2500); // two more looks
    QCOMPARE(console.shown.notices.size(), std::size_t(1));
    console.source.target("qwen/qwen-max").breaker.state = BreakerState::Closed;
    console.source.publish();
    QTRY_COMPARE_WITH_TIMEOUT(console.desk()->open(), 0, kToldWithinMs);
    console.source.wait(Seconds(60));
    console.source.publish();
    QTRY_COMPARE_WITH_TIMEOUT(console.shown.notices.size(), std::size_t(2), kToldWithinMs);
    QVERIFY(console.shown.notices[1].over);
    QCOMPARE(console.shown.notices[1].key, console.shown.notices[0].key);
}

void TestAlerts::desktopIsToldOnlyWhenAsked()
{
    Listening console;
    QVERIFY(!console.desk()->rules().telling.desktop);
    console.window.hide();
    console.openQwen();
    QTRY_VERIFY_WITH_TIMEOUT(console.desk()->open() == 1, kToldWithinMs);
    QVERIFY(console.shown.notices.empty());
    console.desk()->sendTest(); // this was asked for by itself
    QCOMPARE(console.shown.notices.size(), std::size_t(1));
}

void TestAlerts::toldWhileMinimized()
{
    Listening console;
    console.wantDesktop();
    console.window.showMinimized();
    console.openQwen();
    QTRY_COMPARE_WITH_TIMEOUT(console.shown.notices.size(), std::size_t(1), kToldWithinMs);
}

void TestAlerts::manyAreToldAsOne()
{
    Listening console;
    console.wantDesktop();
    console.window.hide();
    for (const char *name : {"qwen/qwen-max",
                             "qwen/qwen-turbo",
                             "openai/gpt-4.1",
                             "anthropic/claude-haiku-4-5",
                             "deepseek/deepseek-chat"}) {
        console.open(name);
    }
    console.source.wait(Seconds(1));
    console.source.publish();
    QTRY_VERIFY_WITH_TIMEOUT(console.desk()->open() >= 5, kToldWithinMs);
    QCOMPARE(console.shown.notices.size(), std::size_t(1));
    QVERIFY(console.shown.notices.back().title.endsWith(u" alerts"_s));
    QVERIFY(console.shown.notices.back().text.contains(u"qwen-turbo"_s));
}

void TestAlerts::doesNotTakeTheWayBack()
{
    Listening console;
    auto *bar = console.window.findChild<NoticeBar *>(u"notices"_s);
    bar->offerUndo(
        u"drained"_s, [] {}, 60'000);
    console.openQwen();
    QTRY_VERIFY_WITH_TIMEOUT(console.desk()->open() == 1, kToldWithinMs);
    QVERIFY(bar->offersUndo());
    QCOMPARE(bar->text(), u"drained"_s);
}

void TestAlerts::countsInTheSidebar()
{
    Listening console;
    console.openQwen();
    auto *button = console.window.findChild<QAbstractButton *>(u"page.alerts"_s);
    QTRY_VERIFY_WITH_TIMEOUT(button->accessibleName().contains(u"1 open alerts"_s), kToldWithinMs);
    console.window.actionSet().acknowledgeAll->trigger();
    QVERIFY(!button->accessibleName().contains(u"open alerts"_s));
}

void TestAlerts::listIsActedOnByKeys()
{
    Listening console;
    const QAbstractItemModelTester tester(&console.desk()->model());
    console.openQwen();
    console.window.showPage(u"alerts"_s);
    auto *list = console.window.findChild<ListView *>(u"alerts.list"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.desk()->open() == 1, kToldWithinMs);
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(list->model()->index(0, AlertsModel::Subject).data().toString(), u"qwen/qwen-max"_s);
    QCOMPARE(list->model()->index(0, AlertsModel::State).data().toString(), u"Firing"_s);
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(list->model()->index(0, 0).data().toString().startsWith(u"Firing, muted until"_s));
    QTest::keyClick(list, Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(list->model()->index(0, 0).data().toString(), u"Firing"_s);
    QTest::keyClick(list, Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(console.desk()->open(), 0);
    const int row = console.desk()->model().rowOf(u"breaker qwen/qwen-max"_s);
    list->setCurrentIndex(list->model()->index(row, 0));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(console.window.currentPage(), u"providers"_s);
}

void TestAlerts::rulesAreKept()
{
    QTemporaryDir folder;
    QSettings kept(folder.filePath(u"console.ini"_s), QSettings::IniFormat);
    FixtureSource source;
    Shown shown;
    const auto open = [&] {
        return std::make_unique<ConsoleWindow>(source,
                                               ConsoleOptions{.clock = [&] { return source.now(); },
                                                              .settings = &kept,
                                                              .notifier = &shown});
    };
    {
        const auto window = open();
        window->show();
        window->showPage(u"settings"_s);
        window->findChild<QCheckBox *>(u"alert.desktop"_s)->click();
        window->findChild<QCheckBox *>(u"alert.cost"_s)->click();
        window->findChild<QDoubleSpinBox *>(u"alert.cost.limit"_s)->setValue(2.5);
        window->findChild<QDoubleSpinBox *>(u"alert.errors.limit"_s)->setValue(1.5);
        window->findChild<QPushButton *>(u"alert.test"_s)->click();
        QCOMPARE(shown.notices.size(), std::size_t(1));
    }
    const AlertRules rules = open()->findChild<AlertDesk *>()->rules();
    QVERIFY(rules.telling.desktop);
    QCOMPARE(rules.at(AlertKind::Cost), (AlertRule{.limit = 2.5, .holdSeconds = 60}));
    QCOMPARE(rules.at(AlertKind::Errors), (AlertRule{.limit = 1.5, .holdSeconds = 60}));
}

void TestAlerts::damagedRulesArePassedOver()
{
    QTemporaryDir folder;
    QSettings kept(folder.filePath(u"console.ini"_s), QSettings::IniFormat);
    kept.setValue(u"alerts/errors/limit"_s, 700);
    kept.setValue(u"alerts/cost/limit"_s, u"a lot"_s);
    kept.setValue(u"alerts/errors/hold"_s, -1);
    kept.setValue(u"alerts/quiet/from"_s, 24 * 60);
    kept.setValue(u"alerts/hook/url"_s, u"http://example.org/"_s);
    kept.setValue(u"alerts/hook/secret"_s, u"hunter2"_s);
    kept.setValue(u"alerts/hook/header"_s, u"a b"_s);
    FixtureSource source;
    ConsoleWindow window(source, {.clock = [&] { return source.now(); }, .settings = &kept});
    QCOMPARE(window.findChild<AlertDesk *>()->rules(), AlertRules());
    window.showPage(u"settings"_s);
    QVERIFY(!window.findChild<QCheckBox *>(u"alert.desktop"_s)->isEnabled()); // nobody to tell
}

QTEST_MAIN(TestAlerts)
#include "tst_alerts.moc"
