// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/web_hook.h"

#include "core/config/notation.h"
#include "core/domain/settings.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>
#include <QUrl>
#include <QUuid>

#include <optional>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

constexpr int kTriesMax = 4;
constexpr int kWaitingMax = 20;
constexpr int kSlower = 4;
constexpr int kOkFirst = 200;
constexpr int kOkLast = 299;
constexpr int kRequestTimeout = 408;
constexpr int kTooManyRequests = 429;
constexpr int kServerFault = 500;
constexpr qint64 kReplyMax = 64LL * 1024; ///< nobody reads it; more is not waited for

bool isWorthAnotherTry(int status)
{
    return status == 0 || status == kRequestTimeout || status == kTooManyRequests
           || status >= kServerFault;
}

} // namespace

struct WebHook::Delivery
{
    QUrl url;
    QByteArray header;
    std::optional<SecretRef> secret;
    QByteArray body;
    QByteArray id;
    int tries = 0;
    std::chrono::milliseconds pause{0};
};

QByteArray hookBody(const std::vector<ui::AlertNotice> &notices, const QDateTime &now)
{
    QJsonArray alerts;
    for (const ui::AlertNotice &notice : notices) {
        alerts << QJsonObject{{u"key"_s, notice.key},
                              {u"title"_s, notice.title},
                              {u"text"_s, notice.text},
                              {u"critical"_s, notice.critical},
                              {u"state"_s, notice.over ? u"resolved"_s : u"firing"_s}};
    }
    return QJsonDocument(QJsonObject{{u"source"_s, u"signalbox"_s},
                                     {u"version"_s, 1},
                                     {u"sent_at"_s, now.toUTC().toString(Qt::ISODateWithMs)},
                                     {u"alerts"_s, alerts}})
        .toJson(QJsonDocument::Compact);
}

WebHook::WebHook(runtime::SecretStore &secrets)
    : WebHook(secrets, Pace())
{}

WebHook::WebHook(runtime::SecretStore &secrets, Pace pace)
    : m_secrets(secrets)
    , m_pace(pace)
{}

void WebHook::post(const ui::AlertTelling &telling, const std::vector<ui::AlertNotice> &notices)
{
    if (m_waiting >= kWaitingMax) {
        Q_EMIT finished(false,
                        tr("An alert was not posted: %n others are still waiting for the webhook.",
                           nullptr,
                           m_waiting));
        return;
    }
    auto delivery = std::make_shared<Delivery>();
    delivery->url = QUrl(telling.hookUrl, QUrl::StrictMode);
    delivery->header = telling.hookHeader.toLatin1();
    delivery->body = hookBody(notices, QDateTime::currentDateTimeUtc());
    delivery->id = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    delivery->pause = m_pace.first;
    ++m_waiting;
    if (!telling.hookSecret.isEmpty()) {
        auto ref = config::parseSecretRef(telling.hookSecret.toStdString());
        if (!ref) {
            return end(false,
                       tr("The webhook's secret cannot be read: %1")
                           .arg(QString::fromStdString(ref.error())));
        }
        delivery->secret = std::move(*ref);
    }
    attempt(delivery);
}

void WebHook::attempt(const std::shared_ptr<Delivery> &delivery)
{
    ++delivery->tries;
    QNetworkRequest request(delivery->url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("User-Agent", "signalbox");
    request.setRawHeader("X-Signalbox-Delivery", delivery->id);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(static_cast<int>(m_pace.patience.count()));
    if (delivery->secret) {
        const auto secret = m_secrets.read(*delivery->secret);
        if (!secret) { // a keychain's may arrive yet
            return again(delivery, QString::fromStdString(secret.error().message));
        }
        QByteArray value = QByteArray::fromStdString(std::string(secret->expose()));
        // RFC 6750: a bare token is a bearer's.
        if (delivery->header.compare("authorization", Qt::CaseInsensitive) == 0
            && !value.contains(' ')) {
            value.prepend("Bearer ");
        }
        request.setRawHeader(delivery->header, value);
    }
    QNetworkReply *reply = m_network.post(request, delivery->body);
    boundReply(reply);
    connect(reply, &QNetworkReply::finished, this, [this, reply, delivery] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status >= kOkFirst && status <= kOkLast) {
            return end(true, tr("The webhook took it (HTTP %1).").arg(status));
        }
        const QString words = status == 0 ? reply->errorString() : tr("HTTP %1").arg(status);
        if (isWorthAnotherTry(status)) {
            return again(delivery, words);
        }
        end(false, tr("The webhook refused an alert: %1").arg(words));
    });
}

/// Its words are thrown away as they come; one that does not end is hung up on. Its status counts
/// all the same.
void WebHook::boundReply(QNetworkReply *reply) const
{
    reply->setReadBufferSize(kReplyMax);
    connect(reply, &QIODevice::readyRead, reply, [reply, read = qint64(0)]() mutable {
        read += reply->skip(reply->bytesAvailable());
        if (read > kReplyMax) {
            reply->abort();
        }
    });
    QTimer::singleShot(m_pace.patience, reply, &QNetworkReply::abort);
}

void WebHook::again(const std::shared_ptr<Delivery> &delivery, const QString &problem)
{
    if (delivery->tries >= kTriesMax) {
        return end(false,
                   tr("The webhook did not take an alert in %1 tries: %2")
                       .arg(delivery->tries)
                       .arg(problem));
    }
    QTimer::singleShot(delivery->pause, this, [this, delivery] { attempt(delivery); });
    delivery->pause *= kSlower;
}

void WebHook::end(bool ok, const QString &message)
{
    --m_waiting;
    Q_EMIT finished(ok, message);
}

} // namespace signalbox::app
