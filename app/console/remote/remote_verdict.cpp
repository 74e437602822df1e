// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/remote/remote_verdict.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

struct Remote
{
    Q_DECLARE_TR_FUNCTIONS(Remote)
};

constexpr int kWordsMax = 300;

/// The error object that every Signalbox answers with; empty from anybody else.
QJsonObject errorIn(const QByteArray &body)
{
    const QJsonObject error = QJsonDocument::fromJson(body).object().value(u"error"_s).toObject();
    return error.contains(u"origin"_s) ? error : QJsonObject();
}

} // namespace

std::optional<RemoteTrouble> troubleIn(const RemoteAnswer &answer, const QUrl &address)
{
    const QString where = address.toString(QUrl::RemoveUserInfo);
    if (answer.status == 200) {
        return std::nullopt;
    }
    if (answer.status == 0) {
        return RemoteTrouble{false, answer.problem};
    }
    const QJsonObject error = errorIn(answer.body);
    const QString message = error.value(u"message"_s).toString().left(kWordsMax);
    if (answer.status == 401) {
        return RemoteTrouble{true, Remote::tr("%1 does not know this token.").arg(where)};
    }
    if (answer.status >= 300 && answer.status < 400) {
        return RemoteTrouble{false,
                             Remote::tr("%1 leads elsewhere (status %2). The token is not sent "
                                        "there: start with the address of the gateway itself.")
                                 .arg(where)
                                 .arg(answer.status)};
    }
    if (error.isEmpty()) {
        return RemoteTrouble{false,
                             Remote::tr("%1 answers with status %2, but not as a Signalbox does. "
                                        "Is the address right?")
                                 .arg(where)
                                 .arg(answer.status)};
    }
    if (answer.status == 404) {
        return RemoteTrouble{false,
                             Remote::tr("The gateway at %1 has no door for operators: neither "
                                        "admin_token nor an [[operator]] is configured there.")
                                 .arg(where)};
    }
    return RemoteTrouble{false, Remote::tr("The gateway at %1 answers: %2").arg(where, message)};
}

QString cautionFor(const QUrl &address)
{
    const QString host = address.host();
    const bool here = host == u"localhost"_s || QHostAddress(host).isLoopback();
    if (here || address.scheme() == u"https"_s) {
        return {};
    }
    return Remote::tr("http:// to %1 is not encrypted: everybody on the way can read the token and "
                      "use it. Use https:// (tls_certificate under [server]) or an SSH tunnel.")
        .arg(host);
}

RemoteAddress readAddress(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()
        || (url.scheme() != u"http"_s && url.scheme() != u"https"_s)) {
        return {.problem = Remote::tr("--connect needs a URL such as https://gateway:8787")};
    }
    if (!url.userInfo().isEmpty()) {
        return {.problem = Remote::tr("--connect takes no name and password: the token comes from "
                                      "SIGNALBOX_TOKEN, the keychain, or is typed in the window")};
    }
    if (url.hasQuery() || url.hasFragment()) {
        return {.problem = Remote::tr("--connect needs a URL without ? and #")};
    }
    return {.url = url};
}

} // namespace signalbox::app
