// SPDX-License-Identifier: GPL-3.0-or-later
// What the console may know and change of keys, configuration and files; the program does it.
#pragma once

#include "core/base/secret.h"
#include "core/domain/settings.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <vector>

namespace signalbox::ui {

/// Where a key can be put.
enum class KeyPlace : std::uint8_t {
    Keychain,
    Vault, ///< an encrypted file of ours, which a passphrase opens
    Session, ///< in memory, until the console ends
    Environment, ///< a variable that is set already
    File, ///< a file that is there already, ours alone
};

inline constexpr int kKeyPlaceCount = 5;

struct KeychainView
{
    enum class State : std::uint8_t {
        Asking,
        Available,
        Unavailable,
        NotUsed, ///< no key is kept from here
    };
    State state = State::Asking;
    QString problem = {}; ///< why it is unavailable, in the service's words

    friend bool operator==(const KeychainView &, const KeychainView &) = default;
};

/// The encrypted file.
struct VaultView
{
    enum class State : std::uint8_t {
        NotUsed, ///< no key is kept from here
        Absent, ///< the first passphrase makes it
        Locked,
        Opening,
        Open,
        Unusable, ///< damaged, or not ours
    };
    State state = State::NotUsed;
    QString path = {};
    QString problem = {}; ///< Unusable: why; Locked: why the last passphrase did not open it
    int waiting = 0; ///< Locked: configured keys that are in it

    [[nodiscard]] bool isUsable() const
    {
        return state != State::NotUsed && state != State::Unusable;
    }
    friend bool operator==(const VaultView &, const VaultView &) = default;
};

/// A key as far as it may be shown.
struct StoredKey
{
    QString ref; ///< as the configuration names it: `keychain:openai`
    KeyPlace place = KeyPlace::Keychain;
    QString masked; ///< `••••4f2a`; empty: it cannot be read
    QString problem; ///< why not

    friend bool operator==(const StoredKey &, const StoredKey &) = default;
};

struct ProviderKeys
{
    QString provider;
    QString kind;
    QString target; ///< that a test asks: the first; empty: there is none
    std::vector<StoredKey> keys;

    friend bool operator==(const ProviderKeys &, const ProviderKeys &) = default;
};

struct NewKey
{
    QString provider;
    int replaces = -1; ///< which of its keys; -1: it is one more
    KeyPlace place = KeyPlace::Keychain;
    QString name = {}; ///< Environment: the variable; File: its absolute path
    Secret secret = {}; ///< Keychain, Vault, Session
    Secret passphrase = {}; ///< Vault, while it is not open
};

/// A provider to begin with.
struct NewProvider
{
    QString id;
    ProviderKind kind = ProviderKind::OpenAiCompatible;
    QString address = {}; ///< empty: the kind's own
    QString model; ///< the provider's own name
    bool hasKey = false; ///< some servers need none
    NewKey key = {};
};

/// Where this installation keeps its things.
struct FilesView
{
    QString configuration; ///< empty: there is no file, as in the demo
    QString ledger;
    QString log;
    QString revisions; ///< the folder of earlier configurations
    int keepRequestsDays = 0;
    int keepBodiesDays = 0; ///< 0: bodies are not kept
    bool isFar = false; ///< they are on the gateway's machine, and not known here
};

/// Lives on the UI thread, as do all its callers. No function of it ever blocks.
class SettingsSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual KeychainView keychain() const = 0;
    [[nodiscard]] virtual VaultView vault() const { return {}; }
    [[nodiscard]] virtual std::vector<ProviderKeys> providers() const = 0;
    [[nodiscard]] virtual FilesView files() const = 0;
    /// Why nothing can be changed, in a sentence; empty: it can.
    [[nodiscard]] virtual QString whyFixed() const = 0;
    /// Nobody has configured anything yet: there is no file.
    [[nodiscard]] virtual bool isFresh() const = 0;

    /// Reads file and keychain anew; `changed` tells the outcome.
    virtual void lookAgain() = 0;
    /// Each is answered later by `finished` with its \p id.
    virtual void saveKey(quint64 id, const NewKey &key) = 0;
    virtual void deleteKey(quint64 id, const QString &provider, int index) = 0;
    /// Writes the provider into the configuration, with a route `default` to it if there is none.
    /// Asked again for the same id right after, it replaces what it wrote.
    virtual void addProvider(quint64 id, const NewProvider &provider) = 0;
    /// Opens the vault that is there for the rest of this session; never makes one.
    virtual void openVault(quint64 id, const Secret &passphrase)
    {
        Q_UNUSED(passphrase)
        Q_EMIT finished(id, false, {});
    }
    /// Asks the gateway whether it is alive.
    virtual void testGateway(quint64 id) = 0;
    /// Sends one tiny request to \p target and nowhere else.
    virtual void test(quint64 id, const QString &target) = 0;

Q_SIGNALS:
    void changed();
    /// \p message is a sentence either way: what was done, or why it could not be.
    void finished(quint64 id, bool ok, const QString &message);
};

} // namespace signalbox::ui
