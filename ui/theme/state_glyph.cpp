// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/state_glyph.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

// All shapes are drawn on a 16 x 16 field.
constexpr double kField = 16;

QPolygonF octagon(QPointF centre, double radius)
{
    QPolygonF shape;
    for (int corner = 0; corner < 8; ++corner) {
        const double angle = (corner + 0.5) * std::numbers::pi / 4;
        shape << centre + QPointF(std::cos(angle), std::sin(angle)) * radius;
    }
    return shape;
}

void paintClosed(QPainter &painter, const Theme &theme)
{
    painter.setBrush(theme.closed);
    painter.drawEllipse(QPointF(8, 8), 6.5, 6.5);
}

void paintHalfOpen(QPainter &painter, const Theme &theme)
{
    const QPolygonF diamond{{8, 0.9}, {15.1, 8}, {8, 15.1}, {0.9, 8}};
    painter.setPen(QPen(theme.halfOpen, 1.5, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolygon(diamond);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.halfOpen);
    painter.drawPolygon(QPolygonF{{8, 0.9}, {8, 15.1}, {0.9, 8}});
}

void paintOpen(QPainter &painter, const Theme &theme)
{
    QPainterPath shape;
    shape.addPolygon(octagon({8, 8}, 8));
    shape.closeSubpath();
    QPainterPath cross;
    cross.addRoundedRect(QRectF(-5.6, -1.25, 11.2, 2.5), 0.5, 0.5);
    cross.addRoundedRect(QRectF(-1.25, -5.6, 2.5, 11.2), 0.5, 0.5);
    QTransform turn;
    turn.translate(8, 8);
    turn.rotate(45);
    painter.setBrush(theme.open);
    painter.drawPath(shape.subtracted(turn.map(cross.simplified())));
}

void paintDrained(QPainter &painter, const Theme &theme)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.drained, 1.8));
    painter.drawEllipse(QPointF(8, 8), 6.3, 6.3);
    painter.setPen(QPen(theme.drained, 2.4, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(4, 8), QPointF(12, 8));
}

void paintUnknown(QPainter &painter, const Theme &theme)
{
    QPen dots(theme.text, 1.6, Qt::CustomDashLine, Qt::RoundCap);
    dots.setDashPattern({0.01, 2.35});
    painter.setBrush(Qt::NoBrush);
    painter.setPen(dots);
    painter.drawEllipse(QPointF(8, 8), 7, 7);
    QPainterPath mark;
    mark.moveTo(5.9, 6.4);
    mark.cubicTo(5.9, 3.3, 10.3, 3.4, 10.2, 6.2);
    mark.cubicTo(10.2, 8, 8, 7.9, 8, 9.9);
    painter.setPen(QPen(theme.text, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(mark);
    painter.drawPoint(QPointF(8, 12.3));
}

void paintPadlock(QPainter &painter, const Theme &theme)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.card);
    painter.drawRoundedRect(QRectF(7.4, 6.4, 9.2, 10.2), 2, 2);
    painter.setBrush(theme.text);
    painter.drawRoundedRect(QRectF(8.6, 10.6, 7, 5.4), 1.1, 1.1);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.text, 1.3));
    QPainterPath shackle;
    shackle.moveTo(10, 11);
    shackle.lineTo(10, 9.6);
    shackle.cubicTo(10, 7, 14.2, 7, 14.2, 9.6);
    shackle.lineTo(14.2, 11);
    painter.drawPath(shackle);
}

} // namespace

StateGlyph glyphOf(const telemetry::BreakerView &breaker)
{
    if (breaker.forced == telemetry::ForcedState::Open) {
        return {GlyphShape::Open, true};
    }
    if (breaker.forced == telemetry::ForcedState::Closed) {
        return {GlyphShape::Closed, true};
    }
    if (breaker.drained) {
        return {GlyphShape::Drained, false};
    }
    switch (breaker.state) {
    case telemetry::BreakerState::Closed:
        return {GlyphShape::Closed, false};
    case telemetry::BreakerState::HalfOpen:
        return {GlyphShape::HalfOpen, false};
    case telemetry::BreakerState::Open:
        return {GlyphShape::Open, false};
    }
    return {};
}

void paintStateGlyph(QPainter &painter, const QRectF &where, StateGlyph glyph, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double side = std::min(where.width(), where.height());
    painter.translate(where.center() - QPointF(side, side) / 2);
    painter.scale(side / kField, side / kField);
    painter.setPen(Qt::NoPen);
    switch (glyph.shape) {
    case GlyphShape::Closed:
        paintClosed(painter, theme);
        break;
    case GlyphShape::HalfOpen:
        paintHalfOpen(painter, theme);
        break;
    case GlyphShape::Open:
        paintOpen(painter, theme);
        break;
    case GlyphShape::Drained:
        paintDrained(painter, theme);
        break;
    case GlyphShape::Unknown:
        paintUnknown(painter, theme);
        break;
    }
    if (glyph.forced) {
        paintPadlock(painter, theme);
    }
    painter.restore();
}

} // namespace signalbox::ui
