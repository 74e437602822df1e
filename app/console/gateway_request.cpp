// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/gateway_request.h"

using namespace Qt::StringLiterals;

namespace signalbox::app {

QNetworkRequest gatewayRequest(const PlaygroundAccess &access,
                               const QString &path,
                               const QByteArray &requestId)
{
    QUrl url(access.address);
    QString before = url.path(QUrl::FullyEncoded);
    while (before.endsWith(u'/')) {
        before.chop(1);
    }
    url.setPath(before + path, QUrl::StrictMode);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Accept", "text/event-stream, application/json");
    request.setRawHeader("x-signalbox-cache", "bypass");
    request.setRawHeader("x-signalbox-metadata-purpose", "playground");
    if (!requestId.isEmpty()) {
        request.setRawHeader("x-request-id", requestId);
    }
    if (!access.key.isEmpty()) {
        request.setRawHeader("Authorization",
                             QByteArray("Bearer ")
                                 + QByteArray(access.key.expose().data(),
                                              qsizetype(access.key.expose().size())));
    }
    request.setRawHeader("Connection", "close");
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setSslConfiguration(access.tls);
    return request;
}

} // namespace signalbox::app
