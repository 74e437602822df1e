// SPDX-License-Identifier: GPL-3.0-or-later
// What the desktop is asked to show, on a session bus of this test's own.
#include "app/console/desktop_notifier.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::app;

namespace {

struct Call
{
    quint32 replaces = 0;
    QString title;
    QString body;
    uint urgency = 0;
};

} // namespace

/// A desktop that shows notifications to nobody.
class StubDesktop : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    std::vector<Call> calls;

public Q_SLOTS:
    uint Notify(const QString &,
                uint replaces,
                const QString &,
                const QString &title,
                const QString &body,
                const QStringList &,
                const QVariantMap &hints,
                int)
    {
        calls.push_back({replaces, title, body, hints.value(u"urgency"_s).toUInt()});
        return replaces == 0 ? ++m_last : replaces;
    }

private:
    uint m_last = 40;
};

class TestNotifications : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyThereBlocksNothing();
    void showsAndReplaces();
    void theNewestOfManyCounts();
};

/// Goal: statement 73.
void TestNotifications::nobodyThereBlocksNothing()
{
    DesktopNotifier notifier;
    QElapsedTimer took;
    took.start();
    for (int i = 0; i < 20; ++i) {
        notifier.show({.key = QString::number(i), .title = u"t"_s, .text = u"x"_s});
    }
    QVERIFY2(took.elapsed() < 1000, qPrintable(QString::number(took.elapsed())));
}

/// Goal: statement 72 as the desktop sees it, and text that is no markup.
void TestNotifications::showsAndReplaces()
{
    StubDesktop desktop;
    QDBusConnection bus = QDBusConnection::sessionBus();
    QVERIFY(bus.registerObject(u"/org/freedesktop/Notifications"_s,
                               &desktop,
                               QDBusConnection::ExportAllSlots));
    QVERIFY(bus.registerService(u"org.freedesktop.Notifications"_s));
    DesktopNotifier notifier;
    notifier.show(
        {.key = u"a"_s, .title = u"mistral"_s, .text = u"5 < 6 & <b>"_s, .critical = true});
    QTRY_COMPARE(desktop.calls.size(), std::size_t(1));
    QCOMPARE(desktop.calls[0].replaces, 0U);
    QCOMPARE(desktop.calls[0].urgency, 2U);
    QCOMPARE(desktop.calls[0].body, u"5 &lt; 6 &amp; &lt;b&gt;"_s);
    QTest::qWait(100); // the answer has to arrive
    notifier.show({.key = u"a"_s, .title = u"mistral"_s, .text = u"It is over."_s, .over = true});
    notifier.show({.key = u"b"_s, .title = u"qwen"_s, .text = u"x"_s});
    QTRY_COMPARE(desktop.calls.size(), std::size_t(3));
    QCOMPARE(desktop.calls[1].replaces, 41U);
    QCOMPARE(desktop.calls[1].urgency, 1U);
    QCOMPARE(desktop.calls[2].replaces, 0U);
    bus.unregisterService(u"org.freedesktop.Notifications"_s);
    bus.unregisterObject(u"/org/freedesktop/Notifications"_s);
}

/// Goal: what comes while the desktop has not answered yet replaces too, and only the last of it.
void TestNotifications::theNewestOfManyCounts()
{
    StubDesktop desktop;
    QDBusConnection bus = QDBusConnection::sessionBus();
    QVERIFY(bus.registerObject(u"/org/freedesktop/Notifications"_s,
                               &desktop,
                               QDBusConnection::ExportAllSlots));
    QVERIFY(bus.registerService(u"org.freedesktop.Notifications"_s));
    DesktopNotifier notifier;
    for (int i = 0; i < 10; ++i) {
        notifier.show({.key = u"a"_s, .title = QString::number(i), .text = u"x"_s});
    }
    QTRY_COMPARE(desktop.calls.size(), std::size_t(2));
    QTest::qWait(100);
    QCOMPARE(desktop.calls.size(), std::size_t(2));
    QCOMPARE(desktop.calls[1].title, u"9"_s);
    QCOMPARE(desktop.calls[1].replaces, 41U);
}

/// Runs itself again on a session bus that ends with it.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (qEnvironmentVariableIsEmpty("TST_NOTIFICATIONS_BUS")) {
        qputenv("TST_NOTIFICATIONS_BUS", "own");
        QStringList arguments{u"--"_s};
        arguments += QCoreApplication::arguments();
        arguments[1] = QCoreApplication::applicationFilePath();
        return QProcess::execute(u"dbus-run-session"_s, arguments);
    }
    TestNotifications test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_notifications.moc"
