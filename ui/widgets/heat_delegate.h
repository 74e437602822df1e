// SPDX-License-Identifier: GPL-3.0-or-later
// A cell of the cost matrix: its figure on the ground of its heat, the band and the count below.
#pragma once

#include <QStyledItemDelegate>

namespace signalbox::ui {

class HeatDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter,
               const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
};

} // namespace signalbox::ui
