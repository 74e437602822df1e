// SPDX-License-Identifier: GPL-3.0-or-later
// The two letters of a provider on its own colour, wherever the provider is meant.
#pragma once

#include <QColor>
#include <QRectF>
#include <QString>

class QPainter;

namespace signalbox::ui {

/// Size of a chip in the caption type.
QSizeF tagChipSize();
/// Paints the chip with its left edge at \p leftCentre. Returns where it was painted.
QRectF paintTagChip(QPainter &painter,
                    QPointF leftCentre,
                    const QString &tag,
                    const QColor &colour);

} // namespace signalbox::ui
