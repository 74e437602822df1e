// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_view.h"

#include "ui/theme/accessible_role.h"
#include "ui/theme/theme.h"
#include "ui/widgets/tag_chip.h"

#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace signalbox::ui {

namespace {

constexpr double kShortestDrag = 6; ///< pixels; less is a click

} // namespace

PlotView::PlotView(QWidget *parent)
    : QChartView(parent)
{
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->setBackgroundVisible(false);
    chart()->setDropShadowEnabled(false);
    chart()->setMargins(QMargins());
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleRole(this, QAccessible::Chart);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void PlotView::setFrame(const PlotFrame &frame)
{
    if (frame.area != m_frame.area) {
        chart()->setPlotArea(frame.area);
    }
    m_frame = frame;
    resetCachedContent();
    viewport()->update();
}

QRectF PlotView::areaFor(const QStringList &labels) const
{
    const QFontMetricsF metrics(themeFont(TypeRole::Caption));
    double widest = 24;
    for (const QString &label : labels) {
        widest = std::max(widest, metrics.horizontalAdvance(label));
    }
    const double left = std::ceil(widest) + kGap;
    const double right = std::ceil(tagChipSize().width()) + kGap;
    const double top = std::ceil(metrics.height() / 2);
    const double bottom = std::ceil(metrics.height()) + kHalfGap;
    return QRectF(rect()).adjusted(left, top, -right, -bottom);
}

void PlotView::drawBackground(QPainter *painter, const QRectF &rect)
{
    const Theme &theme = Theme::of(this);
    painter->fillRect(rect, theme.card);
    if (!m_frame.label || !m_frame.area.isValid()) {
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setFont(themeFont(TypeRole::Caption));
    if (m_frame.emptyText.isEmpty()) {
        drawValueAxis(*painter);
        drawTimeAxis(*painter);
    } else {
        painter->setPen(theme.muted);
        painter->setFont(themeFont(TypeRole::Body));
        painter->drawText(m_frame.area, Qt::AlignCenter | Qt::TextWordWrap, m_frame.emptyText);
    }
    painter->restore();
}

void PlotView::drawValueAxis(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const double half = QFontMetricsF(painter.font()).height() / 2;
    const int steps = static_cast<int>(std::lround(m_frame.top / m_frame.valueStep));
    for (int i = 0; i <= steps; ++i) {
        const double value = i * m_frame.valueStep;
        const double y = std::round(m_frame.y(value));
        painter.setPen(i == 0 ? theme.borderStrong : theme.grid);
        painter.drawLine(QPointF(m_frame.area.left(), y), QPointF(m_frame.area.right(), y));
        painter.setPen(theme.muted);
        const QRectF box(0, y - half, m_frame.area.left() - kGap, 2 * half);
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, m_frame.label(value));
    }
}

void PlotView::drawTimeAxis(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const QFontMetricsF metrics(painter.font());
    for (const qint64 tick : m_frame.time.ticks) {
        const double x = std::round(m_frame.x(static_cast<double>(tick)));
        painter.setPen(theme.borderStrong);
        painter.drawLine(QPointF(x, m_frame.area.bottom()), QPointF(x, m_frame.area.bottom() + 3));
        const QString label = tickLabel(tick, m_frame.time.stepMs);
        const double width = metrics.horizontalAdvance(label) + 2;
        const double left = std::clamp(x - width / 2, 0.0, std::max(0.0, this->width() - width));
        painter.setPen(theme.muted);
        painter.drawText(QRectF(left, m_frame.area.bottom() + kHalfGap, width, metrics.height()),
                         Qt::AlignCenter,
                         label);
    }
}

void PlotView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_frame.emptyText.isEmpty()) {
        m_dragFrom = event->position().x();
    }
}

void PlotView::mouseReleaseEvent(QMouseEvent *event)
{
    const auto from = std::exchange(m_dragFrom, std::nullopt);
    if (event->button() != Qt::LeftButton || !from) {
        return;
    }
    Q_EMIT spanMarked(std::nullopt);
    const double to = event->position().x();
    if (std::abs(to - *from) >= kShortestDrag) {
        Q_EMIT spanChosen(std::min(*from, to), std::max(*from, to));
    }
}

void PlotView::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    if (m_dragFrom && std::abs(x - *m_dragFrom) >= kShortestDrag) {
        Q_EMIT spanMarked(std::pair(std::min(*m_dragFrom, x), std::max(*m_dragFrom, x)));
    }
    Q_EMIT hovered(x);
}

void PlotView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        Q_EMIT resetAsked();
    }
}

void PlotView::leaveEvent(QEvent *event)
{
    QChartView::leaveEvent(event);
    Q_EMIT left();
}

void PlotView::keyPressEvent(QKeyEvent *event)
{
    const int size = event->modifiers().testFlag(Qt::ShiftModifier) ? 10 : 1;
    switch (event->key()) {
    case Qt::Key_Left:
        return stepped(-size);
    case Qt::Key_Right:
        return stepped(size);
    case Qt::Key_Up:
        return seriesStepped(-1);
    case Qt::Key_Down:
        return seriesStepped(1);
    case Qt::Key_BracketLeft:
        return shiftAsked(-1);
    case Qt::Key_BracketRight:
        return shiftAsked(1);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomAsked(true);
    case Qt::Key_Minus:
        return zoomAsked(false);
    case Qt::Key_Escape:
        if (m_dragFrom) {
            m_dragFrom.reset();
            return spanMarked(std::nullopt);
        }
        return left();
    default:
        event->ignore();
    }
}

void PlotView::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // the page scrolls, not the chart
}

void PlotView::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    Q_EMIT resized();
}

void PlotView::paintEvent(QPaintEvent *event)
{
    ++m_paints;
    QChartView::paintEvent(event);
}

} // namespace signalbox::ui
