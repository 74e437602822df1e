// SPDX-License-Identifier: GPL-3.0-or-later
// The operator's token for a gateway on another machine: where it comes from and where it is kept.
#pragma once

#include "app/console/keychain.h"

#include "core/base/secret.h"

#include <QObject>
#include <QString>
#include <QUrl>

namespace signalbox::app {

/// The environment's token wins; else the keychain's entry for this address; else somebody types
/// one. Lives on the UI thread and waits for nothing.
class RemoteToken : public QObject
{
    Q_OBJECT

public:
    /// \p keychain must outlive it.
    RemoteToken(const QUrl &address, Secret environment, Keychain &keychain);

    /// Looks for one; `found` or `missing` tells.
    void look();
    /// Somebody typed \p token; with \p keep it goes into the keychain as soon as it has worked.
    void type(const Secret &token, bool keep);
    /// The gateway took the token in use.
    void worked();
    /// In words: where the token in use comes from; empty: there is none.
    [[nodiscard]] const QString &place() const { return m_place; }
    [[nodiscard]] bool canKeep() const { return m_keychain.state() == Keychain::State::Available; }

    /// The entry's name in the keychain: one for each address.
    static QString entryFor(const QUrl &address);

Q_SIGNALS:
    void found(const signalbox::Secret &token);
    /// There is none; \p why in a sentence.
    void missing(const QString &why);
    /// place() or canKeep() answers differently now.
    void changed();

private:
    void onKeychain();
    void read();

    QString m_entry;
    QString m_address;
    Secret m_environment;
    Keychain &m_keychain;
    Secret m_toKeep;
    QString m_place;
    bool m_looking = false;
};

} // namespace signalbox::app
