// SPDX-License-Identifier: GPL-3.0-or-later
// Keys and files as a program would offer them, without any.
#pragma once

#include "ui/settings_source.h"

namespace signalbox::ui {

/// Four of the fixture's providers with keys in every place. What is asked for is kept in asked(),
/// and answered at once when the event loop runs, with success unless told otherwise.
class FixtureSettings : public SettingsSource
{
    Q_OBJECT

public:
    explicit FixtureSettings(QObject *parent = nullptr);

    [[nodiscard]] KeychainView keychain() const override { return m_keychain; }
    [[nodiscard]] std::vector<ProviderKeys> providers() const override { return m_providers; }
    [[nodiscard]] VaultView vault() const override { return m_vault; }
    [[nodiscard]] FilesView files() const override;
    [[nodiscard]] QString whyFixed() const override { return m_fixed; }
    [[nodiscard]] bool isFresh() const override { return m_fresh; }
    void lookAgain() override { ++m_looks; }
    void saveKey(quint64 id, const NewKey &key) override;
    void deleteKey(quint64 id, const QString &provider, int index) override;
    void addProvider(quint64 id, const NewProvider &provider) override;
    void openVault(quint64 id, const Secret &passphrase) override;
    void testGateway(quint64 id) override;
    void test(quint64 id, const QString &target) override;

    [[nodiscard]] const QStringList &asked() const { return m_asked; }
    [[nodiscard]] const std::vector<NewKey> &saved() const { return m_saved; }
    [[nodiscard]] const std::vector<NewProvider> &added() const { return m_added; }
    void setFresh(bool fresh) { m_fresh = fresh; }
    [[nodiscard]] int looks() const { return m_looks; }
    void setKeychain(const KeychainView &keychain);
    void setVault(const VaultView &vault);
    [[nodiscard]] const std::vector<Secret> &passphrases() const { return m_passphrases; }
    void setFixed(const QString &why);
    void setProviders(std::vector<ProviderKeys> providers);
    /// What is asked next fails with this sentence; empty: it works.
    void fail(const QString &why) { m_failure = why; }

private:
    void answer(quint64 id, const QString &success);

    VaultView m_vault;
    std::vector<Secret> m_passphrases; ///< that were to open it
    KeychainView m_keychain{.state = KeychainView::State::Available};
    std::vector<ProviderKeys> m_providers;
    std::vector<NewKey> m_saved;
    std::vector<NewProvider> m_added;
    bool m_fresh = false;
    QStringList m_asked;
    QString m_fixed;
    QString m_failure;
    int m_looks = 0;
};

} // namespace signalbox::ui
