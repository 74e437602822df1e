// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop's keychain as three questions that are answered later.
#pragma once

#include "core/base/secret.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <functional>

namespace signalbox::app {

struct KeychainAnswer
{
    enum class Kind : std::uint8_t {
        Ok,
        Missing, ///< it says that it has no such entry
        Failed
    };
    Kind kind = Kind::Ok;
    Secret secret = {}; ///< what was read
    QString problem = {}; ///< the service's own words; never a secret
};

/// No function blocks; each answer comes once, on the caller's thread, or never: a service may
/// wait for somebody to type a passphrase.
class KeychainBackend
{
public:
    using Then = std::function<void(const KeychainAnswer &)>;

    virtual ~KeychainBackend() = default;
    virtual void read(const QString &entry, Then then) = 0;
    virtual void write(const QString &entry, const Secret &secret, Then then) = 0;
    virtual void remove(const QString &entry, Then then) = 0;
};

/// QtKeychain: Secret Service (GNOME Keyring, KeePassXC) or KWallet. Its entries belong to the
/// service `signalbox`. Nothing is ever written in plain text instead.
class QtKeychainBackend
    : public QObject
    , public KeychainBackend
{
    Q_OBJECT

public:
    using QObject::QObject;

    void read(const QString &entry, Then then) override;
    void write(const QString &entry, const Secret &secret, Then then) override;
    void remove(const QString &entry, Then then) override;
};

} // namespace signalbox::app
