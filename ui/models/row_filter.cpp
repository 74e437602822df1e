// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/row_filter.h"

namespace signalbox::ui {

RowFilter::RowFilter(int textRole, QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setFilterRole(textRole);
    setFilterKeyColumn(-1);
    setFilterCaseSensitivity(Qt::CaseInsensitive);
}

void RowFilter::setText(const QString &text)
{
    setFilterFixedString(text);
}

void RowFilter::setRange(const TimeRange &range)
{
    const TimeRange next = range.isLive() ? TimeRange() : range;
    if (next != m_range) {
        m_range = next;
        invalidateFilter();
    }
}

bool RowFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_range.endMs) {
        const qint64 at = sourceModel()->index(row, 0, parent).data(kAtRole).toLongLong();
        if (at < *m_range.endMs - m_range.spanMs || at > *m_range.endMs) {
            return false;
        }
    }
    return QSortFilterProxyModel::filterAcceptsRow(row, parent);
}

} // namespace signalbox::ui
