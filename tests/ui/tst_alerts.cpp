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
        rules.desktop = true;
        desk()->setRules(rules);
    }
    void openQwen()
    {
        source.target("qwen/qwen-max").breaker.state = BreakerState::Open;
        source.publish();
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
    QCOMPARE(scene.after(Seconds(1)), QStringList{u"breaker p/a over"_s});
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
    QCOMPARE(told, (QStringList{u"breaker p/a"_s, u"breaker p/a over"_s, u"breaker p/a"_s}));
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
    QCOMPARE(scene.after(Seconds(60)).size(), 1);
    scene.set(BreakerState::Open); // within ten minutes: in the list, and told to nobody
    QCOMPARE(scene.after(Seconds(60)), QStringList());
    QCOMPARE(scene.state(), Alert::State::Firing);
    scene.set(BreakerState::Closed);
    QCOMPARE(scene.after(Seconds(700)).size(), 1);
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
    QCOMPARE(scene.after(Seconds(1)), QStringList{u"errors over"_s});
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
    scene.rules.cost = true;
    (void)scene.after(Seconds(1));
    QCOMPARE(scene.after(Seconds(60)), QStringList{u"cost"_s});
    QVERIFY(scene.book.alerts().front().text.contains(u"$12.00"_s));
}

void TestAlerts::routeWithoutTargetsIsCritical()
{
    Scene scene;
    scene.rules.breakers = false;
    scene.set(BreakerState::Open);
    QCOMPARE(scene.after(Seconds(1)), QStringList());
    scene.target(1).breaker.drained = true;
    QCOMPARE(scene.after(Seconds(1)), QStringList{u"route chat critical"_s});
    scene.target(0).breaker.forced = telemetry::ForcedState::Closed;
    QCOMPARE(scene.after(Seconds(1)), QStringList{u"route chat over"_s});
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
    scene.rules = {.breakers = false, .routes = false, .silence = false, .errors = false};
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
    QCOMPARE(scene.after(Seconds(3600)), QStringList{u"breaker p/a over"_s});
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
    QTRY_COMPARE_WITH_TIMEOUT(console.shown.notices.size(), std::size_t(2), kToldWithinMs);
    QVERIFY(console.shown.notices[1].over);
    QCOMPARE(console.shown.notices[1].key, console.shown.notices[0].key);
}

void TestAlerts::desktopIsToldOnlyWhenAsked()
{
    Listening console;
    QVERIFY(!console.desk()->rules().desktop);
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
    for (const char *name : {"qwen/qwen-max", "openai/gpt-4.1", "anthropic/claude-haiku-4-5"}) {
        console.source.target(name).breaker.state = BreakerState::Open;
    }
    console.source.draft().totals.costPerHour = 1;
    console.source.wait(Seconds(1));
    console.source.publish();
    QTRY_VERIFY_WITH_TIMEOUT(console.desk()->open() >= 3, kToldWithinMs);
    const std::size_t apart = console.shown.notices.size();
    console.source.wait(Seconds(40)); // and then the gateway is gone: nothing of it is known
    QTRY_VERIFY_WITH_TIMEOUT(console.shown.notices.size() > apart, kToldWithinMs);
    QCOMPARE(console.shown.notices.size(), apart + 1);
    QVERIFY(console.shown.notices.back().title.endsWith(u" alerts"_s));
    QVERIFY(console.shown.notices.back().text.contains(u"Gateway"_s));
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
    auto *button = console.window.findChild<QAbstractButton *>(u"page.3"_s);
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
        window->findChild<QDoubleSpinBox *>(u"alert.usdPerHour"_s)->setValue(2.5);
        window->findChild<QDoubleSpinBox *>(u"alert.errorPercent"_s)->setValue(1.5);
        window->findChild<QPushButton *>(u"alert.test"_s)->click();
        QCOMPARE(shown.notices.size(), std::size_t(1));
    }
    const AlertRules rules = open()->findChild<AlertDesk *>()->rules();
    QVERIFY(rules.desktop && rules.cost && rules.breakers);
    QCOMPARE(rules.usdPerHour, 2.5);
    QCOMPARE(rules.errorShare, 0.015);
}

void TestAlerts::damagedRulesArePassedOver()
{
    QTemporaryDir folder;
    QSettings kept(folder.filePath(u"console.ini"_s), QSettings::IniFormat);
    kept.setValue(u"alerts/errorShare"_s, 7);
    kept.setValue(u"alerts/usdPerHour"_s, u"a lot"_s);
    FixtureSource source;
    ConsoleWindow window(source, {.clock = [&] { return source.now(); }, .settings = &kept});
    QCOMPARE(window.findChild<AlertDesk *>()->rules().errorShare, AlertRules().errorShare);
    window.showPage(u"settings"_s);
    QVERIFY(!window.findChild<QCheckBox *>(u"alert.desktop"_s)->isEnabled()); // nobody to tell
}

QTEST_MAIN(TestAlerts)
#include "tst_alerts.moc"
