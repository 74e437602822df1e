// SPDX-License-Identifier: GPL-3.0-or-later
// Pairs of questions that were alike and kept apart, newest first.
#pragma once

#include "core/domain/cache_view.h"

#include <QAbstractTableModel>

#include <vector>

namespace signalbox::ui {

class NearMisses : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Time,
        Route,
        Likeness,
        Asked,
        Why,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows that stay keep their place among the selected.
    void setMisses(std::vector<CacheNearMiss> misses);
    [[nodiscard]] const std::vector<CacheNearMiss> &misses() const { return m_misses; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<CacheNearMiss> m_misses;
};

} // namespace signalbox::ui
