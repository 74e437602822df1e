// SPDX-License-Identifier: GPL-3.0-or-later
// One tiny request to one target, through the gateway's own door.
#pragma once

#include "core/base/secret.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QString>
#include <QUrl>

#include <functional>

namespace signalbox::app {

/// Asks by way of the gateway, so that it proves what applications will meet: address, key, model.
/// The target is pinned: no other one is asked, and no other's breaker learns from it.
class TargetTest : public QObject
{
    Q_OBJECT

public:
    /// \p message is a sentence either way.
    using Then = std::function<void(bool ok, const QString &message)>;

    using QObject::QObject;

    /// Asks the gateway itself whether it is alive; \p then is called within ten seconds, unless
    /// this is destroyed before.
    void askGateway(const QUrl &gateway, Then then);
    /// \p clientKey may be empty where the gateway asks for none. \p then is called within a
    /// minute, unless this is destroyed before.
    void ask(const QUrl &gateway, const QString &target, const Secret &clientKey, Then then);

private:
    QNetworkAccessManager m_network;
};

} // namespace signalbox::app
