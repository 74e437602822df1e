// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/attempts_view.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/reasons.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace signalbox::ui {

namespace {

constexpr double kNameShare = 0.28; ///< of the width
constexpr double kTimeShare = 0.14;
constexpr double kBarHeight = 10;

} // namespace

AttemptsView::AttemptsView(QWidget *parent)
    : QWidget(parent)
{
    setFont(themeFont(TypeRole::Caption));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void AttemptsView::setRecord(const RequestRecord &record)
{
    m_attempts = record.attempts;
    m_total = std::max(Micros(1), record.total);
    for (const AttemptRecord &attempt : m_attempts) {
        m_total = std::max(m_total, attempt.startedAfter + attempt.total);
    }
    setAccessibleName(
        tr("Time line of %n attempt(s)", nullptr, static_cast<int>(m_attempts.size())));
    setVisible(!m_attempts.empty());
    updateGeometry();
    update();
}

int AttemptsView::rowHeight() const
{
    return fontMetrics().height() + kGap;
}

QSize AttemptsView::sizeHint() const
{
    return {320, static_cast<int>(m_attempts.size()) * rowHeight()};
}

void AttemptsView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF row(0, 0, width(), rowHeight());
    for (const AttemptRecord &attempt : m_attempts) {
        paintRow(painter, attempt, row);
        row.translate(0, row.height());
    }
}

void AttemptsView::paintRow(QPainter &painter,
                            const AttemptRecord &attempt,
                            const QRectF &row) const
{
    const Theme &theme = Theme::of(this);
    const double name = row.width() * kNameShare;
    const double time = row.width() * kTimeShare;
    const QRectF lane(name, row.top(), row.width() - name - time, row.height());
    const auto xOf = [&](Micros at) {
        const double share = static_cast<double>(at.count()) / static_cast<double>(m_total.count());
        return lane.left() + lane.width() * std::clamp(share, 0.0, 1.0);
    };
    const bool success = attempt.outcome == OutcomeClass::Success;
    const QColor ink = success ? theme.closed : theme.open;
    const double middle = lane.center().y();

    painter.setPen(theme.text);
    const QRectF label(row.left(), row.top(), name - kGap, row.height());
    painter.drawText(label,
                     Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(text::fromUtf8(attempt.target.name()),
                                              Qt::ElideMiddle,
                                              static_cast<int>(label.width())));
    painter.setPen(QPen(theme.grid, 1));
    painter.drawLine(QPointF(lane.left(), middle), QPointF(lane.right(), middle));
    painter.setPen(QPen(theme.muted, 1, Qt::DotLine));
    painter.drawLine(QPointF(xOf(attempt.startedAfter - attempt.backoffBefore), middle),
                     QPointF(xOf(attempt.startedAfter), middle));

    const double left = xOf(attempt.startedAfter);
    const double right = std::max(left + 2, xOf(attempt.startedAfter + attempt.total));
    const QRectF bar(left, middle - kBarHeight / 2, right - left, kBarHeight);
    painter.setPen(QPen(ink, 1));
    painter.setBrush(success ? QBrush(ink) : QBrush(ink, Qt::BDiagPattern));
    painter.drawRoundedRect(bar, 2, 2);
    if (attempt.firstToken) {
        const double first = xOf(attempt.startedAfter + *attempt.firstToken);
        painter.setPen(QPen(theme.text, 2));
        painter.drawLine(QPointF(first, bar.top() - 3), QPointF(first, bar.bottom() + 3));
    }
    painter.setPen(theme.muted);
    painter.drawText(QRectF(lane.right() + kHalfGap, row.top(), time - kHalfGap, row.height()),
                     Qt::AlignRight | Qt::AlignVCenter,
                     text::latency(attempt.total));
}

} // namespace signalbox::ui
