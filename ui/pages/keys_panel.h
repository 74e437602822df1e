// SPDX-License-Identifier: GPL-3.0-or-later
// The providers' keys: looked at, added, replaced, tested and deleted, all in place.
#pragma once

#include "ui/settings_source.h"

#include "core/telemetry/snapshot.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace signalbox::ui {

class KeyForm;
class NoticeBar;
class ProviderKeysBox;
class VaultBox;

class KeysPanel : public QWidget
{
    Q_OBJECT

public:
    /// \p source must outlive it.
    explicit KeysPanel(SettingsSource &source, QWidget *parent = nullptr);

    void setLive(const telemetry::Snapshot *snapshot, SystemTime now);
    /// Brings the provider into sight; null when it is not in the configuration.
    ProviderKeysBox *box(const QString &provider) const;
    void add(const QString &provider);
    void test(const QString &provider);
    /// Where the passphrase of the encrypted file is typed.
    void showVault();

Q_SIGNALS:
    /// Its controls are others than before.
    void rebuilt();

private:
    struct Asked
    {
        QString provider;
        bool isTest = false;
        bool isForm = false;
    };

    void refresh();
    void rebuild(const std::vector<ProviderKeys> &providers);
    void refreshKeychain();
    void openForm(ProviderKeysBox *box, int replaces);
    void askToDelete(ProviderKeysBox *box, int index);
    void save(const NewKey &key);
    void finished(quint64 id, bool ok, const QString &message);
    [[nodiscard]] quint64 remember(Asked asked);

    SettingsSource &m_source;
    NoticeBar *m_keychainBad;
    QLabel *m_keychainWell;
    VaultBox *m_vault;
    NoticeBar *m_fixed;
    QLabel *m_none;
    QVBoxLayout *m_boxes;
    std::vector<ProviderKeysBox *> m_all;
    KeyForm *m_form;
    QWidget *m_openedFrom = nullptr;
    QHash<quint64, Asked> m_asked;
    quint64 m_last = 0;
};

} // namespace signalbox::ui
