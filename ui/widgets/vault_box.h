// SPDX-License-Identifier: GPL-3.0-or-later
// How the encrypted file stands, and its passphrase where it is locked.
#pragma once

#include "ui/settings_source.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace signalbox::ui {

class NoticeBar;

/// Hidden while there is no such file. The passphrase is typed as dots and gone once it was taken.
class VaultBox : public QWidget
{
    Q_OBJECT

public:
    explicit VaultBox(QWidget *parent = nullptr);

    void setVault(const VaultView &vault);

Q_SIGNALS:
    void unlockAsked(const signalbox::Secret &passphrase);
    void lookAsked();

private:
    void submit();
    void refresh();

    QLabel *m_words;
    QLineEdit *m_passphrase;
    QPushButton *m_unlock;
    NoticeBar *m_problem;
    VaultView m_vault;
};

} // namespace signalbox::ui
