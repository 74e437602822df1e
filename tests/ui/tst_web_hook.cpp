// SPDX-License-Identifier: GPL-3.0-or-later
// Alerts as another server gets them, and what becomes of them when it does not take them.
#include "app/console/chime.h"
#include "app/console/web_hook.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtEndian>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::app;

namespace {

/// Answers each request with the next of its statuses, the last one for ever; 0: hangs up.
class Receiver : public QTcpServer
{
public:
    explicit Receiver(QList<int> statuses)
        : m_statuses(std::move(statuses))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(*socket); });
        });
    }
    [[nodiscard]] QString url() const { return u"http://127.0.0.1:%1/hook"_s.arg(serverPort()); }

    QList<QByteArray> requests;
    bool chatters = false; ///< its answers have no end
    qint64 sent = 0;

private:
    void chatter(QTcpSocket &socket)
    {
        if (socket.state() == QAbstractSocket::ConnectedState && socket.bytesToWrite() == 0) {
            sent += socket.write(QByteArray(16 * 1024, 'x'));
        }
    }
    void read(QTcpSocket &socket)
    {
        QByteArray &got = m_partial[&socket];
        got += socket.readAll();
        const auto end = got.indexOf("\r\n\r\n");
        const QByteArray lower = got.toLower();
        const auto at = lower.indexOf("content-length: ");
        if (end < 0 || at < 0
            || got.size()
                   < end + 4 + lower.mid(at + 16, 6).simplified().split(' ').first().toInt()) {
            return;
        }
        requests << got;
        m_partial.remove(&socket);
        const int status = m_statuses.size() > 1 ? m_statuses.takeFirst() : m_statuses.first();
        if (status == 0) {
            return socket.abort();
        }
        if (chatters) { // and never ends
            socket.write("HTTP/1.1 " + QByteArray::number(status) + " x\r\n\r\n");
            connect(&socket, &QTcpSocket::bytesWritten, this, [this, &socket] { chatter(socket); });
            return chatter(socket);
        }
        socket.write(
            "HTTP/1.1 " + QByteArray::number(status)
            + " x\r\nLocation: /elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        socket.disconnectFromHost();
    }

    QList<int> m_statuses;
    QHash<QTcpSocket *, QByteArray> m_partial;
};

struct Secrets : runtime::SecretStore
{
    Result<Secret, runtime::SecretProblem> read(const SecretRef &) override
    {
        if (missing-- > 0) {
            return Failure{runtime::SecretProblem{"the keychain has not answered yet"}};
        }
        return Secret("hunter2");
    }
    int missing = 0;
};

ui::AlertTelling to(const Receiver &receiver, const QString &secret = {})
{
    ui::AlertTelling telling;
    telling.hookUrl = receiver.url();
    telling.hookSecret = secret;
    return telling;
}

constexpr WebHook::Pace kFast{.first = std::chrono::milliseconds(5),
                              .patience = std::chrono::milliseconds(2000)};
const std::vector<ui::AlertNotice> kNotices{
    {.key = u"breaker p/a"_s, .title = u"p/a"_s, .text = u"opened “x”"_s, .critical = true},
    {.key = u"cost"_s, .title = u"Cost"_s, .text = u"It is over."_s, .over = true}};

} // namespace

class TestWebHook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void postsJson();
    void carriesTheSecretInItsHeader();
    void triesAgain_data();
    void triesAgain();
    void waitsForAKeychain();
    void givesUpOnceTheSecretStaysAway();
    void waitsNoLongerThanItMay();
    void hangsUpOnEndlessAnswers();
    void boundsWhatWaits();
    void theSoundIsAWave();
    void saysWhyItIsSilent();
};

