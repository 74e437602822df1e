// SPDX-License-Identifier: GPL-3.0-or-later
// The window of a gateway on another machine: what it says of the line, and what it does not offer.
#include "app/console/remote/remote_settings.h"
#include "tests/ui/support/console.h"
#include "tests/ui/support/far_fixture.h"
#include "ui/frame/console_actions.h"
#include "ui/frame/console_commands.h"
#include "ui/pages/breaker_desk.h"
#include "ui/pages/connection_bar.h"
#include "ui/pages/live_series.h"
#include "ui/pages/settings_page.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;
using State = Connection::State;

namespace {

struct FarConsole
{
    FarConsole()
    {
        window.show();
        (void)QTest::qWaitFor([this] { return window.state().snapshot() != nullptr; },
                              kFedWithinMs);
        QTest::qWait(kSettleMs);
    }
    [[nodiscard]] ConnectionBar &bar() const { return *window.findChild<ConnectionBar *>(); }
    template <class T>
    [[nodiscard]] T *part(const QString &name) const
    {
        return window.findChild<T *>(name);
    }
    BreakerTile *tile(const QString &target)
    {
        auto *page = window.findChild<Page *>(window.currentPage());
        return page->findChild<BreakerTile *>(u"tile."_s + target);
    }

    FarFixture source;
    app::RemoteSettings settings{source};
    ConsoleWindow window{source, {.clock = [this] { return source.now(); }, .source = &settings}};
};

} // namespace

class TestFarConsole : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysNothingWhileAllIsWell();
    void countsDownWhileItIsAway();
    void takesATokenByKeyboard();
    void keepsATokenOnlyWhereItCan();
    void warnsOfAnOpenLine();
    void aViewerSeesWhyNothingCanBeDone();
    void settingsSayWhoseKeysTheyAre();
    void anotherTokenCanBeUsed();
    void hasNoSetUp();
    void nobodyLookedIsAGapInEveryChart();
};

void TestFarConsole::saysNothingWhileAllIsWell()
{
    const FarConsole console;
    QCOMPARE(console.bar().text(), QString());
    QVERIFY(console.window.statusText().contains(u"Connected"_s));
}

/// Goal: statement 8: a banner with Retry and a countdown, and no dialog.
void TestFarConsole::countsDownWhileItIsAway()
{
    FarConsole console;
    console.source.change(
        [&](Connection &connection) {
            connection.state = State::Away;
            connection.problem = u"gateway.example:8787 refuses the connection."_s;
            connection.retryAt = console.source.now() + Seconds(7);
        },
        u"The gateway does not answer."_s);
    QVERIFY(console.bar().isVisible());
    QVERIFY2(console.bar().text().contains(u"refuses the connection. "_s)
                 && console.bar().text().contains(u"Trying again in 0:07"_s),
             qPrintable(console.bar().text()));
    QCOMPARE(console.bar().accessibleName(), console.bar().text());
    QCOMPARE(QApplication::activeModalWidget(), nullptr);
    console.source.wait(Seconds(4));
    QTRY_VERIFY(console.bar().text().contains(u"Trying again in 0:03"_s));
    QVERIFY2(console.bar().text().contains(u"said 4"_s), qPrintable(console.bar().text()));
    QVERIFY(console.window.statusText().contains(u"Not connected: last update 4"_s));
    QVERIFY(!console.part<NoticeBar>(u"staleBar"_s)->isVisible()); // said once is enough
    auto *retry = console.bar().findChild<QPushButton *>(u"retry"_s);
    QTest::keyClick(retry, Qt::Key_Space);
    QCOMPARE(console.source.retries, 1);
    // Its own news of being away are no sign of life.
    console.source.publish();
    QTest::qWait(kSettleMs);
    QVERIFY(console.window.state().age() >= Seconds(4));
    QCOMPARE(console.tile(u"qwen/qwen-max"_s)->findChild<QPushButton *>(u"trip"_s)->isEnabled(),
             false);
    console.source.change([](Connection &connection) { connection.state = State::Connected; });
    console.source.publish();
    QTRY_VERIFY(!console.bar().isVisible());
    QTRY_VERIFY(console.window.statusText().contains(u"Connected · updated"_s));
}

