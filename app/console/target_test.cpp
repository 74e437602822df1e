// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/target_test.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <chrono>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

constexpr std::chrono::milliseconds kPatience{60'000};
constexpr std::chrono::milliseconds kGatewayPatience{10'000};
constexpr int kMaxTokens = 16; // fewer are refused by some models

QNetworkRequest requestTo(QUrl url, const QString &target, const Secret &clientKey)
{
    url.setPath(u"/v1/chat/completions"_s);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("x-signalbox-target", target.toUtf8());
    request.setRawHeader("x-signalbox-cache", "bypass");
    request.setRawHeader("x-signalbox-metadata-purpose", "console-test");
    if (!clientKey.isEmpty()) {
        request.setRawHeader("Authorization",
                             QByteArray("Bearer ")
                                 + QByteArray::fromStdString(std::string(clientKey.expose())));
    }
    request.setTransferTimeout(static_cast<int>(kPatience.count()));
    return request;
}

QByteArray bodyFor(const QString &target)
{
    const QJsonObject message{{u"role"_s, u"user"_s}, {u"content"_s, u"Say ok."_s}};
    return QJsonDocument(QJsonObject{{u"model"_s, target},
                                     {u"max_tokens"_s, kMaxTokens},
                                     {u"messages"_s, QJsonArray{message}}})
        .toJson(QJsonDocument::Compact);
}

/// The gateway's own words where it answered, the network's where it did not.
QString problemOf(QNetworkReply &reply)
{
    const QJsonObject error =
        QJsonDocument::fromJson(reply.readAll()).object().value(u"error"_s).toObject();
    const QString message = error.value(u"message"_s).toString();
    return message.isEmpty() ? reply.errorString() : message;
}

} // namespace

void TargetTest::askGateway(const QUrl &gateway, Then then)
{
    QUrl url(gateway);
    url.setPath(u"/healthz"_s);
    QNetworkRequest request(url);
    request.setTransferTimeout(static_cast<int>(kGatewayPatience.count()));
    QNetworkReply *reply = m_network.get(request);
    connect(reply, &QNetworkReply::sslErrors, reply, [reply] { reply->ignoreSslErrors(); });
    connect(reply, &QNetworkReply::finished, this, [reply, gateway, then = std::move(then)] {
        reply->deleteLater();
        const bool ok = reply->error() == QNetworkReply::NoError;
        then(ok,
             ok ? tr("The gateway answers at %1.").arg(gateway.toString())
                : tr("The gateway does not answer at %1: %2")
                      .arg(gateway.toString(), problemOf(*reply)));
    });
}

void TargetTest::ask(const QUrl &gateway, const QString &target, const Secret &clientKey, Then then)
{
    QNetworkReply *reply = m_network.post(requestTo(gateway, target, clientKey), bodyFor(target));
    // It is this very program that answers; its certificate may name another host.
    connect(reply, &QNetworkReply::sslErrors, reply, [reply] { reply->ignoreSslErrors(); });
    QElapsedTimer took;
    took.start();
    connect(reply, &QNetworkReply::finished, this, [reply, target, took, then = std::move(then)] {
        reply->deleteLater();
        if (reply->error() != QNetworkReply::NoError) {
            return then(false, tr("%1 did not answer: %2").arg(target, problemOf(*reply)));
        }
        const QString cost = QString::fromLatin1(reply->rawHeader("x-signalbox-cost-usd"));
        const bool known = !cost.isEmpty() && cost != u"unknown"_s;
        then(true,
             tr("%1 answered in %2 ms, for %3.")
                 .arg(target)
                 .arg(took.elapsed())
                 .arg(known ? u"$"_s + cost : tr("an unknown price")));
    });
}

} // namespace signalbox::app