void TestWebHook::postsJson()
{
    Receiver receiver({204});
    Secrets secrets;
    WebHook hook(secrets, kFast);
    QSignalSpy finished(&hook, &ui::AlertHook::finished);
    hook.post(to(receiver), kNotices);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(finished[0][0].toBool());
    QCOMPARE(receiver.requests.size(), 1);
    const QByteArray request = receiver.requests[0];
    QVERIFY(request.startsWith("POST /hook HTTP/1.1\r\n"));
    QVERIFY(request.toLower().contains("content-type: application/json\r\n"));
    QVERIFY(!request.toLower().contains("authorization"));
    const QJsonObject body =
        QJsonDocument::fromJson(request.mid(request.indexOf("\r\n\r\n") + 4)).object();
    QCOMPARE(body[u"source"_s].toString(), u"signalbox"_s);
    QVERIFY(QDateTime::fromString(body[u"sent_at"_s].toString(), Qt::ISODateWithMs).isValid());
    const QJsonArray alerts = body[u"alerts"_s].toArray();
    QCOMPARE(alerts.size(), 2);
    QCOMPARE(alerts[0][u"state"_s].toString(), u"firing"_s);
    QCOMPARE(alerts[0][u"text"_s].toString(), u"opened “x”"_s);
    QVERIFY(alerts[0][u"critical"_s].toBool());
    QCOMPARE(alerts[1][u"state"_s].toString(), u"resolved"_s);
}

void TestWebHook::carriesTheSecretInItsHeader()
{
    Receiver receiver({200});
    Secrets secrets;
    WebHook hook(secrets, kFast);
    QSignalSpy finished(&hook, &ui::AlertHook::finished);
    hook.post(to(receiver, u"env:HOOK"_s), kNotices);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(receiver.requests[0].contains("Authorization: Bearer hunter2\r\n"));
    ui::AlertTelling other = to(receiver, u"env:HOOK"_s);
    other.hookHeader = u"X-Token"_s;
    hook.post(other, kNotices);
    QTRY_COMPARE(finished.size(), 2);
    QVERIFY(receiver.requests[1].contains("X-Token: hunter2\r\n"));
    for (const auto &told : finished) {
        QVERIFY(!told[1].toString().contains(u"hunter2"_s));
    }
}

void TestWebHook::triesAgain_data()
{
    QTest::addColumn<QList<int>>("statuses");
    QTest::addColumn<int>("tries");
    QTest::addColumn<bool>("ok");
    QTest::newRow("well at last") << QList<int>{500, 429, 0, 200} << 4 << true;
    QTest::newRow("never well") << QList<int>{503} << 4 << false;
    QTest::newRow("refused") << QList<int>{403} << 1 << false;
    QTest::newRow("elsewhere") << QList<int>{307} << 1 << false; // the secret would go along
    QTest::newRow("slow down") << QList<int>{408, 200} << 2 << true;
}

void TestWebHook::triesAgain()
{
    QFETCH(QList<int>, statuses);
    Receiver receiver(statuses);
    Secrets secrets;
    WebHook hook(secrets, kFast);
    QSignalSpy finished(&hook, &ui::AlertHook::finished);
    hook.post(to(receiver), kNotices);
    QTRY_COMPARE(finished.size(), 1);
    QTEST(finished[0][0].toBool(), "ok");
    QTEST(int(receiver.requests.size()), "tries");
    QSet<QByteArray> ids;
    for (const QByteArray &request : receiver.requests) {
        const auto at = request.indexOf("X-Signalbox-Delivery: ");
        QVERIFY(at > 0);
        ids << request.mid(at, 60);
    }
    QCOMPARE(ids.size(), 1); // so that its receiver knows it for the same
}

void TestWebHook::waitsForAKeychain()
{
    Receiver receiver({200});
    Secrets secrets;
    secrets.missing = 2;
    WebHook hook(secrets, kFast);
    QSignalSpy finished(&hook, &ui::AlertHook::finished);
    hook.post(to(receiver, u"keychain:hook"_s), kNotices);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(finished[0][0].toBool());
    QCOMPARE(receiver.requests.size(), 1);
}