void TestFarConsole::takesATokenByKeyboard()
{
    FarConsole console;
    console.source.change([](Connection &connection) {
        connection.state = State::TokenNeeded;
        connection.problem = u"https://gateway.example:8787 does not know this token."_s;
    });
    QVERIFY(console.bar().text().contains(u"does not know this token"_s));
    auto *field = console.part<QLineEdit>(u"token"_s);
    QCOMPARE(console.window.focusWidget(), field);
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    auto *go = console.part<QPushButton>(u"connect"_s);
    QVERIFY(!go->isEnabled());
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(console.source.tokens.empty());
    console.part<QCheckBox>(u"keepToken"_s)->setChecked(true);
    QTest::keyClicks(field, u"  top-secret-token  "_s);
    QVERIFY(go->isEnabled());
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(console.source.tokens, std::vector<std::string>{"top-secret-token"});
    QVERIFY(console.source.kept);
    QCOMPARE(field->text(), QString()); // and it is nowhere else
    const auto labels = console.window.findChildren<QLabel *>();
    QVERIFY(std::ranges::none_of(labels, [](const QLabel *label) {
        return label->text().contains(u"top-secret"_s);
    }));
    console.source.change([](Connection &connection) { connection.state = State::Connected; });
    QVERIFY(!console.bar().isVisible());
}

void TestFarConsole::keepsATokenOnlyWhereItCan()
{
    FarConsole console;
    auto *keep = console.part<QCheckBox>(u"keepToken"_s);
    keep->setChecked(true);
    console.source.change([](Connection &connection) {
        connection.state = State::TokenNeeded;
        connection.canKeep = false;
    });
    QVERIFY(!keep->isEnabled());
    QVERIFY(keep->toolTip().contains(u"until the console ends"_s));
    QTest::keyClicks(console.part<QLineEdit>(u"token"_s), u"abc"_s);
    console.part<QPushButton>(u"connect"_s)->click();
    QCOMPARE(console.source.tokens.size(), std::size_t(1));
    QVERIFY(!console.source.kept);
}

void TestFarConsole::warnsOfAnOpenLine()
{
    FarConsole console;
    console.source.change(
        [](Connection &connection) { connection.caution = u"http:// is not encrypted."_s; });
    QCOMPARE(console.bar().text(), u"http:// is not encrypted."_s);
    console.bar().findChild<QPushButton *>(u"dismiss"_s)->click();
    QVERIFY(!console.bar().isVisible());
    console.source.change([](Connection &) {});
    QVERIFY(!console.bar().isVisible());
    console.window.showPage(u"settings"_s); // it is still said where the connection is described
    QCOMPARE(console.part<QLabel>(u"connection.caution"_s)->text(), u"http:// is not encrypted."_s);
}

void TestFarConsole::aViewerSeesWhyNothingCanBeDone()
{
    const QString why = u"A viewer may not act on targets."_s;
    FarConsole console;
    console.source.change([](Connection &connection) { connection.viewer = true; }, why);
    QVERIFY(console.window.statusText().contains(u"Viewer"_s));
    console.window.showPage(u"providers"_s);
    BreakerTile *tile = console.tile(u"qwen/qwen-max"_s);
    for (const auto &name : {u"trip"_s, u"reset"_s}) {
        auto *button = tile->findChild<QPushButton *>(name);
        QVERIFY(!button->isEnabled());
        QCOMPARE(button->toolTip(), why);
    }
    QCOMPARE(tile->findChild<QToolButton *>(u"more"_s)->toolTip(), why);
    const auto entries = targetEntries(*console.source.snapshot(),
                                       {.act = {}, .show = {}, .unable = why});
    QVERIFY(std::ranges::count(entries, why, &PaletteEntry::unable) > 0);
    QVERIFY(std::ranges::all_of(entries, [&](const PaletteEntry &entry) {
        return entry.title.startsWith(u"Go to"_s) || entry.unable == why;
    }));
    // Whatever way leads there, it is said and nothing is sent.
    auto *desk = console.window.findChild<BreakerDesk *>();
    for (const auto action : {BreakerAction::Trip,
                              BreakerAction::Hold,
                              BreakerAction::Reset,
                              BreakerAction::Drain,
                              BreakerAction::Undrain}) {
        desk->act(action, TargetId("qwen/qwen-max"), tile);
    }
    QCOMPARE(console.part<NoticeBar>(u"notices"_s)->text(), why);
    QVERIFY(console.source.sent().empty());
    QCOMPARE(QApplication::activeModalWidget(), nullptr);
}

