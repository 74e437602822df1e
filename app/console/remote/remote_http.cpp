// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/remote/remote_http.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslError>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

constexpr qint64 kReadAtOnce = 1024 * 1024; ///< the rest waits in the socket: the peer has to wait
constexpr const char *kTrouble = "trouble"; ///< property: what was found while it ran

} // namespace

RemoteHttp::RemoteHttp(QUrl address, QSslConfiguration tls, Millis patience, QObject *parent)
    : QObject(parent)
    , m_address(std::move(address))
    , m_tls(std::move(tls))
    , m_patience(patience)
    , m_network(this)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

void RemoteHttp::setToken(const Secret &token)
{
    m_authorization = QByteArray("Bearer ")
                      + QByteArray(token.expose().data(),
                                   static_cast<qsizetype>(token.expose().size()));
}

QNetworkRequest RemoteHttp::request(const QString &path, const QUrlQuery &query) const
{
    QUrl url(m_address);
    QString before = url.path(QUrl::FullyEncoded);
    while (before.endsWith(u'/')) {
        before.chop(1);
    }
    url.setPath(before + u"/admin/v1/"_s + path, QUrl::StrictMode);
    url.setQuery(query);
    QNetworkRequest request(url);
    request.setRawHeader("Authorization", m_authorization);
    request.setRawHeader("Accept", "application/json, text/event-stream");
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setSslConfiguration(m_tls);
    return request;
}

void RemoteHttp::get(const QString &path, const QUrlQuery &query, Then then)
{
    QNetworkRequest asked = request(path, query);
    asked.setTransferTimeout(static_cast<int>(m_patience.count()));
    await(m_network.get(asked), nullptr, std::move(then));
}

void RemoteHttp::remove(const QString &path, const QUrlQuery &query, Then then)
{
    QNetworkRequest asked = request(path, query);
    asked.setTransferTimeout(static_cast<int>(m_patience.count()));
    await(m_network.deleteResource(asked), nullptr, std::move(then));
}

void RemoteHttp::post(const QString &path, const QByteArray &json, Then then)
{
    QNetworkRequest asked = request(path, {});
    asked.setTransferTimeout(static_cast<int>(m_patience.count()));
    asked.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    await(m_network.post(asked, json), nullptr, std::move(then));
}

void RemoteHttp::change(const QString &path,
                        const QUrlQuery &query,
                        const QString &base,
                        const QByteArray &body,
                        Then then)
{
    QNetworkRequest asked = request(path, query);
    asked.setTransferTimeout(static_cast<int>(m_patience.count()));
    asked.setHeader(QNetworkRequest::ContentTypeHeader, u"application/octet-stream"_s);
    asked.setRawHeader("If-Match", '"' + base.toLatin1() + '"');
    await(m_network.post(asked, body), nullptr, std::move(then));
}

void RemoteHttp::listen(const QString &path, Bytes piece, Then ended)
{
    await(m_network.get(request(path, {})), std::move(piece), std::move(ended));
}

void RemoteHttp::await(QNetworkReply *reply, Bytes piece, Then then)
{
    m_replies.push_back(reply);
    reply->setReadBufferSize(kReadAtOnce);
    connect(reply, &QNetworkReply::sslErrors, this, [this, reply](const QList<QSslError> &errors) {
        const QString why = errors.isEmpty() ? QString() : errors.first().errorString();
        reply->setProperty(kTrouble,
                           tr("The certificate of %1 is not trusted: %2. One of your own authority "
                              "is trusted by --ca-file FILE.")
                               .arg(m_address.host(), why));
    });
    auto body = std::make_shared<QByteArray>();
    const auto read = [this, reply, body, piece = std::move(piece)] {
        const bool flows = piece != nullptr
                           && reply->attribute(QNetworkRequest::HttpStatusCodeAttribute) == 200;
        if (flows) {
            return piece(reply->readAll());
        }
        body->append(reply->readAll());
        if (static_cast<std::size_t>(body->size()) > kAnswerBytesMax) {
            body->clear();
            reply->setProperty(kTrouble, tr("The answer is too long to be a gateway's."));
            reply->abort();
        }
    };
    connect(reply, &QNetworkReply::readyRead, this, read);
    connect(reply, &QNetworkReply::finished, this, [this, reply, body, then = std::move(then)] {
        reply->deleteLater();
        m_replies.removeOne(reply);
        if (reply->isOpen()) {
            body->append(reply->readAll());
        }
        RemoteAnswer answer;
        const QString trouble = reply->property(kTrouble).toString();
        if (trouble.isEmpty()) {
            answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        }
        // A head may have come before the rest did not.
        const bool cut = reply->error() != QNetworkReply::NoError && answer.status < 300;
        if (answer.status == 0 || cut) {
            answer.status = 0;
            answer.problem = trouble.isEmpty() ? problemOf(*reply) : trouble;
        } else {
            answer.body = *body;
        }
        then(answer);
    });
}

QString RemoteHttp::problemOf(const QNetworkReply &reply) const
{
    const QString where = m_address.authority();
    const QNetworkReply::NetworkError error = reply.error();
    if (error == QNetworkReply::ConnectionRefusedError) {
        return tr("%1 refuses the connection.").arg(where);
    }
    if (error == QNetworkReply::HostNotFoundError) {
        return tr("There is no host called %1.").arg(m_address.host());
    }
    if (error == QNetworkReply::TimeoutError || error == QNetworkReply::OperationCanceledError) {
        return tr("%1 does not answer.").arg(where);
    }
    if (error == QNetworkReply::RemoteHostClosedError) {
        return tr("%1 closed the connection.").arg(where);
    }
    if (error == QNetworkReply::SslHandshakeFailedError) {
        return tr("No TLS connection to %1: %2.").arg(where, reply.errorString());
    }
    return tr("%1 cannot be asked: %2.").arg(where, reply.errorString());
}

void RemoteHttp::abortAll()
{
    const QList<QNetworkReply *> all = std::exchange(m_replies, {});
    for (QNetworkReply *reply : all) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
}

} // namespace signalbox::app
