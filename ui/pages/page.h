// SPDX-License-Identifier: GPL-3.0-or-later
// What every screen is: a widget that shows the present when told to.
#pragma once

#include "ui/console_state.h"
#include "ui/models/place.h"
#include "ui/models/target_summary.h"

#include <QWidget>

class QLineEdit;
class QUndoStack;

namespace signalbox::ui {

/// The window refreshes the page in front and no other; a page refreshes itself when it comes there.
/// Charts and lists are made in the constructor: the window connects and restores them after that.
class Page : public QWidget
{
    Q_OBJECT

public:
    Page(ConsoleState &state, QString title, QWidget *parent = nullptr);

    [[nodiscard]] const QString &title() const { return m_title; }
    /// The field that filters the page; null: it has none.
    [[nodiscard]] virtual QLineEdit *filterField() { return nullptr; }
    /// The page's own steps to undo; null: it has none.
    [[nodiscard]] virtual QUndoStack *undoStack() { return nullptr; }
    /// Brings what \p place means into sight and gives it the focus.
    virtual void go(const Place &place);

    /// Writes the times in lists anew, in the zone that is chosen now.
    void repaintTimes();

    /// Shows the state's present. Cheap when nothing changed.
    virtual void refresh() = 0;

Q_SIGNALS:
    /// Something on it leads elsewhere.
    void leads(const signalbox::ui::Place &place);
    /// A recording of that stretch of time is wanted, in ms since the epoch.
    void recordAsked(qint64 fromMs, qint64 toMs);

protected:
    void showEvent(QShowEvent *event) override;

    /// Puts \p content into a scroll area that fills the page.
    void scrollOver(QWidget *content);
    /// Makes Tab lead through \p stops in this order.
    static void chainTabs(const QList<QWidget *> &stops);
    /// What is to be said of each target, and why nothing can be done to it, if so.
    [[nodiscard]] std::vector<TargetSummary> targetSummaries(
        const telemetry::Snapshot &snapshot) const;
    /// Asks for a recording of what led to something that happened at \p time, and what followed.
    void recordAround(SystemTime time);

    ConsoleState &m_state;

private:
    QString m_title;
};

} // namespace signalbox::ui
