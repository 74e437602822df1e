// SPDX-License-Identifier: GPL-3.0-or-later
// Who is told of an alert: gathered, quiet at night, and never where it makes no sense.
#include "tests/ui/support/console.h"
#include "ui/pages/alert_desk.h"
#include "ui/pages/alert_teller.h"

#include <QCheckBox>
#include <QDateTime>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeEdit>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

struct Shown : Notifier
{
    void show(const AlertNotice &notice) override { keys << notice.key; }
    QStringList keys;
};

struct Heard : Chime
{
    [[nodiscard]] QString whySilent() const override { return {}; }
    void play() override { ++times; }
    int times = 0;
};

struct Posted : AlertHook
{
    void post(const AlertTelling &telling, const std::vector<AlertNotice> &notices) override
    {
        address = telling.hookUrl + u' ' + telling.hookHeader + u' ' + telling.hookSecret;
        counts << static_cast<int>(notices.size());
    }
    QString address;
    QList<int> counts;
};

struct Tray : TraySign
{
    [[nodiscard]] bool isAvailable() const override { return available; }
    void show(const QString &words) override { shown = words; }
    void hide() override { shown.clear(); }
    bool available = true;
    QString shown;
};

/// A teller with everything on, at a time of the local day.
struct Telling
{
    Telling()
    {
        telling.desktop = telling.sound = telling.hook = true;
        telling.hookUrl = u"https://example.org/"_s;
    }
    void at(int hour, int minute)
    {
        const QDateTime local(QDate(2026, 3, 14), QTime(hour, minute));
        now = SystemTime(Millis(local.toMSecsSinceEpoch()));
    }
    void tell(const QString &key, bool over = false, bool critical = false)
    {
        teller
            .tell({{.key = key, .title = key, .text = u"x"_s, .critical = critical, .over = over}},
                  telling,
                  now);
    }
    void look(Seconds later)
    {
        now += later;
        teller.look(book, telling, now);
    }

    Shown desktop;
    Heard chime;
    Posted hook;
    bool inFront = false;
    AlertTelling telling;
    AlertBook book;
    SystemTime now{};
    AlertTeller teller{{.desktop = &desktop, .chime = &chime, .hook = &hook},
                       [this] { return inFront; }};
};

} // namespace

class TestAlertTelling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTrayIsForWhatIsWrong();
    void offersNoTrayWhereThereIsNone();
    void tellsAllWhoAreChosen();
    void gathersWhatComesSoonAfter();
    void keepsQuietAtNight();
    void tellsInTheMorningWhatIsStillOpen();
    void quietHoursReachOverMidnight_data();
    void quietHoursReachOverMidnight();
    void takesNoAddressThatMakesNoSense_data();
    void takesNoAddressThatMakesNoSense();
    void keepsTheHook();
    void refusesASecretItself();
    void testsEachOutlet();
};

/// Statement 82: opt-in, and only for an abnormal status.
void TestAlertTelling::theTrayIsForWhatIsWrong()
{
    Tray tray;
    FixtureSource source; // two breakers are open
    ConsoleWindow window(source, {.clock = [&source] { return source.now(); }, .tray = &tray});
    window.show();
    auto *desk = window.findChild<AlertDesk *>();
    QTRY_VERIFY(desk->open() > 0);
    QVERIFY(tray.shown.isEmpty());
    window.showPage(u"settings"_s);
    window.findChild<QCheckBox *>(u"alert.tray"_s)->click();
    QVERIFY(desk->rules().telling.tray);
    QVERIFY2(tray.shown.contains(u"open alert"_s), qPrintable(tray.shown));
    window.showMinimized();
    Q_EMIT tray.activated();
    QCOMPARE(window.currentPage(), u"alerts"_s);
    QVERIFY(!window.isMinimized());
    desk->acknowledgeAll();
    QCOMPARE(tray.shown.isEmpty(), desk->open() == 0);
}

void TestAlertTelling::offersNoTrayWhereThereIsNone()
{
    Tray tray;
    tray.available = false;
    FixtureSource source;
    const ConsoleWindow window(source,
                               {.clock = [&source] { return source.now(); }, .tray = &tray});
    QVERIFY(window.findChild<QCheckBox *>(u"alert.tray"_s) == nullptr);
    const Console without;
    QVERIFY(without.window.findChild<QCheckBox *>(u"alert.tray"_s) == nullptr);
}

void TestAlertTelling::tellsAllWhoAreChosen()
{
    Telling t;
    t.at(12, 0);
    t.tell(u"a"_s);
    QCOMPARE(t.desktop.keys, QStringList{u"a"_s});
    QCOMPARE(t.chime.times, 1);
    QCOMPARE(t.hook.counts, QList<int>{1});
    t.inFront = true;
    t.tell(u"a"_s, true); // an end makes no sound, and the window shows it
    QCOMPARE(t.desktop.keys, QStringList{u"a"_s});
    QCOMPARE(t.chime.times, 1);
    QCOMPARE(t.hook.counts, (QList<int>{1, 1}));
    t.inFront = false;
    t.telling.desktop = t.telling.sound = t.telling.hook = false;
    t.tell(u"b"_s);
    QCOMPARE(t.desktop.keys.size() + t.chime.times + t.hook.counts.size(), 4);
}

