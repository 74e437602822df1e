// SPDX-License-Identifier: GPL-3.0-or-later
// Brings keys from the desktop's keychain into the memory that the gateway reads from.
#pragma once

#include "app/console/desktop_secrets.h"
#include "app/console/keychain.h"

#include <QObject>

namespace signalbox::app {

/// Lives on the UI thread and waits for nothing.
class KeyFeed : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    KeyFeed(DesktopSecrets &secrets, Keychain &keychain, QObject *parent = nullptr);

    /// Asks for what the memory was asked for in vain. No entry is asked for before the keychain has
    /// shown that it works.
    void fetchWanted();

Q_SIGNALS:
    /// The memory has got a key, or the reason why there is none.
    void fetched();

private:
    void fetch(const SecretRef &ref);
    void keychainChanged();

    DesktopSecrets &m_secrets;
    Keychain &m_keychain;
};

} // namespace signalbox::app