void TestFarConsole::settingsSayWhoseKeysTheyAre()
{
    FarConsole console;
    console.window.showPage(u"settings"_s);
    QCOMPARE(console.part<QLabel>(u"connection.address"_s)->text(),
             u"https://gateway.example:8787, Signalbox 1.2.3"_s);
    QVERIFY(console.part<QLabel>(u"connection.person"_s)->text().startsWith(u"ann, an operator"_s));
    QCOMPARE(console.part<QLabel>(u"connection.token"_s)->text(), u"from the keychain"_s);
    QVERIFY(console.part<NoticeBar>(u"fixedNotice"_s)->text().contains(u"on another machine"_s));
    QCOMPARE(console.part<QLabel>(u"path.configuration"_s)->text(), u"on the gateway's machine"_s);
    QVERIFY(!console.part<QLabel>(u"keychainState"_s)->isVisible());
    const auto providers = console.settings.providers();
    QCOMPARE(providers.size(), console.source.snapshot()->providers.size());
    for (const auto &name : {u"test"_s, u"addKey"_s}) {
        const auto buttons =
            console.part<SettingsPage>(u"settings"_s)->findChildren<QPushButton *>(name);
        QVERIFY(!buttons.isEmpty());
        for (const QPushButton *button : buttons) {
            QVERIFY(!button->isEnabled());
            QVERIFY(button->toolTip().contains(u"on another machine"_s));
        }
    }
}

void TestFarConsole::anotherTokenCanBeUsed()
{
    FarConsole console;
    console.window.showPage(u"settings"_s);
    console.part<QPushButton>(u"otherToken"_s)->click();
    auto *field = console.part<QLineEdit>(u"token"_s);
    QVERIFY(field->isVisible() && field->hasFocus());
    QTest::keyClicks(field, u"half"_s);
    console.source.publish(); // news do not take it away
    QTest::qWait(kSettleMs);
    QCOMPARE(field->text(), u"half"_s);
    console.part<QPushButton>(u"cancelToken"_s)->click();
    QVERIFY(!console.bar().isVisible());
    QCOMPARE(field->text(), QString());
    QVERIFY(console.source.tokens.empty());
}

void TestFarConsole::hasNoSetUp()
{
    FarConsole console;
    QCOMPARE(console.window.currentPage(), u"overview"_s);
    const QAction *setUp = console.window.actionSet().setUp;
    QVERIFY(!setUp->isEnabled());
    QVERIFY(setUp->statusTip().contains(u"another machine"_s));
}

void TestFarConsole::nobodyLookedIsAGapInEveryChart()
{
    FixtureSource source;
    auto snapshot = *source.snapshot();
    auto set = *snapshot.seconds;
    const auto blind = [](telemetry::Series &series) {
        for (std::size_t i = series.points.size() - 5; i < series.points.size(); ++i) {
            series.points[i] = telemetry::SeriesPoint::unknown();
        }
    };
    blind(set.total);
    std::ranges::for_each(set.byProvider, blind);
    snapshot.seconds = std::make_shared<const telemetry::Snapshot::SeriesSet>(set);
    for (const Measure measure : {Measure::Rate, Measure::CostRate, Measure::P50}) {
        const ChartData chart = liveSeries(snapshot, TimeRange{}, measure, {});
        for (const ChartSeries &series : chart.series) {
            QVERIFY(!series.points.isEmpty());
            QVERIFY(std::isnan(series.points.last().y()));
        }
    }
}

QTEST_MAIN(TestFarConsole)
#include "tst_far_console.moc"
