// SPDX-License-Identifier: GPL-3.0-or-later
// What every screen is: a widget that shows the present when told to.
#pragma once

#include "ui/console_state.h"

#include <QWidget>

namespace signalbox::ui {

/// The window refreshes the page in front and no other; a page refreshes itself when it comes there.
class Page : public QWidget
{
    Q_OBJECT

public:
    Page(ConsoleState &state, QString title, QWidget *parent = nullptr);

    [[nodiscard]] const QString &title() const { return m_title; }
    /// What belongs at the right of the page's title; null for nothing.
    [[nodiscard]] virtual QWidget *tools() { return nullptr; }

    /// Shows the state's present. Cheap when nothing changed.
    virtual void refresh() = 0;

protected:
    void showEvent(QShowEvent *event) override;

    /// Puts \p content into a scroll area that fills the page.
    void scrollOver(QWidget *content);

    ConsoleState &m_state;

private:
    QString m_title;
};

} // namespace signalbox::ui
