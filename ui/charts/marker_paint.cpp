// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/marker_paint.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPolygonF>

#include <cmath>
#include <limits>

namespace signalbox::ui {

namespace {

constexpr double kSign = 12;

QColor inkOf(const ChartMarker &marker, const Theme &theme)
{
    if (marker.isFlag) {
        return theme.accent;
    }
    switch (marker.glyph.shape) {
    case GlyphShape::Open:
        return theme.open;
    case GlyphShape::HalfOpen:
        return theme.halfOpen;
    case GlyphShape::Closed:
        return theme.closed;
    case GlyphShape::Drained:
    case GlyphShape::Unknown:
        return theme.muted;
    }
    return theme.muted;
}

} // namespace

void paintMarkerSign(QPainter &painter,
                     const QRectF &where,
                     const ChartMarker &marker,
                     const Theme &theme)
{
    if (!marker.isFlag) {
        return paintStateGlyph(painter, where, marker.glyph, theme);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.accent, 1.5, Qt::SolidLine, Qt::RoundCap));
    const double pole = where.left() + where.width() * 0.25;
    painter.drawLine(QPointF(pole, where.top() + 1), QPointF(pole, where.bottom()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawPolygon(QPolygonF{QPointF(pole, where.top() + 1),
                                  QPointF(where.right(), where.top() + where.height() * 0.32),
                                  QPointF(pole, where.top() + where.height() * 0.62)});
    painter.restore();
}

void paintMarkers(QPainter &painter,
                  const std::vector<ChartMarker> &markers,
                  const PlotFrame &frame,
                  const Theme &theme)
{
    std::vector<std::pair<double, const ChartMarker *>> seen;
    for (const ChartMarker &marker : markers) {
        const double x = std::round(frame.x(static_cast<double>(marker.atMs))) + 0.5;
        if (x < frame.area.left() || x > frame.area.right()) {
            continue;
        }
        QColor line = inkOf(marker, theme);
        line.setAlphaF(0.55F);
        painter.setPen(QPen(line, 1));
        painter.drawLine(QPointF(x, frame.area.top()), QPointF(x, frame.area.bottom()));
        seen.emplace_back(x, &marker);
    }
    double free = std::numeric_limits<double>::infinity();
    for (auto one = seen.rbegin(); one != seen.rend(); ++one) {
        if (one->first + kSign / 2 > free) {
            continue;
        }
        const QRectF sign(one->first - kSign / 2, frame.area.top() - 3, kSign, kSign);
        paintMarkerSign(painter, sign, *one->second, theme);
        free = sign.left();
    }
}

} // namespace signalbox::ui
