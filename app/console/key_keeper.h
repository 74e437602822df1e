// SPDX-License-Identifier: GPL-3.0-or-later
// Keys between the console, the keychain, the configuration file and the running gateway.
#pragma once

#include "app/console/config_file.h"
#include "app/console/desktop_secrets.h"
#include "app/console/key_feed.h"
#include "app/console/keychain.h"
#include "app/console/target_test.h"
#include "app/console/vault_desk.h"
#include "ui/settings_source.h"

#include "core/runtime/secret_store.h"

#include <QTimer>

#include <functional>
#include <optional>
#include <string>

namespace signalbox::app {

struct KeeperOptions
{
    std::string configPath; ///< empty: a text that is in no file
    std::string text = {}; ///< that text; or what stands in for a file that is not there yet
    std::string stateDir;
    std::string ledger = {};
    std::string log = {};
    std::function<void()> reload; ///< the gateway is to read its configuration again; any thread's
    std::function<QUrl()> gateway; ///< where it listens
};

/// Lives on the UI thread; neither it nor the gateway ever waits for the keychain. A key goes into
/// the keychain or this memory first, then its name into the file, then the gateway reads again.
class KeyKeeper : public ui::SettingsSource
{
    Q_OBJECT

public:
    /// All must outlive it. \p secrets is the memory behind the store that the gateway reads from.
    KeyKeeper(DesktopSecrets &secrets,
              Keychain &keychain,
              VaultDesk &vault,
              KeeperOptions options,
              QObject *parent = nullptr);

    [[nodiscard]] ui::KeychainView keychain() const override;
    [[nodiscard]] ui::VaultView vault() const override;
    [[nodiscard]] std::vector<ui::ProviderKeys> providers() const override { return m_providers; }
    [[nodiscard]] ui::FilesView files() const override;
    [[nodiscard]] QString whyFixed() const override;
    [[nodiscard]] bool isFresh() const override;
    void lookAgain() override;
    void saveKey(quint64 id, const ui::NewKey &key) override;
    void deleteKey(quint64 id, const QString &provider, int index) override;
    void addProvider(quint64 id, const ui::NewProvider &provider) override;
    void openVault(quint64 id, const Secret &passphrase) override;
    void testGateway(quint64 id) override;
    void test(quint64 id, const QString &target) override;

private:
    void readFile();
    [[nodiscard]] ui::ProviderKeys viewOf(const ProviderSettings &provider);
    void keychainChanged();
    [[nodiscard]] const ProviderSettings *provider(const QString &id) const;
    [[nodiscard]] Result<SecretRef, QString> refFor(const ui::NewKey &key,
                                                    const std::vector<SecretRef> &keys);
    void keepSecret(const SecretRef &ref,
                    const ui::NewKey &key,
                    std::function<void(const QString &problem)> then);
    /// Has the gateway read again what was written; the problem, where it was not.
    [[nodiscard]] QString apply(const Status<std::string> &written);
    void applyNewKey(quint64 id, const std::string &provider, std::vector<SecretRef> keys);
    [[nodiscard]] Secret clientKey();

    DesktopSecrets &m_secrets;
    runtime::SystemSecretStore m_store;
    Keychain &m_keychain;
    VaultDesk &m_vault;
    KeeperOptions m_options;
    ConfigFile m_file;
    KeyFeed m_feed; ///< hears of the keychain before this does
    TargetTest m_test;
    QTimer m_reload; ///< several keys that arrive together are one reload
    std::vector<ui::ProviderKeys> m_providers;
};

} // namespace signalbox::app
