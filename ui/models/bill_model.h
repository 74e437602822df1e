// SPDX-License-Identifier: GPL-3.0-or-later
// A checked bill as a table, and its parts in words.
#pragma once

#include "ui/models/bill_check.h"

#include <QAbstractTableModel>

#include <vector>

namespace signalbox::ui {

/// `Health checks, shadows and embeddings`.
[[nodiscard]] QString titleOf(GapCause cause);
/// What that means and what can be done, in a sentence or two, with the models it is about.
[[nodiscard]] QString explanationOf(const GapPart &part);
/// `+$1.20` or `−$0.03`; a gap of nothing has no sign.
[[nodiscard]] QString gapText(Money gap);
/// The gap as a share of what was booked: `+3.1 %`; a dash where that is nothing.
[[nodiscard]] QString gapShare(Money gap, Money ours);

class BillModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Day,
        Model,
        Theirs,
        Ours,
        Gap,
        Share,
        Note,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// With a row for the sum at the end.
    void show(std::vector<BillRow> rows);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString textOf(const BillRow &row, int column, bool isSum) const;

    std::vector<BillRow> m_rows; ///< empty, or with the sum as the last
};

} // namespace signalbox::ui
