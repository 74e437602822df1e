// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fake_gateway.h"

#include <QDateTime>
#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace signalbox::app {

FakeGateway::FakeGateway()
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { serve(socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
    m_server.listen(QHostAddress::LocalHost);
    answer(u"state"_s, whole(state()));
    answer(u"events"_s, streamHead() + event("snapshot", state()));
    answer(u"requests"_s, whole(R"({"requests":[],"next":null})"));
    answer(u"series"_s, whole("{}"));
}

QUrl FakeGateway::url() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_server.serverPort()));
}

void FakeGateway::serve(QTcpSocket *socket)
{
    const QByteArray head = socket->peek(64 * 1024);
    if (!head.contains("\r\n\r\n")) {
        return;
    }
    socket->readAll();
    m_heads << head;
    const QString path = QString::fromLatin1(head.split(' ').value(1)).section(u'?', 0, 0);
    const QString name = path.section(u"/admin/v1/"_s, 1);
    const QByteArray bytes = m_answers.value(name);
    socket->write(bytes);
    if (name == u"events"_s && bytes.startsWith("HTTP/1.1 200")) {
        m_streams << socket;
    } else if (!bytes.isEmpty()) {
        socket->disconnectFromHost();
    }
}

int FakeGateway::stream(const QByteArray &bytes)
{
    int reached = 0;
    for (const QPointer<QTcpSocket> &socket : m_streams) {
        if (socket != nullptr && socket->state() == QAbstractSocket::ConnectedState) {
            socket->write(bytes);
            ++reached;
        }
    }
    return reached;
}

qsizetype FakeGateway::asked(const QByteArray &path) const
{
    qsizetype count = 0;
    for (const QByteArray &head : m_heads) {
        count += head.contains(path) ? 1 : 0;
    }
    return count;
}

QByteArray FakeGateway::whole(const QByteArray &body, int status, const QByteArray &headers)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " X\r\nContent-Type: application/json\r\n"
           + headers + "Connection: close\r\nContent-Length: " + QByteArray::number(body.size())
           + "\r\n\r\n" + body;
}

/// Without a length: it ends when the connection does.
QByteArray FakeGateway::streamHead()
{
    return "HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
}

QByteArray FakeGateway::event(const QByteArray &name, const QByteArray &data)
{
    return "event: " + name + "\ndata: " + data + "\n\n";
}

QByteArray FakeGateway::state(int api)
{
    const QByteArray now = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
    return R"({"api":)" + QByteArray::number(api)
           + R"(,"version":"9.9.9","operator":{"id":"ann","role":"operator"},"at":")" + now
           + R"(","sequence":1,"listen":"x","revision":"r","providers":[{"id":"a","kind":"openai"}],)"
             R"("targets":[{"target":"a/m","breaker":{"state":"closed"}}],"routes":[],)"
             R"("transitions":[]})";
}

} // namespace signalbox::app
