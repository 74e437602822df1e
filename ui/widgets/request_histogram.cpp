// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/request_histogram.h"

#include "ui/text/numbers.h"
#include "ui/text/range_text.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace signalbox::ui {

namespace {

constexpr int kBarsHeight = 44;

qint64 msOf(SystemTime time)
{
    return std::chrono::floor<Millis>(time.time_since_epoch()).count();
}

} // namespace

RequestHistogram::RequestHistogram(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("requests.histogram"));
    setAccessibleName(tr("Requests over time"));
    setFont(themeFont(TypeRole::Caption));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RequestHistogram::setBuckets(std::vector<HistogramBucket> buckets,
                                  SystemTime until,
                                  const QString &words)
{
    if (m_dragging) {
        return; // it must not move under the hand
    }
    if (buckets.size() != m_buckets.size()) {
        m_from.reset();
        m_at.reset();
    }
    m_buckets = std::move(buckets);
    m_until = until;
    m_words = words;
    update();
}

void RequestHistogram::clear()
{
    m_dragging = false;
    setBuckets({}, {}, {});
}

QSize RequestHistogram::sizeHint() const
{
    return {400, kBarsHeight + fontMetrics().height() + kHalfGap};
}

QSize RequestHistogram::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

QRectF RequestHistogram::plot() const
{
    return {1, 2, width() - 2.0, double(kBarsHeight)};
}

std::optional<int> RequestHistogram::bucketAt(double x) const
{
    if (m_buckets.empty()) {
        return std::nullopt;
    }
    const auto count = static_cast<int>(m_buckets.size());
    const double share = (x - plot().left()) / plot().width();
    return std::clamp(static_cast<int>(std::floor(share * count)), 0, count - 1);
}

qint64 RequestHistogram::endOf(int bucket) const
{
    const auto next = static_cast<std::size_t>(bucket) + 1;
    return next < m_buckets.size() ? msOf(m_buckets[next].start) : msOf(m_until);
}

QString RequestHistogram::wordsFor(int bucket) const
{
    const HistogramBucket &shown = m_buckets[static_cast<std::size_t>(bucket)];
    const qint64 begin = msOf(shown.start);
    const qint64 end = endOf(bucket);
    const QString when = rangeText({.spanMs = end - begin, .endMs = end});
    return shown.failed == 0
               ? tr("%1: %2 requests").arg(when, text::count(shown.requests))
               : tr("%1: %2 requests, %3 of them failed")
                     .arg(when, text::count(shown.requests), text::count(shown.failed));
}

bool RequestHistogram::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        if (const auto at = bucketAt(help->pos().x()); at) {
            QToolTip::showText(help->globalPos(), wordsFor(*at), this);
        }
        return true;
    }
    return QWidget::event(event);
}

void RequestHistogram::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const QRectF area = plot();
    painter.setPen(QPen(theme.grid, 1));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    const double width = m_buckets.empty() ? 1 : area.width() / double(m_buckets.size());
    if (m_at && m_from && hasFocus()) {
        const int left = std::min(*m_at, *m_from);
        const int right = std::max(*m_at, *m_from) + 1;
        painter.fillRect(QRectF(area.left() + left * width, 0, (right - left) * width, height()),
                         theme.accentSoft);
    }
    std::int64_t most = 1;
    for (const HistogramBucket &bucket : m_buckets) {
        most = std::max(most, bucket.requests);
    }
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        const HistogramBucket &bucket = m_buckets[i];
        const auto tall = [&](std::int64_t count) {
            return count == 0 ? 0.0 : std::max(1.0, area.height() * double(count) / double(most));
        };
        const double left = area.left() + double(i) * width;
        const double gap = width > 4 ? 1 : 0;
        const double all = tall(bucket.requests);
        const double bad = std::min(all, tall(bucket.failed));
        const QRectF bar(left, area.bottom() - all, width - gap, all);
        painter.fillRect(bar, theme.accent);
        const QRectF failed(left, area.bottom() - bad, width - gap, bad);
        painter.fillRect(failed, theme.card);
        painter.fillRect(failed, QBrush(theme.open, Qt::BDiagPattern));
        painter.fillRect(QRectF(left, area.bottom() - bad, width - gap, bad > 0 ? 1 : 0),
                         theme.open);
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    painter.setPen(theme.muted);
    const QRectF foot(area.left(), area.bottom() + 2, area.width(), fontMetrics().height());
    painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, m_words);
    if (!m_buckets.empty()) {
        painter.drawText(foot,
                         Qt::AlignRight | Qt::AlignVCenter,
                         tr("at most %1 in %2")
                             .arg(text::count(most),
                                  text::span(std::chrono::duration_cast<Micros>(
                                      Millis(endOf(0) - msOf(m_buckets.front().start))))));
    }
}

void RequestHistogram::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        m_from = m_at = bucketAt(event->position().x());
        m_dragging = m_from.has_value();
        update();
    }
}

void RequestHistogram::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging) {
        m_at = bucketAt(event->position().x());
        update();
    }
}

void RequestHistogram::mouseReleaseEvent(QMouseEvent *)
{
    if (std::exchange(m_dragging, false) && m_from != m_at) {
        choose();
    }
}

void RequestHistogram::keyPressEvent(QKeyEvent *event)
{
    const bool along = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Left:
        return walk(-1, along);
    case Qt::Key_Right:
        return walk(1, along);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return choose();
    case Qt::Key_Escape:
        if (m_from) {
            m_from.reset();
            m_at.reset();
            m_dragging = false;
            return update();
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void RequestHistogram::walk(int by, bool takingAlong)
{
    if (m_buckets.empty()) {
        return;
    }
    const auto last = static_cast<int>(m_buckets.size()) - 1;
    m_at = m_at ? std::clamp(*m_at + by, 0, last) : last;
    if (!takingAlong || !m_from) {
        m_from = m_at;
    }
    setAccessibleDescription(wordsFor(*m_at));
    setToolTip(wordsFor(*m_at));
    update();
}

void RequestHistogram::choose()
{
    if (!m_from || !m_at) {
        return;
    }
    const int first = std::min(*m_from, *m_at);
    const int last = std::max(*m_from, *m_at);
    m_from.reset();
    m_at.reset();
    Q_EMIT spanChosen(msOf(m_buckets[static_cast<std::size_t>(first)].start), endOf(last));
}

} // namespace signalbox::ui
