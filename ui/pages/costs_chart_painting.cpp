// SPDX-License-Identifier: GPL-3.0-or-later
// How the costs' chart is drawn.
#include "ui/pages/costs_chart.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace signalbox::ui {

namespace {

double usdOf(Money amount)
{
    return static_cast<double>(amount.nanos()) / 1e9;
}

} // namespace

void CostsChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Axis axis = this->axis();
    paintGrid(painter, axis);
    paintDays(painter, axis);
    if (m_view.budget && !m_view.cumulative) {
        paintBudget(painter, axis);
    }
    if (hasFocus()) {
        painter.setPen(QPen(Theme::of(this).accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void CostsChart::paintGrid(QPainter &painter, const Axis &axis) const
{
    const Theme &theme = Theme::of(this);
    for (const double tick : axis.ticks) {
        const double y = std::round(yOf(axis, tick)) + 0.5;
        painter.setPen(QPen(theme.grid, 1));
        painter.drawLine(QPointF(axis.area.left(), y), QPointF(axis.area.right(), y));
        painter.setPen(theme.muted);
        const QRectF label(0,
                           y - fontMetrics().height() / 2.0,
                           axis.area.left() - kHalfGap,
                           fontMetrics().height());
        painter.drawText(label, Qt::AlignRight | Qt::AlignVCenter, text::money(tick));
    }
    const QRectF foot(axis.area.left(),
                      height() - fontMetrics().height(),
                      axis.area.width(),
                      fontMetrics().height());
    painter.drawText(foot, Qt::AlignHCenter | Qt::AlignVCenter, m_view.axis);
}

void CostsChart::paintDays(QPainter &painter, const Axis &axis) const
{
    const Theme &theme = Theme::of(this);
    const auto count = static_cast<int>(m_view.sheet.days.size());
    if (count == 0) {
        return;
    }
    const double pitch = axis.area.width() / count;
    const int line = fontMetrics().height();
    const int room = fontMetrics().horizontalAdvance(QStringLiteral("22 Nov")) + kGap;
    const int every = std::max(1, static_cast<int>(std::ceil(room / pitch)));
    for (int day = 0; day < count; ++day) {
        const double left = axis.area.left() + day * pitch;
        if (m_at == day && hasFocus()) {
            painter.fillRect(QRectF(left, axis.area.top(), pitch, axis.area.height() + line),
                             theme.accentSoft);
        }
        const double gap = pitch > 6 ? std::min(kGap * 1.0, pitch * 0.2) : 0;
        paintBar(painter,
                 axis,
                 day,
                 QRectF(left + gap / 2, axis.area.top(), pitch - gap, axis.area.height()));
        if ((count - 1 - day) % every == 0) {
            const QDate date = m_view.sheet.days[static_cast<std::size_t>(day)].date;
            const QString words = date == m_view.today
                                      ? tr("today")
                                      : QLocale().toString(date, QStringLiteral("d MMM"));
            const double wide = fontMetrics().horizontalAdvance(words);
            const double middle = std::clamp(left + pitch / 2,
                                             axis.area.left() + wide / 2,
                                             axis.area.right() - wide / 2);
            painter.setPen(theme.muted);
            painter.drawText(QRectF(middle - wide / 2 - 1, axis.area.bottom() + 2, wide + 2, line),
                             Qt::AlignCenter,
                             words);
        }
    }
}

void CostsChart::paintBar(QPainter &painter, const Axis &axis, int day, const QRectF &slot) const
{
    const Theme &theme = Theme::of(this);
    const bool open = m_view.sheet.days[static_cast<std::size_t>(day)].date == m_view.today;
    const auto fill = [&](double from, double to, const QColor &colour) {
        const double top = yOf(axis, to);
        const QRectF piece(slot.left(), top, slot.width(), yOf(axis, from) - top);
        if (!open) {
            return painter.fillRect(piece, colour);
        }
        QColor pale = colour;
        pale.setAlphaF(0.25F);
        painter.fillRect(piece, pale);
        painter.fillRect(piece, QBrush(colour, Qt::BDiagPattern));
    };
    const auto stack = stackOf(day);
    double sum = 0;
    for (std::size_t i = 0; i < stack.size(); ++i) {
        const double next = sum + usdOf(stack[i]);
        if (!m_view.logarithmic && next > sum) {
            fill(sum, next, m_view.colours[i]);
        }
        sum = next;
    }
    if (m_view.logarithmic && sum > 0) {
        fill(axis.bottom, sum, theme.accent);
    }
}

void CostsChart::paintBudget(QPainter &painter, const Axis &axis) const
{
    const Theme &theme = Theme::of(this);
    const double y = std::round(yOf(axis, usdOf(*m_view.budget))) + 0.5;
    painter.setPen(QPen(theme.text, 1, Qt::DashLine));
    painter.drawLine(QPointF(axis.area.left(), y), QPointF(axis.area.right(), y));
    const QString words = tr("budget %1 a day").arg(text::money(*m_view.budget));
    const double wide = fontMetrics().horizontalAdvance(words) + kHalfGap;
    const QRectF label(axis.area.left() + 2,
                       y - fontMetrics().height() - 1,
                       wide,
                       fontMetrics().height());
    painter.fillRect(label, theme.card);
    painter.setPen(theme.text);
    painter.drawText(label, Qt::AlignCenter, words);
}

} // namespace signalbox::ui
