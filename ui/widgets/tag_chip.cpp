// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tag_chip.h"

#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QFont chipFont()
{
    QFont font = themeFont(TypeRole::Caption);
    font.setPointSizeF(font.pointSizeF() * 0.94);
    font.setWeight(QFont::Bold);
    return font;
}

} // namespace

QSizeF tagChipSize()
{
    const QFontMetricsF metrics(chipFont());
    return {metrics.horizontalAdvance(u"QW"_s) + 8, std::ceil(metrics.capHeight()) + 7};
}

QRectF paintTagChip(QPainter &painter, QPointF leftCentre, const QString &tag, const QColor &colour)
{
    const QSizeF size = tagChipSize();
    const QRectF box(leftCentre - QPointF(0, size.height() / 2), size);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(inkOn(colour));
    painter.setFont(chipFont());
    painter.drawText(box, Qt::AlignCenter, tag);
    painter.restore();
    return box;
}

} // namespace signalbox::ui
