// SPDX-License-Identifier: GPL-3.0-or-later
// The line over all pages that says how it stands with a gateway on another machine.
#pragma once

#include "ui/console_source.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace signalbox::ui {

/// Hidden while there is nothing to say. Says why the gateway is away and when it is asked again,
/// takes a token where one is needed, and warns of a way there that anybody can listen to.
class ConnectionBar : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionBar(QWidget *parent = nullptr);

    /// \p age: how old what is shown is; nothing: nothing is shown yet.
    void setConnection(const Connection &connection, SystemTime now, std::optional<Micros> age);
    /// Opens the field for another token though nothing asks for one.
    void askForToken();
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void retryAsked();
    /// \p keep: into the keychain, once it has worked.
    void tokenGiven(const signalbox::Secret &token, bool keep);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void buildForm();
    void submit();
    void closeForm();
    void showForm(bool shown);
    [[nodiscard]] QString sentence(SystemTime now, std::optional<Micros> age) const;

    Connection m_connection;
    QLabel *m_text;
    QPushButton *m_retry;
    QPushButton *m_dismiss;
    QWidget *m_form;
    QLineEdit *m_token = nullptr;
    QCheckBox *m_keep = nullptr;
    QPushButton *m_connect = nullptr;
    QPushButton *m_cancel = nullptr;
    QString m_dismissed; ///< the caution that was read
    bool m_asked = false; ///< the form is open by the operator's wish
};

} // namespace signalbox::ui
