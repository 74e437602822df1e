// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_table.h"

#include "ui/text/zone.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

ChartGrid gridOf(const ChartData &data, const QSet<QString> &hidden)
{
    ChartGrid grid;
    for (const ChartSeries &series : data.series) {
        for (const QPointF &point : series.points) {
            grid.times << static_cast<qint64>(point.x());
        }
    }
    std::sort(grid.times.begin(), grid.times.end());
    grid.times.erase(std::unique(grid.times.begin(), grid.times.end()), grid.times.end());
    for (const ChartSeries &series : data.series) {
        if (hidden.contains(series.id)) {
            continue;
        }
        ChartGrid::Column column{.id = series.id, .name = series.name, .values = {}};
        column.values.fill(std::numeric_limits<double>::quiet_NaN(), grid.times.size());
        qsizetype row = 0;
        for (const QPointF &point : series.points) {
            while (grid.times[row] < static_cast<qint64>(point.x())) {
                ++row;
            }
            column.values[row] = point.y();
        }
        grid.columns.push_back(std::move(column));
    }
    return grid;
}

ChartTableModel::ChartTableModel(Label label, QObject *parent)
    : QAbstractTableModel(parent)
    , m_label(std::move(label))
{}

bool ChartTableModel::follows(const ChartGrid &grid) const
{
    return std::equal(grid.columns.begin(),
                      grid.columns.end(),
                      m_grid.columns.begin(),
                      m_grid.columns.end(),
                      [](const auto &a, const auto &b) { return a.id == b.id; });
}

void ChartTableModel::setGrid(ChartGrid grid)
{
    const auto known = grid.times.isEmpty() ? m_grid.times.cend()
                                            : std::find(m_grid.times.cbegin(),
                                                        m_grid.times.cend(),
                                                        grid.times.first());
    const auto gone = static_cast<int>(known - m_grid.times.cbegin());
    const int kept = rowCount() - gone;
    if (!follows(grid) || kept <= 0 || kept > grid.times.size()) {
        beginResetModel();
        m_grid = std::move(grid);
        return endResetModel();
    }
    if (gone > 0) {
        beginRemoveRows({}, 0, gone - 1);
        m_grid.times.remove(0, gone);
        for (ChartGrid::Column &column : m_grid.columns) {
            column.values.remove(0, gone);
        }
        endRemoveRows();
    }
    const auto rows = static_cast<int>(grid.times.size());
    if (rows > kept) {
        beginInsertRows({}, kept, rows - 1);
    }
    m_grid = std::move(grid);
    if (rows > kept) {
        endInsertRows();
    }
    Q_EMIT dataChanged(index(0, 0), index(rows - 1, columnCount() - 1));
}

int ChartTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_grid.times.size());
}

int ChartTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_grid.columns.size()) + 1;
}

/// With the day only where there are several.
QString ChartTableModel::timeText(qint64 at) const
{
    const QDateTime first = text::inZone(m_grid.times.first());
    const bool oneDay = first.date() == text::inZone(m_grid.times.last()).date();
    return text::inZone(at).toString(oneDay ? u"HH:mm:ss"_s : u"d MMM HH:mm"_s);
}

QVariant ChartTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const qint64 at = m_grid.times[index.row()];
    if (role == Qt::TextAlignmentRole) {
        return int((index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (index.column() == 0) {
        return role == Qt::UserRole      ? QVariant(at)
               : role == Qt::DisplayRole ? QVariant(timeText(at))
                                         : QVariant();
    }
    const auto column = static_cast<std::size_t>(index.column() - 1);
    const double value = m_grid.columns[column].values[index.row()];
    if (role == Qt::UserRole) {
        // Under every number, so that it sorts somewhere.
        return std::isnan(value) ? -std::numeric_limits<double>::infinity() : value;
    }
    if (role == Qt::DisplayRole) {
        return std::isnan(value) ? tr("no data") : m_label(value);
    }
    return {};
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int((section == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    return section == 0 ? tr("Time") : m_grid.columns[static_cast<std::size_t>(section - 1)].name;
}

} // namespace signalbox::ui
