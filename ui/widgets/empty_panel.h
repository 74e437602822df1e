// SPDX-License-Identifier: GPL-3.0-or-later
// What stands where nothing is yet: one sentence and one thing to do.
#pragma once

#include "ui/widgets/card.h"

class QLabel;
class QPushButton;

namespace signalbox::ui {

class EmptyPanel : public Card
{
    Q_OBJECT

public:
    explicit EmptyPanel(QWidget *parent = nullptr);

    /// Without \p address: the gateway has not said anything yet.
    void setAddress(const QString &address);
    /// Says something else, with one thing to do: the button's press is told by `pressed`. Without
    /// \p verb there is no button.
    void say(const QString &title, const QString &text, const QString &verb);
    /// A request that works against the gateway, for the shell.
    [[nodiscard]] static QString curlFor(const QString &address);

Q_SIGNALS:
    void pressed();

private:
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_copy;
    QString m_address;
};

} // namespace signalbox::ui
