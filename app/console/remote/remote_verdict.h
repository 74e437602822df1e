// SPDX-License-Identifier: GPL-3.0-or-later
// What an answer from another machine means, in words for the operator.
#pragma once

#include "app/console/remote/remote_http.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace signalbox::app {

struct RemoteTrouble
{
    bool token = false; ///< it is about the token: asking again is of no use
    QString words; ///< a sentence
};

/// Nothing when \p answer is a 200.
std::optional<RemoteTrouble> troubleIn(const RemoteAnswer &answer, const QUrl &address);

/// What is unwise about \p address; empty: nothing. Loopback needs no TLS.
QString cautionFor(const QUrl &address);

/// `--connect`'s URL, or why it is none: http or https, a host, neither password nor query.
struct RemoteAddress
{
    QUrl url = {};
    QString problem = {};
};
RemoteAddress readAddress(const QString &text);

} // namespace signalbox::app
