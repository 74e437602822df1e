// SPDX-License-Identifier: GPL-3.0-or-later
// The book of alerts as rows.
#pragma once

#include "ui/models/alert_book.h"

#include <QAbstractTableModel>

namespace signalbox::ui {

class AlertsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        State,
        Since,
        Subject,
        Text,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role) const override;

    [[nodiscard]] const Alert &alertAt(int row) const
    {
        return m_alerts[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] int rowOf(const QString &key) const;
    /// \p alerts in the order in which they are to stand.
    void setAlerts(std::vector<Alert> alerts);
    /// `Firing`, `Acknowledged`, `Muted until 14:03:22`.
    [[nodiscard]] static QString stateText(const Alert &alert);

private:
    std::vector<Alert> m_alerts;
};

} // namespace signalbox::ui
