// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/palette_delegate.h"

#include "ui/models/palette_model.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace signalbox::ui {

void PaletteDelegate::paint(QPainter *painter,
                            const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.accentSoft);
        painter->drawRoundedRect(option.rect, 5, 5);
    }
    QRectF room = QRectF(option.rect).adjusted(kGap, 0, -kGap, 0);
    painter->setFont(themeFont(TypeRole::Caption));
    painter->setPen(theme.muted);
    const QString unable = index.data(PaletteModel::UnableRole).toString();
    const QString keys = index.data(PaletteModel::KeysRole).toString();
    const QString group = index.data(PaletteModel::GroupRole).toString();
    const QString end = !unable.isEmpty() ? unable : keys.isEmpty() ? group : keys;
    painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter, end);
    room.setRight(room.right() - QFontMetricsF(painter->font()).horizontalAdvance(end) - kPad);
    painter->setFont(themeFont(TypeRole::Body));
    painter->setPen(unable.isEmpty() ? theme.text : theme.muted);
    const QFontMetricsF metrics(painter->font());
    painter->drawText(room,
                      Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(index.data().toString(), Qt::ElideRight, room.width()));
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, QFontMetrics(themeFont(TypeRole::Body)).height() + kPad};
}

} // namespace signalbox::ui
