// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/playground_text.h"
#include "ui/models/timeline_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/run_timeline.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr double kLeftEdge = 4;
constexpr double kRightEdge = 60; ///< for the dearest
constexpr int kBarWidth = 3;
constexpr int kTicks = 5;
constexpr int kCostSteps = 120; ///< points of a line

/// Columns differ by their letters and by how their lines are broken, not by colour.
Qt::PenStyle lineOf(int column)
{
    constexpr std::array<Qt::PenStyle, 4> styles{Qt::SolidLine,
                                                 Qt::DashLine,
                                                 Qt::DotLine,
                                                 Qt::DashDotLine};
    return styles[static_cast<std::size_t>(column) % styles.size()];
}

} // namespace

void RunTimeline::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintHead(painter);
    for (int column = 0; column < static_cast<int>(m_runs.size()); ++column) {
        paintLane(painter, column);
        paintStalls(painter, column);
    }
    paintCosts(painter);
    paintAxis(painter);
    if (m_at) {
        painter.setPen(QPen(theme.text, 1, m_held ? Qt::SolidLine : Qt::DashLine));
        const double x = std::round(xOf(*m_at)) + 0.5;
        painter.drawLine(QPointF(x, lane(0).top()), QPointF(x, costs().bottom()));
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
}

void RunTimeline::paintHead(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const QRectF head(kLeftEdge, 0, width() - 2.0 * kLeftEdge, fontMetrics().height() + 2);
    painter.setPen(m_at ? theme.text : theme.muted);
    const QString said = m_at ? words()
                              : tr("Timeline: point at a moment, or use the arrow keys, and the "
                                   "columns show what was there then");
    painter.drawText(head,
                     Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(said,
                                              Qt::ElideRight,
                                              static_cast<int>(head.width())));
}

void RunTimeline::paintLane(QPainter &painter, int column) const
{
    const Theme &theme = Theme::of(this);
    const QRectF area = lane(column);
    const PlaygroundRun &run = m_runs[static_cast<std::size_t>(column)];
    const double floor = area.bottom() - 2;
    painter.setPen(theme.text);
    painter.drawText(QRectF(kLeftEdge, area.top(), area.left() - kLeftEdge, area.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     columnLetter(column));
    painter.setPen(QPen(theme.grid, 1));
    painter.drawLine(QPointF(area.left(), floor), QPointF(area.right(), floor));
    const QColor colour = theme.accent;
    const double first = run.track().isEmpty() ? endMsOf(run) : run.track().points().first().ms;
    painter.setPen(QPen(theme.muted, 1, Qt::DotLine)); // nothing yet
    painter.drawLine(QPointF(area.left(), floor - 4), QPointF(xOf(first), floor - 4));
    const int bins = std::max(1, static_cast<int>(area.width()) / kBarWidth);
    const std::vector<int> density = run.track().density(m_endMs, bins);
    const int most = density.empty() ? 0 : std::max(1, *std::ranges::max_element(density));
    const double width = area.width() / bins;
    for (std::size_t bin = 0; bin < density.size(); ++bin) {
        const double tall = density[bin] == 0
                                ? 0
                                : std::max(2.0, (area.height() - 5) * density[bin] / most);
        painter.fillRect(QRectF(area.left() + double(bin) * width, floor - tall, width - 0.6, tall),
                         colour);
    }
    if (!run.track().isEmpty()) {
        painter.setPen(QPen(colour, 2));
        painter.drawLine(QPointF(xOf(first), area.top() + 1), QPointF(xOf(first), floor));
    }
    if (!run.isRunning() && run.state() != PlaygroundRun::State::Idle) {
        painter.setPen(QPen(theme.text, 1.5));
        painter.drawLine(QPointF(xOf(endMsOf(run)), floor - 8), QPointF(xOf(endMsOf(run)), floor));
    }
}

void RunTimeline::paintStalls(QPainter &painter, int column) const
{
    const Theme &theme = Theme::of(this);
    const QRectF area = lane(column);
    for (const TrackStall &stall : m_runs[static_cast<std::size_t>(column)].track().stalls()) {
        const QRectF silence(xOf(stall.fromMs),
                             area.top() + 4,
                             std::max(3.0, xOf(stall.toMs) - xOf(stall.fromMs)),
                             area.height() - 7);
        painter.fillRect(silence, theme.halfOpenSoft);
        painter.fillRect(silence, QBrush(theme.halfOpen, Qt::BDiagPattern));
        const QString words = tr("stall %1").arg(text::latency(stall.toMs - stall.fromMs));
        if (fontMetrics().horizontalAdvance(words) + 8 < silence.width()) {
            const QRectF label(silence.center().x() - fontMetrics().horizontalAdvance(words) / 2.0
                                   - 3,
                               silence.top(),
                               fontMetrics().horizontalAdvance(words) + 6,
                               silence.height());
            painter.fillRect(label, theme.card);
            painter.setPen(theme.text);
            painter.drawText(label, Qt::AlignCenter, words);
        }
    }
}

/// All against the dearest. Where only the end is known there is a point, and no line.
void RunTimeline::paintCosts(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const QRectF area = costs();
    painter.setPen(QPen(theme.grid, 1));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.setPen(theme.muted);
    painter.drawText(QRectF(kLeftEdge, area.top(), area.left() - kLeftEdge, area.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     u"$"_s);
    std::int64_t dearest = 0;
    for (const PlaygroundRun &run : m_runs) {
        const auto cost = costAt(run, m_endMs);
        dearest = std::max(dearest, cost ? cost->amount->nanos() : 0);
    }
    if (dearest == 0) {
        painter.drawText(area, Qt::AlignCenter, tr("What it cost is known when the log has it"));
        return;
    }
    painter.drawText(QRectF(area.right() + 4, area.top() - 4, kRightEdge, 16),
                     Qt::AlignLeft | Qt::AlignTop,
                     text::money(Money::fromNanos(dearest)));
    for (int column = 0; column < static_cast<int>(m_runs.size()); ++column) {
        const PlaygroundRun &run = m_runs[static_cast<std::size_t>(column)];
        const auto last = costAt(run, m_endMs);
        if (!last) {
            continue;
        }
        const auto yOf = [&](Money spent) {
            return area.bottom() - (area.height() - 6) * double(spent.nanos()) / double(dearest);
        };
        const double end = endMsOf(run);
        QPolygonF line;
        for (int i = 0; i <= kCostSteps; ++i) {
            const double ms = end * i / kCostSteps;
            if (const auto spent = costAt(run, ms); spent) {
                line << QPointF(xOf(ms), yOf(*spent->amount));
            }
        }
        painter.setPen(QPen(theme.accent, 1.5, lineOf(column)));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(line);
        const QPointF tip(xOf(end), yOf(*last->amount));
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.accent);
        painter.drawEllipse(tip, 2.5, 2.5);
        painter.setPen(theme.text);
        painter.drawText(tip + QPointF(5, 4), columnLetter(column));
    }
}

void RunTimeline::paintAxis(QPainter &painter) const
{
    const QRectF foot(0, costs().bottom() + 1, width(), fontMetrics().height());
    painter.setPen(Theme::of(this).muted);
    for (int tick = 0; tick <= kTicks; ++tick) {
        const double ms = m_endMs * tick / kTicks;
        const QString words = tick == 0 ? u"0"_s : text::latency(ms);
        const double wide = fontMetrics().horizontalAdvance(words);
        painter.drawText(QPointF(xOf(ms) - (tick == 0 ? 0 : wide / 2), foot.bottom() - 2), words);
    }
}

} // namespace signalbox::ui
