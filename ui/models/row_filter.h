// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that contain some text and lie in some time.
#pragma once

#include "ui/text/time_range.h"

#include <QSortFilterProxyModel>

namespace signalbox::ui {

/// The role by which a model tells when a row's thing happened: ms since the epoch.
inline constexpr int kAtRole = Qt::UserRole + 64;

/// Case does not matter. A live range lets everything pass: the rows are the latest anyway.
class RowFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    /// \p textRole is what of a cell the text is looked for in.
    explicit RowFilter(int textRole = Qt::DisplayRole, QObject *parent = nullptr);

    void setText(const QString &text);
    void setRange(const TimeRange &range);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    TimeRange m_range;
};

} // namespace signalbox::ui
