// SPDX-License-Identifier: GPL-3.0-or-later
// Previews by a gateway on another machine, which replays its own ledger.
#pragma once

#include "app/console/remote/remote_http.h"
#include "ui/config_source.h"
#include "ui/foresight_source.h"

namespace signalbox::app {

/// Lives on the UI thread. What is taken back is ended over there too: its connection is closed.
class RemoteForesight : public ui::ForesightSource
{
    Q_OBJECT

public:
    /// How long a gateway may take for a week.
    static constexpr Millis kPatience{300'000};

    RemoteForesight(const QUrl &address, const QSslConfiguration &tls);
    ~RemoteForesight() override;

    void useToken(const Secret &token) { m_http.setToken(token); }

    void ask(quint64 id, const ui::ForesightQuestion &question) override;
    void cancel() override;

private:
    void take(quint64 id, const RemoteAnswer &answer);

    QUrl m_address;
    RemoteHttp m_http;
};

} // namespace signalbox::app
