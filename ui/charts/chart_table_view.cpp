// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_table_view.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QSortFilterProxyModel>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

ChartTableView::ChartTableView(ChartTableModel::Label label, QWidget *parent)
    : QTableView(parent)
    , m_model(new ChartTableModel(std::move(label), this))
    , m_sorted(new QSortFilterProxyModel(this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Qt::UserRole);
    setModel(m_sorted);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setSortingEnabled(true);
    sortByColumn(0, Qt::AscendingOrder);
    setFont(themeFont(TypeRole::Caption));
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + kHalfGap);
    horizontalHeader()->setFont(themeFont(TypeRole::Caption));
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    horizontalHeader()->setHighlightSections(false);
}

void ChartTableView::setGrid(ChartGrid grid)
{
    // Names are never cut: with many of them the table scrolls sideways.
    const QFontMetrics metrics(horizontalHeader()->font());
    int widest = metrics.horizontalAdvance(u"00 MMM 00:00"_s);
    for (const ChartGrid::Column &column : grid.columns) {
        widest = std::max(widest, metrics.horizontalAdvance(column.name));
    }
    horizontalHeader()->setMinimumSectionSize(widest + kPad + kHalfGap);
    m_model->setGrid(std::move(grid));
}

QString ChartTableView::selectedText() const
{
    QModelIndexList cells = selectionModel()->selectedIndexes();
    std::sort(cells.begin(), cells.end());
    QString text;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (i > 0) {
            text += cells[i].row() == cells[i - 1].row() ? u'\t' : u'\n';
        }
        text += cells[i].data().toString();
    }
    return text;
}

void ChartTableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(selectedText());
    } else if (event->key() == Qt::Key_Escape) {
        Q_EMIT leaveAsked();
    } else {
        QTableView::keyPressEvent(event);
    }
}

} // namespace signalbox::ui
