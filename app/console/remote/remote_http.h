// SPDX-License-Identifier: GPL-3.0-or-later
// Calls to the operators' HTTP of a gateway on another machine.
#pragma once

#include "core/base/secret.h"
#include "core/base/time.h"

#include <QByteArray>
#include <QNetworkAccessManager>
#include <QObject>
#include <QSslConfiguration>
#include <QString>
#include <QUrl>
#include <QUrlQuery>

#include <cstddef>
#include <functional>

class QNetworkReply;
class QNetworkRequest;

namespace signalbox::app {

struct RemoteAnswer
{
    int status = 0; ///< 0: there was no answer
    QByteArray body = {};
    QString problem = {}; ///< why there was none, in a sentence; never a token
};

/// Lives on one thread. Nothing is followed (a redirect could carry the token elsewhere), no cookie
/// is kept, certificates are verified, and no answer may grow beyond kAnswerBytesMax.
class RemoteHttp : public QObject
{
    Q_OBJECT

public:
    using Then = std::function<void(const RemoteAnswer &)>;
    using Bytes = std::function<void(const QByteArray &)>;
    static constexpr std::size_t kAnswerBytesMax = 64UL * 1024 * 1024;

    /// \p address may have a path, under which a proxy offers the gateway.
    RemoteHttp(QUrl address, QSslConfiguration tls, Millis patience, QObject *parent = nullptr);

    void setToken(const Secret &token);
    /// \p path stands behind `/admin/v1/` and is percent-encoded where it has to be. \p then is
    /// called once, within the patience after the last byte, unless abortAll() comes before.
    void get(const QString &path, const QUrlQuery &query, Then then);
    void remove(const QString &path, const QUrlQuery &query, Then then);
    void post(const QString &path, const QByteArray &json, Then then);
    /// The same, with a text of any kind, for what is refused unless \p base is still in force.
    void change(const QString &path,
                const QUrlQuery &query,
                const QString &base,
                const QByteArray &body,
                Then then);
    /// An answer that goes on: its pieces as they come; \p ended once, with the body if the status
    /// is not 200.
    void listen(const QString &path, Bytes piece, Then ended);
    /// Forgets all calls in the air; none of them is answered any more.
    void abortAll();

private:
    [[nodiscard]] QNetworkRequest request(const QString &path, const QUrlQuery &query) const;
    void await(QNetworkReply *reply, Bytes piece, Then then);
    [[nodiscard]] QString problemOf(const QNetworkReply &reply) const;

    QUrl m_address;
    QSslConfiguration m_tls;
    Millis m_patience;
    QByteArray m_authorization;
    QNetworkAccessManager m_network;
    QList<QNetworkReply *> m_replies;
};

} // namespace signalbox::app
