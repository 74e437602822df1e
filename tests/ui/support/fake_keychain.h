// SPDX-License-Identifier: GPL-3.0-or-later
// A keychain in memory that can be in every state a real one was seen in.
#pragma once

#include "app/console/keychain_backend.h"

#include <QMap>
#include <QObject>

#include <vector>

namespace signalbox::app {

class FakeKeychain
    : public QObject
    , public KeychainBackend
{
    Q_OBJECT

public:
    enum class Mood {
        Well,
        Locked, ///< cannot be unlocked: writing fails, and of every entry it says there is none
        Gone, ///< nobody provides it: all fails
        Silent, ///< waits for somebody to unlock it
        Forgetful, ///< takes everything and gives back something else
    };

    void read(const QString &entry, Then then) override;
    void write(const QString &entry, const Secret &secret, Then then) override;
    void remove(const QString &entry, Then then) override;

    /// When it turns well, what was asked in silence is answered.
    void setMood(Mood mood);
    [[nodiscard]] QMap<QString, Secret> &entries() { return m_entries; }
    [[nodiscard]] int reads() const { return m_reads; }

private:
    void answer(std::function<void()> act);
    [[nodiscard]] KeychainAnswer refusal() const;

    Mood m_mood = Mood::Well;
    QMap<QString, Secret> m_entries;
    std::vector<std::function<void()>> m_waiting;
    int m_reads = 0;
};

} // namespace signalbox::app
