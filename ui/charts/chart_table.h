// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of a chart as a table: one row a bucket, one column a series.
#pragma once

#include "ui/charts/chart_data.h"

#include <QAbstractTableModel>
#include <QSet>

#include <functional>
#include <vector>

namespace signalbox::ui {

/// A chart's buckets with the values of the series that are shown; NaN where there is none.
struct ChartGrid
{
    struct Column
    {
        QString id;
        QString name;
        QList<double> values;
    };

    QList<qint64> times; ///< starts of the buckets, rising
    std::vector<Column> columns = {};
};

[[nodiscard]] ChartGrid gridOf(const ChartData &data, const QSet<QString> &hidden);

/// Sorts by Qt::UserRole. Rows that stay keep their place when a bucket is added at the end.
class ChartTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using Label = std::function<QString(double)>;

    explicit ChartTableModel(Label label, QObject *parent = nullptr);

    void setGrid(ChartGrid grid);
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString timeText(qint64 at) const;
    [[nodiscard]] bool follows(const ChartGrid &grid) const;

    Label m_label;
    ChartGrid m_grid;
};

} // namespace signalbox::ui
