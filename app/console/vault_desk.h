// SPDX-License-Identifier: GPL-3.0-or-later
// The encrypted file from the console's side: opened once a session, on a thread of its own.
#pragma once

#include "app/console/desktop_secrets.h"

#include "core/runtime/vault.h"
#include "core/runtime/vault_store.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace signalbox::app {

/// Lives on the UI thread and waits for nothing: making a key of a passphrase takes a fifth of a
/// second, and disks are slow. What the vault has goes to \p secrets as long as it is open.
class VaultDesk : public QObject
{
    Q_OBJECT

public:
    enum class State : std::uint8_t {
        Absent, ///< the first passphrase makes it
        Locked,
        Opening,
        Open,
        Unusable ///< damaged, or others could read it
    };
    /// The problem in a sentence; empty: it is done.
    using Then = std::function<void(const QString &problem)>;

    /// \p secrets must outlive it. Where \p places has a file with the passphrase, it begins to
    /// open.
    VaultDesk(const runtime::VaultPlaces &places,
              DesktopSecrets &secrets,
              QObject *parent = nullptr);
    ~VaultDesk() override;

    [[nodiscard]] State state() const { return m_state; }
    /// Why it is unusable, or was not opened; empty otherwise.
    [[nodiscard]] const QString &problem() const { return m_problem; }
    [[nodiscard]] const QString &path() const { return m_path; }

    /// Looks whether it is there, and whether another program wrote into it.
    void look();
    void open(const Secret &passphrase, Then then);
    /// Opened with \p passphrase where it is not open, made with it where it is not there.
    void put(const std::string &name, const Secret &secret, const Secret &passphrase, Then then);
    void remove(const std::string &name, Then then);

Q_SIGNALS:
    void changed();

private:
    struct Outcome;
    using Room = std::optional<runtime::Vault>;
    using Work = std::function<Status<runtime::VaultError>(Room &)>;

    void start(Work work, Then then);
    void done(const Outcome &outcome, const Then &then);
    void refuse(const runtime::VaultError &error);
    [[nodiscard]] Work opening(const Secret &passphrase, bool mayMake) const;

    DesktopSecrets &m_secrets;
    QString m_path;
    State m_state = State::Absent;
    QString m_problem;
    std::shared_ptr<Room> m_room = std::make_shared<Room>(); ///< the pool's alone
    QThreadPool m_pool; ///< of one thread: one after the other
};

} // namespace signalbox::app
