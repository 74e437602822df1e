// SPDX-License-Identifier: GPL-3.0-or-later
// The console's source of news when the gateway is on another machine.
#pragma once

#include "app/console/cache/remote_cache.h"
#include "app/console/foresight/remote_foresight.h"
#include "app/console/remote/remote_client.h"
#include "app/console/remote/remote_config.h"
#include "app/console/remote/remote_ledger.h"
#include "app/console/remote/remote_token.h"
#include "ui/console_source.h"

#include <QThread>

namespace signalbox::app {

/// Lives on the UI thread; what it asks and hears is on a thread of its own, which it ends and
/// awaits when it is destroyed.
class RemoteSource : public ui::ConsoleSource
{
    Q_OBJECT

public:
    /// \p token is the environment's, or empty. \p keychain must outlive it.
    RemoteSource(const RemoteOptions &options, const Secret &token, Keychain &keychain);
    ~RemoteSource() override;

    [[nodiscard]] std::shared_ptr<const telemetry::Snapshot> snapshot() const override;
    [[nodiscard]] ui::FinishedBatch takeFinished() override;
    void send(const ui::BreakerCommand &command) override;
    [[nodiscard]] ui::Connection connection() const override { return m_connection; }
    [[nodiscard]] QString whyNoCommands() const override;
    void retry() override { m_client->retryNow(); }
    void useToken(const Secret &token, bool keep) override { m_token.type(token, keep); }

    [[nodiscard]] const QUrl &address() const { return m_address; }
    /// The one in use; empty: there is none.
    [[nodiscard]] const Secret &token() const { return m_inUse; }
    /// Of the same gateway.
    [[nodiscard]] ui::ConfigSource &config() { return m_config; }
    [[nodiscard]] ui::LedgerSource &ledger() { return m_ledger; }
    [[nodiscard]] ui::CacheSource &cache() { return m_cache; }
    [[nodiscard]] ui::ForesightSource &foresight() { return m_foresight; }
    /// The present by the gateway's clock, so that ages and countdowns are right wherever it is.
    [[nodiscard]] SystemTime now() const;

private:
    void onDoorbell();
    void refreshConnection();

    QUrl m_address;
    QThread m_thread;
    RemoteClient *m_client; ///< on m_thread, and gone with it
    RemoteToken m_token;
    Secret m_inUse;
    int m_commands = 0; ///< that wait for their results
    QString m_missing; ///< why there is no token
    ui::Connection m_connection;
    RemoteConfig m_config; ///< asks the above
    RemoteLedger m_ledger;
    RemoteCache m_cache;
    RemoteForesight m_foresight;
};

} // namespace signalbox::app
