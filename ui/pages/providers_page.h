// SPDX-License-Identifier: GPL-3.0-or-later
// Every breaker in full, as tiles or as a table, and what has happened to them.
#pragma once

#include "ui/models/row_filter.h"
#include "ui/models/targets_model.h"
#include "ui/models/transitions_model.h"
#include "ui/pages/page.h"
#include "ui/state/view_state.h"

#include <QSortFilterProxyModel>

class QAction;
class QToolButton;

namespace signalbox::ui {

class BreakerDesk;
class FilterField;
class ListView;
class Section;
class Segments;
class Skeleton;
class TileGrid;

class ProvidersPage : public Page
{
    Q_OBJECT

public:
    ProvidersPage(ConsoleState &state,
                  ViewState &view,
                  BreakerDesk &desk,
                  const FailureWords &words,
                  QAction *details,
                  QWidget *parent = nullptr);

    void refresh() override;
    void go(const Place &place) override;
    [[nodiscard]] QLineEdit *filterField() override;
    /// The table instead of the tiles.
    void setTableShown(bool shown);
    [[nodiscard]] bool isTableShown() const;

Q_SIGNALS:
    /// A row of the table or of the changes became the current one.
    void chosen(const signalbox::TargetId &target);

private:
    void buildTable(BreakerDesk &desk);
    void buildLog();
    void assemble(QWidget *content);
    void askOnChange(const QPoint &where);
    void askOnRow(const QPoint &where, BreakerDesk &desk);
    void filter(const QString &text);
    void orderTabs();

    ViewState &m_view;
    TargetsModel m_targets;
    QSortFilterProxyModel m_sorted;
    TransitionsModel m_transitions;
    RowFilter m_changes;
    FilterField *m_filter;
    Segments *m_look;
    QToolButton *m_details;
    TileGrid *m_grid;
    ListView *m_table;
    Section *m_tableCard;
    ListView *m_logList;
    Section *m_log;
    Skeleton *m_waiting = nullptr; ///< before anything was heard
};

} // namespace signalbox::ui
