// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody who answers on loopback, by path, with the bytes that a test puts there.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace signalbox::app {

/// Lives on the test's thread and answers while its event loop runs. A connection is closed after
/// its answer, but for `events`, which stays open.
class FakeGateway : public QObject
{
    Q_OBJECT

public:
    FakeGateway();

    [[nodiscard]] QUrl url() const;
    /// What `/admin/v1/NAME` answers: a whole answer's bytes; empty: nothing, ever.
    void answer(const QString &name, const QByteArray &bytes) { m_answers[name] = bytes; }
    /// More on every open stream; how many there were.
    int stream(const QByteArray &bytes);
    /// Heads as they came.
    [[nodiscard]] const QList<QByteArray> &heads() const { return m_heads; }
    [[nodiscard]] qsizetype asked(const QByteArray &path) const;

    static QByteArray whole(const QByteArray &body,
                            int status = 200,
                            const QByteArray &headers = {});
    static QByteArray streamHead();
    static QByteArray event(const QByteArray &name, const QByteArray &data);
    /// A state of one provider with one target that a console understands.
    static QByteArray state(int api = 1);

private:
    void serve(QTcpSocket *socket);

    QTcpServer m_server;
    QHash<QString, QByteArray> m_answers;
    QList<QByteArray> m_heads;
    QList<QPointer<QTcpSocket>> m_streams;
};

} // namespace signalbox::app
