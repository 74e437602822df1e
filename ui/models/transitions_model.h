// SPDX-License-Identifier: GPL-3.0-or-later
// The breakers' changes as a table, newest on top.
#pragma once

#include "core/telemetry/snapshot.h"

#include <QAbstractTableModel>

#include <vector>

namespace signalbox::ui {

class TransitionsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Time,
        Target,
        Change,
        Cause,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role) const override;

    [[nodiscard]] const TargetId &targetAt(int row) const
    {
        return m_transitions[static_cast<std::size_t>(row)].target;
    }

    /// Takes \p transitions (newest last) over: new ones are inserted, forgotten ones removed, so
    /// that selection and scroll position stay.
    void merge(const std::vector<telemetry::BreakerTransition> &transitions);

private:
    std::vector<telemetry::BreakerTransition> m_transitions; ///< newest first
};

} // namespace signalbox::ui