void TestAlertTelling::gathersWhatComesSoonAfter()
{
    Telling t;
    t.at(12, 0);
    t.telling.gatherSeconds = 60;
    t.tell(u"a"_s);
    QCOMPARE(t.hook.counts, QList<int>{1}); // the first never waits
    for (const auto &key : {u"b"_s, u"c"_s, u"d"_s, u"e"_s}) {
        t.look(Seconds(1));
        t.tell(key);
    }
    t.tell(u"e"_s, true); // its end takes its place
    t.look(Seconds(55));
    QCOMPARE(t.hook.counts, QList<int>{1});
    t.look(Seconds(1));
    QCOMPARE(t.hook.counts, (QList<int>{1, 4}));
    QCOMPARE(t.desktop.keys, (QStringList{u"a"_s, u"digest"_s}));
    t.look(Seconds(600));
    QCOMPARE(t.hook.counts.size(), 2);
}

void TestAlertTelling::keepsQuietAtNight()
{
    Telling t;
    t.telling.quiet = true;
    t.at(23, 0);
    t.tell(u"a"_s);
    QVERIFY(t.desktop.keys.isEmpty());
    QCOMPARE(t.chime.times, 0);
    QCOMPARE(t.hook.counts, QList<int>{1}); // its receiver has hours of its own
    t.tell(u"c"_s, false, true);
    QCOMPARE(t.desktop.keys, QStringList{u"c"_s});
    QCOMPARE(t.chime.times, 1);
    t.telling.criticalAlways = false;
    t.tell(u"d"_s, false, true);
    QCOMPARE(t.desktop.keys, QStringList{u"c"_s});
    t.at(22, 0);
    t.telling.quietFrom = t.telling.quietTo = 0; // no hours at all
    t.tell(u"e"_s);
    QCOMPARE(t.desktop.keys.last(), u"e"_s);
}

void TestAlertTelling::tellsInTheMorningWhatIsStillOpen()
{
    Telling t;
    t.telling.quiet = true;
    t.at(23, 0);
    AlertRules rules;
    telemetry::Snapshot snapshot;
    telemetry::ProviderView provider;
    provider.id = "p";
    for (const char *model : {"a", "b"}) {
        telemetry::TargetView target;
        target.target = {"p", model};
        target.breaker.state = telemetry::BreakerState::Open;
        provider.targets.push_back(target);
    }
    snapshot.providers.push_back(provider);
    const auto round = [&] {
        snapshot.at.system = t.now;
        t.teller.tell(t.book.update(&snapshot, rules, t.now), t.telling, t.now);
        t.look(Seconds(0));
    };
    round();
    snapshot.providers[0].targets[1].breaker.state = telemetry::BreakerState::Closed;
    for (int minute = 0; minute < 2; ++minute) {
        t.now += Seconds(60);
        round();
        QVERIFY(t.desktop.keys.isEmpty());
    }
    t.now += Seconds(8 * 3600);
    round();
    QCOMPARE(t.desktop.keys, QStringList{u"breaker p/a"_s});
    QCOMPARE(t.chime.times, 1);
    round();
    QCOMPARE(t.desktop.keys.size(), 1);
}

void TestAlertTelling::quietHoursReachOverMidnight_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<int>("minute");
    QTest::addColumn<bool>("quiet");
    QTest::newRow("first minute") << 22 * 60 << 7 * 60 << 22 * 60 << true;
    QTest::newRow("midnight") << 22 * 60 << 7 * 60 << 0 << true;
    QTest::newRow("its end") << 22 * 60 << 7 * 60 << 7 * 60 << false;
    QTest::newRow("day") << 22 * 60 << 7 * 60 << 12 * 60 << false;
    QTest::newRow("siesta") << 13 * 60 << 15 * 60 << 14 * 60 << true;
    QTest::newRow("after it") << 13 * 60 << 15 * 60 << 15 * 60 << false;
}

void TestAlertTelling::quietHoursReachOverMidnight()
{
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(int, minute);
    QTEST(isQuiet({.quiet = true, .quietFrom = from, .quietTo = to}, minute), "quiet");
    QVERIFY(!isQuiet({.quiet = false, .quietFrom = from, .quietTo = to}, minute));
}

void TestAlertTelling::takesNoAddressThatMakesNoSense_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("good");
    QTest::newRow("https") << u"https://hooks.example.org/a?b=c"_s << true;
    QTest::newRow("here") << u"http://127.0.0.1:9000/"_s << true;
    QTest::newRow("here too") << u"http://[::1]:9000/"_s << true;
    QTest::newRow("by name") << u"http://localhost/"_s << true;
    QTest::newRow("plain") << u"http://hooks.example.org/"_s << false;
    QTest::newRow("as if here") << u"http://127.0.0.1.example.org/"_s << false;
    QTest::newRow("password") << u"https://me:word@example.org/"_s << false;
    QTest::newRow("no host") << u"https://"_s << false;
    QTest::newRow("file") << u"file:///etc/passwd"_s << false;
    QTest::newRow("nothing") << QString() << false;
}

