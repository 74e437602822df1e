// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for a key in place.
#pragma once

#include "ui/settings_source.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace signalbox::ui {

class KeyFields;
class NoticeBar;

class KeyForm : public QWidget
{
    Q_OBJECT

public:
    explicit KeyForm(QWidget *parent = nullptr);

    /// Opens empty, for one more key of \p provider or in place of one.
    void ask(const QString &provider, int replaces, KeyPlace place);
    void setKeychain(const KeychainView &keychain);
    void setVault(const VaultView &vault);
    /// Something did not work: it stays open and says so.
    void complain(const QString &problem);
    void dismiss();
    [[nodiscard]] KeyPlace place() const;

Q_SIGNALS:
    void submitted(const signalbox::ui::NewKey &key);
    void dismissed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void submit();
    void refresh();

    QLabel *m_title;
    KeyFields *m_fields;
    NoticeBar *m_problem;
    QPushButton *m_save;
    QPushButton *m_cancel;
    int m_replaces = -1;
    bool m_busy = false; ///< what was asked for is being done
};

} // namespace signalbox::ui
