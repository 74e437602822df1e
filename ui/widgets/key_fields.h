// SPDX-License-Identifier: GPL-3.0-or-later
// A key, or the name of one, and the place where it is kept.
#pragma once

#include "ui/settings_source.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QLineEdit;

namespace signalbox::ui {

class Segments;

/// A key is typed as dots; it is gone, and cannot be brought back by undoing, once it was taken,
/// cleared, or another place was chosen.
class KeyFields : public QWidget
{
    Q_OBJECT

public:
    explicit KeyFields(QWidget *parent = nullptr);

    /// Empty, for a key of \p provider. Where no keychain works the encrypted file is proposed, and
    /// this session where that cannot be used either.
    void start(const QString &provider, KeyPlace place);
    /// Whose key it is, in the names that are spoken.
    void setProvider(const QString &provider);
    void setKeychain(const KeychainView &keychain);
    void setVault(const VaultView &vault);
    [[nodiscard]] KeyPlace place() const;
    [[nodiscard]] bool isEmpty() const;
    /// The place that is chosen can be used.
    [[nodiscard]] bool canBeKept() const;
    /// What was entered; a typed key is taken out of the field.
    [[nodiscard]] NewKey take();
    void clear();

Q_SIGNALS:
    void changed();
    void submitted();

private:
    struct Field
    {
        QLabel *label;
        QLineEdit *edit;
    };
    Field makeSecretField(const QString &name, const QString &objectName, QGridLayout *grid);
    [[nodiscard]] KeyPlace proposed(KeyPlace place) const;
    /// What keeps the passphrase from being one, in a sentence; empty: it may be.
    [[nodiscard]] QString passphraseProblem() const;
    [[nodiscard]] bool needsPassphrase() const;
    [[nodiscard]] QString hint() const;
    void refreshPassphrase();
    void refresh();

    QLineEdit *m_value;
    QLabel *m_valueLabel;
    Field m_passphrase;
    Field m_again;
    Segments *m_place;
    QLabel *m_hint;
    KeychainView m_keychain;
    VaultView m_vault;
    QString m_provider;
};

} // namespace signalbox::ui