void TestWebHook::givesUpOnceTheSecretStaysAway()
{
    Receiver receiver({200});
    Secrets secrets;
    secrets.missing = 100;
    WebHook hook(secrets, kFast);
    QSignalSpy finished(&hook, &ui::AlertHook::finished);
    hook.post(to(receiver, u"keychain:hook"_s), kNotices);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!finished[0][0].toBool());
    QVERIFY(finished[0][1].toString().contains(u"has not answered yet"_s));
    QVERIFY(receiver.requests.isEmpty()); // never without it
}

void TestWebHook::waitsNoLongerThanItMay()
{
    QTcpServer silent; // takes connections and says nothing
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    Secrets secrets;
    WebHook hook(secrets,
                 {.first = std::chrono::milliseconds(1),
                  .patience = std::chrono::milliseconds(50)});
    QSignalSpy finished(&hook, &ui::AlertHook::finished);
    ui::AlertTelling telling;
    telling.hookUrl = u"http://127.0.0.1:%1/"_s.arg(silent.serverPort());
    hook.post(telling, kNotices);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!finished[0][0].toBool());
}

/// An answer without end is neither kept nor waited for; what it said at its head counts.
void TestWebHook::hangsUpOnEndlessAnswers()
{
    Receiver receiver({200});
    receiver.chatters = true;
    Secrets secrets;
    WebHook hook(secrets, kFast);
    QSignalSpy finished(&hook, &ui::AlertHook::finished);
    hook.post(to(receiver), kNotices);
    QVERIFY(finished.wait(5000));
    QVERIFY2(finished.first()[0].toBool(), qPrintable(finished.first()[1].toString()));
    QCOMPARE(receiver.requests.size(), 1);
    QVERIFY(receiver.sent < 16LL * 1024 * 1024);
}

void TestWebHook::boundsWhatWaits()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    Secrets secrets;
    WebHook hook(secrets,
                 {.first = std::chrono::milliseconds(1),
                  .patience = std::chrono::milliseconds(60'000)});
    QSignalSpy finished(&hook, &ui::AlertHook::finished);
    ui::AlertTelling telling;
    telling.hookUrl = u"http://127.0.0.1:%1/"_s.arg(silent.serverPort());
    for (int i = 0; i < 20; ++i) {
        hook.post(telling, kNotices);
    }
    QCOMPARE(finished.size(), 0);
    hook.post(telling, kNotices);
    QCOMPARE(finished.size(), 1);
    QVERIFY(!finished[0][0].toBool());
}

void TestWebHook::theSoundIsAWave()
{
    const QByteArray wave = chimeWave();
    QVERIFY(wave.startsWith("RIFF"));
    QCOMPARE(wave.mid(8, 8), QByteArray("WAVEfmt "));
    QCOMPARE(qFromLittleEndian<quint32>(wave.constData() + 4), quint32(wave.size() - 8));
    QCOMPARE(qFromLittleEndian<quint32>(wave.constData() + 40), quint32(wave.size() - 44));
    int loudest = 0;
    for (qsizetype i = 44; i + 1 < wave.size(); i += 2) {
        loudest = std::max(loudest, std::abs(int(qFromLittleEndian<qint16>(wave.constData() + i))));
    }
    QVERIFY2(loudest > 6'000 && loudest < 24'000, qPrintable(QString::number(loudest)));
    QCOMPARE_LT(std::abs(int(qFromLittleEndian<qint16>(wave.constData() + wave.size() - 2))), 100);
}

void TestWebHook::saysWhyItIsSilent()
{
    DesktopChime none({u"no-such-player"_s});
    QVERIFY(none.whySilent().contains(u"aplay"_s));
    none.play(); // and nothing happens
    DesktopChime some({u"no-such-player"_s, u"true"_s});
    QVERIFY(some.whySilent().isEmpty());
    some.play();
    some.play();
}

QTEST_MAIN(TestWebHook)
#include "tst_web_hook.moc"
