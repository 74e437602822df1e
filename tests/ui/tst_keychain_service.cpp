// SPDX-License-Identifier: GPL-3.0-or-later
// QtKeychain against a real GNOME Keyring, and against the machines that have none.
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int kPatienceMs = 30'000;

/// A home and a session of their own.
class Session
{
public:
    /// What the probe says when started by \p script, a shell's, in which it is `$PROBE`.
    QString probe(const QString &script)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const auto &name :
             {u"DBUS_SESSION_BUS_ADDRESS"_s, u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s}) {
            environment.remove(name);
        }
        environment.insert(u"HOME"_s, m_home.path());
        for (const auto &[name, folder] : {std::pair{u"XDG_RUNTIME_DIR"_s, u"run"_s},
                                           std::pair{u"XDG_DATA_HOME"_s, u"data"_s},
                                           std::pair{u"XDG_CONFIG_HOME"_s, u"config"_s},
                                           std::pair{u"XDG_DATA_DIRS"_s, u"share"_s}}) {
            QDir(m_home.path()).mkdir(folder);
            environment.insert(name, m_home.filePath(folder));
        }
        QFile::setPermissions(m_home.filePath(u"run"_s),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        environment.insert(u"PROBE"_s, QStringLiteral(SIGNALBOX_BIN_DIR) + u"/keychain_probe"_s);
        process.setProcessEnvironment(environment);
        QElapsedTimer took;
        took.start();
        process.start(u"sh"_s, {u"-c"_s, script});
        const bool ended = process.waitForFinished(kPatienceMs);
        m_tookMs = took.elapsed();
        return ended ? QString::fromUtf8(process.readAllStandardOutput()).trimmed()
                     : u"it did not end"_s;
    }

    [[nodiscard]] qint64 tookMs() const { return m_tookMs; }
    /// Whether \p text stands in any file of this home.
    [[nodiscard]] bool hasWritten(const QByteArray &text) const
    {
        QDirIterator all(m_home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text)) {
                return true;
            }
        }
        return false;
    }

private:
    QTemporaryDir m_home;
    qint64 m_tookMs = 0;
};

} // namespace

class TestKeychainService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void worksWithAnUnlockedKeyring();
    void saysThatThereIsNoBus();
    void saysThatNobodyProvidesIt();
    void saysThatItCannotBeUnlocked();
};

void TestKeychainService::initTestCase()
{
    for (const auto &program : {u"dbus-run-session"_s, u"gnome-keyring-daemon"_s}) {
        QVERIFY2(!QStandardPaths::findExecutable(program).isEmpty(),
                 qPrintable(program + u" is missing; ./dev installs it"_s));
    }
}

void TestKeychainService::worksWithAnUnlockedKeyring()
{
    Session session;
    const QString said = session.probe(
        u"exec dbus-run-session -- sh -c 'printf secret | gnome-keyring-daemon --unlock "
        "--components=secrets >/dev/null 2>&1; exec \"$PROBE\"'"_s);
    QCOMPARE(said, u"available: write ok, read ok, remove ok, read missing"_s);
    QVERIFY(!session.hasWritten("sk-"));
}

/// Goal: the three ways to have no keychain are told apart in words, soon, and nothing is written.
void TestKeychainService::saysThatThereIsNoBus()
{
    Session session;
    const QString said = session.probe(u"exec \"$PROBE\""_s);
    QVERIFY2(said.startsWith(u"unavailable: "_s) && said.size() > 20, qPrintable(said));
    QVERIFY2(session.tookMs() < 5000, qPrintable(QString::number(session.tookMs())));
}

void TestKeychainService::saysThatNobodyProvidesIt()
{
    Session session;
    const QString said = session.probe(
        u"cat > \"$HOME/bus.conf\" <<END\n"
        "<busconfig><type>session</type><listen>unix:tmpdir=$XDG_RUNTIME_DIR</listen>"
        "<policy context='default'><allow send_destination='*' eavesdrop='true'/><allow "
        "eavesdrop='true'/><allow own='*'/></policy>"
        "</busconfig>\nEND\n"
        "exec dbus-run-session --config-file \"$HOME/bus.conf\" -- \"$PROBE\""_s);
    QVERIFY2(said.startsWith(u"unavailable: "_s), qPrintable(said));
    QVERIFY2(said.contains(u"org.freedesktop.secrets"_s), qPrintable(said));
}

void TestKeychainService::saysThatItCannotBeUnlocked()
{
    Session session;
    const QString said = session.probe(
        u"exec dbus-run-session -- sh -c 'gnome-keyring-daemon --start --components=secrets "
        ">/dev/null 2>&1; exec \"$PROBE\"'"_s);
    QVERIFY2(said.startsWith(u"unavailable: "_s), qPrintable(said));
    QVERIFY(!session.hasWritten("sk-"));
}

QTEST_GUILESS_MAIN(TestKeychainService)
#include "tst_keychain_service.moc"
