// SPDX-License-Identifier: GPL-3.0-or-later
// The latest finished requests as a table, newest on top.
#pragma once

#include "core/domain/record.h"

#include <QAbstractTableModel>

#include <deque>
#include <memory>
#include <vector>

namespace signalbox::ui {

class RequestsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Time,
        Route,
        Rule,
        ServedBy,
        Attempts,
        Status,
        FirstToken,
        Total,
        TokensInOut,
        CostColumn,
        Left,
        ColumnCount,
    };
    enum Role {
        ToneRole = Qt::UserRole, ///< a Tone
        TagRole, ///< the provider's two letters, in ServedBy
        KindRole, ///< the provider's kind, in ServedBy
        IdRole,
        FilterRole, ///< what a filter looks at: a cell's text, in ServedBy every target tried
    };
    enum Tone {
        Plain,
        Quiet,
        Good,
        Warning,
        Bad
    };

    static constexpr int kRowsMax = 2000;

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role) const override;

    /// Puts \p records, oldest first, on top; the oldest rows beyond kRowsMax go.
    void append(const std::vector<std::shared_ptr<const RequestRecord>> &records);
    /// Null where there is no such row.
    [[nodiscard]] virtual std::shared_ptr<const RequestRecord> recordAt(int row) const;
    /// The kinds of the providers by their ids, for tags and colours.
    void setProviderKinds(const QHash<QString, QString> &kinds);

private:
    [[nodiscard]] QString textOf(const RequestRecord &record, int column) const;
    [[nodiscard]] QString kindOf(const RequestRecord &record) const;

    std::deque<std::shared_ptr<const RequestRecord>> m_records;
    QHash<QString, QString> m_kinds;
};

} // namespace signalbox::ui
