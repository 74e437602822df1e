// SPDX-License-Identifier: GPL-3.0-or-later
// What the settings page may say of a gateway on another machine: its keys' names, and no more.
#pragma once

#include "ui/console_source.h"
#include "ui/settings_source.h"

namespace signalbox::app {

/// Nothing is changed from here: the configuration and the keys are the far machine's.
class RemoteSettings : public ui::SettingsSource
{
    Q_OBJECT

public:
    /// \p source must outlive it.
    explicit RemoteSettings(ui::ConsoleSource &source);

    [[nodiscard]] ui::KeychainView keychain() const override;
    [[nodiscard]] std::vector<ui::ProviderKeys> providers() const override { return m_providers; }
    [[nodiscard]] ui::FilesView files() const override;
    [[nodiscard]] QString whyFixed() const override;
    [[nodiscard]] bool isFresh() const override { return false; }
    void lookAgain() override { refresh(); }
    void saveKey(quint64 id, const ui::NewKey &key) override;
    void deleteKey(quint64 id, const QString &provider, int index) override;
    void addProvider(quint64 id, const ui::NewProvider &provider) override;
    void testGateway(quint64 id) override;
    void test(quint64 id, const QString &target) override;

private:
    void refresh();
    void refuse(quint64 id);

    ui::ConsoleSource &m_source;
    std::vector<ui::ProviderKeys> m_providers;
};

} // namespace signalbox::app
