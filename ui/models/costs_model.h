// SPDX-License-Identifier: GPL-3.0-or-later
// A sheet of costs as a table: groups, their parts, and the sum.
#pragma once

#include "ui/models/cost_sheet.h"

#include <QAbstractTableModel>
#include <QColor>
#include <QHash>

namespace signalbox::ui {

class CostsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Name,
        Requests,
        TokensIn,
        TokensOut,
        CostColumn,
        PerThousand, ///< requests
        Share,
        Wasted,
        Abandoned, ///< requests
        Saved, ///< by both caches
        OwnCalls, ///< beside the cost
        Unknown,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    struct Dress
    {
        QString title = {}; ///< over the names
        QString nameless = {}; ///< stands for an empty name
        QHash<QString, QString> kinds = {}; ///< of providers, where the groups are such
        std::vector<QColor> colours = {}; ///< as the sheet's groups
    };

    void show(const CostSheet &sheet, const Dress &dress);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Row
    {
        QString name = {};
        CostSums sums = {};
        bool isPart = false;
        bool isSum = false;
        QString kind = {};
        QColor colour = {};
    };

    [[nodiscard]] static QVariant headTip(int section);
    [[nodiscard]] static QString tipOf(const Row &row, int column);
    [[nodiscard]] static int toneOf(const Row &row, int column);
    [[nodiscard]] QString textOf(const Row &row, int column) const;

    std::vector<Row> m_rows; ///< empty, or with the sum as the last
    QString m_title;
};

} // namespace signalbox::ui
