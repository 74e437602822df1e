// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for a key and where to keep it.
#pragma once

#include "ui/settings_source.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace signalbox::ui {

class NoticeBar;
class Segments;

/// What is typed is shown as dots, and gone from the form once it was handed on or given up.
class KeyForm : public QWidget
{
    Q_OBJECT

public:
    explicit KeyForm(QWidget *parent = nullptr);

    /// Opens empty, for one more key of \p provider or in place of one.
    void ask(const QString &provider, int replaces, KeyPlace place);
    /// Where no keychain works another place is proposed and the reason is shown.
    void setKeychain(const KeychainView &keychain);
    /// Something did not work: it stays open and says so.
    void complain(const QString &problem);
    /// While what was asked for is being done.
    void setBusy(bool busy);
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
    QLineEdit *m_value;
    QLabel *m_valueLabel;
    Segments *m_place;
    QLabel *m_hint;
    NoticeBar *m_problem;
    QPushButton *m_save;
    QPushButton *m_cancel;
    KeychainView m_keychain;
    QString m_provider;
    int m_replaces = -1;
    bool m_busy = false;
};

} // namespace signalbox::ui
