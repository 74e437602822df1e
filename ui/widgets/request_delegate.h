// SPDX-License-Identifier: GPL-3.0-or-later
// Cells with a tone, a mark of how a request ended, and the provider's chip.
#pragma once

#include <QStyledItemDelegate>

namespace signalbox::ui {

class RequestDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter,
               const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace signalbox::ui
