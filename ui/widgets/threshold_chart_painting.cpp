// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/cache_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/threshold_chart.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

/// A figure of a threshold as a line: by its style as well as by its colour.
struct ThresholdChart::Line
{
    double CacheThreshold::*figure;
    QColor colour;
    Qt::PenStyle style;
    double width;
    QString name;

    static std::array<Line, 4> all(const Theme &theme)
    {
        return {Line{&CacheThreshold::precision,
                     theme.closed,
                     Qt::SolidLine,
                     2,
                     ThresholdChart::tr("Precision")},
                Line{&CacheThreshold::recall,
                     theme.text,
                     Qt::SolidLine,
                     1.25,
                     ThresholdChart::tr("Recall")},
                Line{&CacheThreshold::falseHits,
                     theme.open,
                     Qt::SolidLine,
                     2,
                     ThresholdChart::tr("False hits")},
                Line{&CacheThreshold::falseHitsUnvetoed,
                     theme.open,
                     Qt::DashLine,
                     1.25,
                     ThresholdChart::tr("False hits without vetoes")}};
    }
};

void ThresholdChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(themeFont(TypeRole::Caption));
    paintGrid(painter);
    if (m_evaluation.thresholds.empty()) {
        return;
    }
    paintLegend(painter);
    paintLines(painter);
    paintMisses(painter);
    paintMark(painter, m_current, tr("now %1").arg(likenessText(m_current)), false);
    paintMark(painter, m_tried, tr("try %1").arg(likenessText(m_tried)), true);
    if (hasFocus()) {
        painter.setPen(Theme::of(this).accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kHalfGap, kHalfGap);
    }
}

void ThresholdChart::paintGrid(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const QRectF area = plot();
    const QFontMetricsF metrics(painter.font());
    for (int percent = 0; percent <= 100; percent += 25) {
        const double y = std::round(area.bottom() - percent / 100.0 * area.height()) + 0.5;
        painter.setPen(theme.grid);
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        painter.setPen(theme.muted);
        painter.drawText(QRectF(0, y - metrics.height() / 2, area.left() - kGap, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter,
                         text::percent(percent / 100.0));
    }
    const double span = highest() - lowest();
    const double step = span > 0.6 ? 0.2 : span > 0.25 ? 0.1 : 0.05;
    for (double at = std::ceil(lowest() / step - 1e-9) * step; at <= highest() + 1e-9; at += step) {
        const QString words = likenessText(at);
        const double width = metrics.horizontalAdvance(words);
        painter.drawText(QPointF(xOf(at) - width / 2, height() - metrics.descent() - 1), words);
    }
}

void ThresholdChart::paintLines(QPainter &painter) const
{
    const QRectF area = plot();
    for (const Line &line : Line::all(Theme::of(this))) {
        QPainterPath path;
        for (const CacheThreshold &each : m_evaluation.thresholds) {
            const QPointF at(xOf(each.threshold),
                             area.bottom() - each.*line.figure * area.height());
            path.elementCount() == 0 ? path.moveTo(at) : path.lineTo(at);
        }
        painter.setPen(QPen(line.colour, line.width, line.style));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
    }
}

/// A tick for each: those right of the tried threshold would be hits, but for the vetoes.
void ThresholdChart::paintMisses(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const double top = plot().bottom() + 3;
    for (const double likeness : m_likenesses) {
        if (likeness >= lowest() && likeness <= highest()) {
            const double x = std::round(xOf(likeness)) + 0.5;
            painter.setPen(QPen(likeness >= m_tried ? theme.halfOpen : theme.muted, 1));
            painter.drawLine(QPointF(x, top), QPointF(x, top + kMissesHeight - 4));
        }
    }
}

void ThresholdChart::paintMark(QPainter &painter,
                               double threshold,
                               const QString &words,
                               bool tried) const
{
    if (threshold < lowest() || threshold > highest()) {
        return;
    }
    const Theme &theme = Theme::of(this);
    const QRectF area = plot();
    const QFontMetricsF metrics(painter.font());
    const double x = std::round(xOf(threshold)) + 0.5;
    painter.setPen(QPen(tried ? theme.accent : theme.muted, tried ? 2 : 1));
    painter.drawLine(QPointF(x, area.top() - metrics.height()), QPointF(x, area.bottom()));
    if (tried) { // what can be taken hold of
        painter.setBrush(theme.accent);
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(QPointF(x, area.bottom()), 5, 5);
    }
    // The one in force at the left of its line, the tried one at the right: they are often close.
    const double width = metrics.horizontalAdvance(words) + 2 * kHalfGap;
    double left = tried ? x : x - width;
    left = left + width > this->width() ? x - width : std::max(left, area.left());
    painter.setPen(tried ? theme.accent : theme.muted);
    painter.drawText(QRectF(left, area.top() - metrics.height() - 2, width, metrics.height()),
                     Qt::AlignCenter,
                     words);
}

void ThresholdChart::paintLegend(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const QFontMetricsF metrics(painter.font());
    constexpr double stroke = 20;
    double x = plot().left();
    double y = metrics.height() / 2 + 1;
    for (const Line &line : Line::all(theme)) {
        const double needed = stroke + kHalfGap + metrics.horizontalAdvance(line.name);
        if (x > plot().left() && x + needed > width()) {
            x = plot().left();
            y += metrics.height();
        }
        painter.setPen(QPen(line.colour, line.width, line.style));
        painter.drawLine(QPointF(x, y), QPointF(x + stroke, y));
        painter.setPen(theme.text);
        painter.drawText(QPointF(x + stroke + kHalfGap, y + metrics.ascent() / 2 - 1), line.name);
        x += needed + kWide;
    }
}

} // namespace signalbox::ui
