// SPDX-License-Identifier: GPL-3.0-or-later
// A request of the console's own to its gateway's door.
#pragma once

#include "app/console/playground_client.h"

#include <QNetworkRequest>

namespace signalbox::app {

/// For \p path under the gateway's address, past its cache, with the key. No connection is used twice: one
/// that was kept may be gone already, and Qt would then send the request twice.
[[nodiscard]] QNetworkRequest gatewayRequest(const PlaygroundAccess &access,
                                             const QString &path,
                                             const QByteArray &requestId);

} // namespace signalbox::app
