// SPDX-License-Identifier: GPL-3.0-or-later
// The table that stands in for a plot: the same numbers, to be sorted, copied and read aloud.
#pragma once

#include "ui/charts/chart_table.h"

#include <QTableView>

class QSortFilterProxyModel;

namespace signalbox::ui {

class ChartTableView : public QTableView
{
    Q_OBJECT

public:
    ChartTableView(ChartTableModel::Label label, QWidget *parent);

    void setGrid(ChartGrid grid);
    /// The selected cells, columns parted by tabs, as spreadsheets take them.
    [[nodiscard]] QString selectedText() const;

Q_SIGNALS:
    /// Esc: back to the plot.
    void leaveAsked();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    ChartTableModel *m_model;
    QSortFilterProxyModel *m_sorted;
};

} // namespace signalbox::ui
