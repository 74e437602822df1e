// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/list_view.h"

#include "ui/theme/theme.h"
#include "ui/widgets/request_delegate.h"

#include <QHeaderView>
#include <QScrollBar>

namespace signalbox::ui {

ListView::ListView(const QString &name, const QString &title, QWidget *parent)
    : QTableView(parent)
{
    setObjectName(name);
    setAccessibleName(title);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.94);
    setFont(small);
    setItemDelegate(new RequestDelegate(this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(rowPitch());
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setFont(themeFont(TypeRole::Caption));
    horizontalHeader()->setFixedHeight(rowPitch());
    horizontalHeader()->setMinimumSectionSize(24);
    horizontalHeader()->setSectionsMovable(true);
}

void ListView::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    connect(model,
            &QAbstractItemModel::rowsInserted,
            this,
            [this](const QModelIndex &, int a, int b) { keepPlace(a, b); });
}

void ListView::setColumnWidths(const QList<int> &characters)
{
    const int one = fontMetrics().horizontalAdvance(u'0');
    for (int column = 0; column < characters.size(); ++column) {
        if (characters[column] == 0) {
            horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
        } else {
            setColumnWidth(column, characters[column] * one + kWide);
        }
    }
    m_columns = horizontalHeader()->saveState();
}

void ListView::restoreColumns(const QByteArray &state)
{
    const int columns = horizontalHeader()->count();
    if (!horizontalHeader()->restoreState(state) || horizontalHeader()->count() != columns) {
        horizontalHeader()->restoreState(m_columns);
    }
}

void ListView::resetColumns()
{
    horizontalHeader()->restoreState(m_columns);
}

int ListView::rowPitch() const
{
    return QFontMetrics(themeFont(TypeRole::Body)).height() + (m_dense ? 2 : kGap);
}

void ListView::setDense(bool dense)
{
    m_dense = dense;
    verticalHeader()->setDefaultSectionSize(rowPitch());
    updateGeometry();
}

int ListView::heightFor(int rows) const
{
    return (rows + 1) * rowPitch() + 2;
}

void ListView::keepPlace(int first, int last)
{
    QScrollBar *bar = verticalScrollBar();
    if (bar->value() == 0 || first > rowAt(0)) { // at the top, or what came is further down
        return;
    }
    updateGeometries();
    bar->setValue(bar->value() + (last - first + 1) * rowPitch());
}

} // namespace signalbox::ui
