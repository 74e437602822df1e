// SPDX-License-Identifier: GPL-3.0-or-later
// On the settings page: which gateway on another machine this is, and who we are there.
#pragma once

#include "ui/console_source.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace signalbox::ui {

class ConnectionPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionPanel(QWidget *parent = nullptr);

    void setConnection(const Connection &connection);

Q_SIGNALS:
    /// Another token is to be typed.
    void tokenAsked();

private:
    QLabel *m_address;
    QLabel *m_person;
    QLabel *m_token;
    QLabel *m_caution;
    QPushButton *m_other;
};

} // namespace signalbox::ui