void TestAlertTelling::takesNoAddressThatMakesNoSense()
{
    QFETCH(QString, url);
    QTEST(whyNoHook(url).isEmpty(), "good");
}

void TestAlertTelling::keepsTheHook()
{
    QTemporaryDir folder;
    QSettings kept(folder.filePath(u"console.ini"_s), QSettings::IniFormat);
    FixtureSource source;
    Posted hook;
    const auto open = [&] {
        return std::make_unique<ConsoleWindow>(source,
                                               ConsoleOptions{.clock = [&] { return source.now(); },
                                                              .settings = &kept,
                                                              .hook = &hook});
    };
    {
        const auto window = open();
        window->show();
        window->showPage(u"settings"_s);
        window->findChild<QCheckBox *>(u"alert.hook"_s)->click();
        auto *problem = window->findChild<QLabel *>(u"alert.hookProblem"_s);
        QVERIFY(problem->text().contains(u"no address yet"_s));
        const auto type = [&](const QString &name, const QString &text) {
            auto *line = window->findChild<QLineEdit *>(name);
            line->setFocus();
            line->selectAll();
            QTest::keyClicks(line, text);
            QTest::keyClick(line, Qt::Key_Return);
        };
        type(u"alert.hookUrl"_s, u"http://example.org/"_s);
        QVERIFY(problem->isVisible());
        QVERIFY(problem->text().contains(u"https"_s));
        QVERIFY(window->findChild<AlertDesk *>()->rules().telling.hookUrl.isEmpty());
        type(u"alert.hookUrl"_s, u"https://example.org/hook"_s);
        QVERIFY(!problem->isVisible());
        type(u"alert.hookSecret"_s, u"env:HOOK_TOKEN"_s);
        window->findChild<QCheckBox *>(u"alert.quiet"_s)->click();
        window->findChild<QTimeEdit *>(u"alert.quietTo"_s)->setTime(QTime(6, 30));
    }
    const AlertTelling telling = open()->findChild<AlertDesk *>()->rules().telling;
    QVERIFY(telling.hook && telling.quiet);
    QCOMPARE(telling.hookUrl, u"https://example.org/hook"_s);
    QCOMPARE(telling.hookSecret, u"env:HOOK_TOKEN"_s);
    QCOMPARE(telling.quietTo, 6 * 60 + 30);
}

/// Goal: a secret that is typed where its name belongs is not kept, as it would be in plain text.
void TestAlertTelling::refusesASecretItself()
{
    QTemporaryDir folder;
    QSettings kept(folder.filePath(u"console.ini"_s), QSettings::IniFormat);
    FixtureSource source;
    Posted hook;
    ConsoleWindow window(source,
                         {.clock = [&] { return source.now(); }, .settings = &kept, .hook = &hook});
    window.show();
    window.showPage(u"settings"_s);
    auto *line = window.findChild<QLineEdit *>(u"alert.hookSecret"_s);
    QTest::keyClicks(line, u"xoxb-hunter2"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(window.findChild<QLabel *>(u"alert.hookProblem"_s)->text().contains(u"env:NAME"_s));
    window.findChild<QCheckBox *>(u"alert.quiet"_s)->click();
    kept.sync();
    QFile file(kept.fileName());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("hunter2"));
}

void TestAlertTelling::testsEachOutlet()
{
    FixtureSource source;
    Shown desktop;
    Heard chime;
    Posted hook;
    ConsoleWindow window(source,
                         {.clock = [&] { return source.now(); },
                          .notifier = &desktop,
                          .chime = &chime,
                          .hook = &hook});
    window.show();
    window.showPage(u"settings"_s);
    const auto press = [&](const QString &name) { window.findChild<QPushButton *>(name)->click(); };
    press(u"alert.test"_s);
    press(u"alert.play"_s);
    press(u"alert.post"_s); // there is no address: it cannot be pressed
    QVERIFY(hook.counts.isEmpty());
    auto *line = window.findChild<QLineEdit *>(u"alert.hookUrl"_s);
    QTest::keyClicks(line, u"http://localhost:1/"_s);
    QTest::keyClick(line, Qt::Key_Return);
    press(u"alert.post"_s);
    QCOMPARE(desktop.keys, QStringList{u"test"_s});
    QCOMPARE(chime.times, 1);
    QCOMPARE(hook.counts, QList<int>{1});
    QCOMPARE(hook.address, u"http://localhost:1/ Authorization "_s);
    Q_EMIT hook.finished(false, u"The webhook refused an alert: HTTP 403"_s);
    auto *problem = window.findChild<QLabel *>(u"alert.hookProblem"_s);
    QVERIFY(problem->text().contains(u"403"_s));
    QVERIFY(window.findChild<NoticeBar *>(u"notices"_s)->text().contains(u"403"_s));
}

QTEST_MAIN(TestAlertTelling)
#include "tst_alert_telling.moc"
