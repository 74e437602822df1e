// SPDX-License-Identifier: GPL-3.0-or-later
// A line of the command palette: what, where else, by which keys.
#pragma once

#include <QStyledItemDelegate>

namespace signalbox::ui {

class PaletteDelegate : public QStyledItemDelegate
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
