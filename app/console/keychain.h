// SPDX-License-Identifier: GPL-3.0-or-later
// Whether there is a keychain, and its entries: believed only after it has shown that it works.
#pragma once

#include "app/console/keychain_backend.h"

#include <QObject>

#include <chrono>

namespace signalbox::app {

/// A keychain that cannot be unlocked says of every entry that there is none, and one that is not
/// there fails with a general error, at every call (QtKeychain 0.13.2). So a random entry is
/// written, read, compared and removed first; only then does "no such entry" mean just that.
class Keychain : public QObject
{
    Q_OBJECT

public:
    enum class State : std::uint8_t {
        Unknown, ///< not asked yet
        Asking,
        Available,
        Unavailable
    };
    using Then = KeychainBackend::Then;
    static constexpr std::chrono::milliseconds kPatience{5000};

    /// \p backend must outlive it.
    explicit Keychain(KeychainBackend &backend,
                      std::chrono::milliseconds patience = kPatience,
                      QObject *parent = nullptr);

    [[nodiscard]] State state() const { return m_state; }
    /// Why it is unavailable; empty otherwise.
    [[nodiscard]] const QString &problem() const { return m_problem; }

    /// Finds out anew whether it works, unless that is under way.
    void probe();
    /// \p then is called within the patience. After "does not answer" it is called once more when
    /// the answer comes after all: somebody has unlocked the keychain.
    void read(const QString &entry, Then then);
    /// \p then is called once, within the patience.
    void write(const QString &entry, const Secret &secret, Then then);
    void remove(const QString &entry, Then then);

Q_SIGNALS:
    void stateChanged();

private:
    void probeWritten(int era, const KeychainAnswer &answer);
    void settle(State state, const QString &problem = {});
    [[nodiscard]] Then once(Then then, bool welcomesLate);

    KeychainBackend &m_backend;
    std::chrono::milliseconds m_patience;
    State m_state = State::Unknown;
    QString m_problem;
    QString m_probeEntry;
    int m_era = 0; ///< of the probe; an older one's answers count for nothing
};

} // namespace signalbox::app
