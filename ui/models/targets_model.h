// SPDX-License-Identifier: GPL-3.0-or-later
// The breaker tiles as a table: the same targets, the same numbers.
#pragma once

#include "ui/models/target_summary.h"

#include <QAbstractTableModel>

namespace signalbox::ui {

/// Sorts by SortRole; in the State column that is how bad it is.
class TargetsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        State,
        Target,
        Calculated,
        Forced,
        Rate,
        Failed,
        P95,
        InFlight,
        Weight,
        Measured,
        Limits,
        ColumnCount
    };
    enum Role {
        SortRole = Qt::UserRole + 32,
        GlyphRole, ///< shape and padlock, in State
        ForcedRole
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setSummaries(std::vector<TargetSummary> summaries);
    [[nodiscard]] const TargetSummary &summary(int row) const
    {
        return m_rows[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<TargetSummary> m_rows;
};

} // namespace signalbox::ui
