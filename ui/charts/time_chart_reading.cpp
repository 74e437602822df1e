// SPDX-License-Identifier: GPL-3.0-or-later
// What a chart tells of its values: by pointer, by keys, aloud.
#include "ui/charts/chart_legend.h"
#include "ui/charts/plot_view.h"
#include "ui/charts/reading.h"
#include "ui/charts/time_chart.h"

#include <QAccessible>

#include <algorithm>

namespace signalbox::ui {

Reading TimeChart::reading(qint64 atMs) const
{
    std::vector<ReadSeries> shown;
    for (const ChartSeries &series : m_data.series) {
        if (isShown(series)) {
            shown.push_back(ReadSeries{.series = &series, .colour = colourOf(series)});
        }
    }
    Reading result = readingAt(atMs, m_data, shown, m_setup.label);
    for (ReadingRow &row : result.rows) {
        row.chosen = row.id == m_chosen;
    }
    return result;
}

void TimeChart::showCrosshair()
{
    if (!isVisible() || m_tableShown) {
        return;
    }
    if (!m_crosshair.at()) {
        m_view->setAccessibleDescription(summary());
    }
    if (!m_crosshair.at() || !m_crosshair.isMovedBy(this)) {
        return m_overlay->setCrosshair(m_crosshair.at(), nullptr);
    }
    const Reading now = reading(*m_crosshair.at());
    m_overlay->setCrosshair(m_crosshair.at(), &now);
    announce(now);
}

void TimeChart::announce(const Reading &reading)
{
    const QString text = readingText(reading);
    if (text == m_view->accessibleDescription()) {
        return;
    }
    m_view->setAccessibleDescription(text);
    if (m_view->hasFocus()) {
        QAccessibleEvent event(m_view, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&event);
    }
}

void TimeChart::hover(double x)
{
    if (x < m_frame.area.left() || x > m_frame.area.right() || !m_frame.emptyText.isEmpty()) {
        return m_crosshair.moveTo({}, this);
    }
    m_crosshair.moveTo(nearestBucket(m_data, static_cast<qint64>(m_frame.ms(x))), this);
}

void TimeChart::step(int buckets)
{
    if (!m_frame.emptyText.isEmpty()) {
        return;
    }
    // The end lies inside the newest bucket: one step from it might only be to that bucket's start.
    const qint64 from = m_crosshair.at().value_or(nearestBucket(m_data, m_data.toMs));
    m_crosshair.moveTo(nearestBucket(m_data, from + buckets * m_data.bucketMs), this);
}

void TimeChart::stepSeries(int by)
{
    if (!m_frame.emptyText.isEmpty()) {
        return;
    }
    const qint64 at = m_crosshair.at().value_or(nearestBucket(m_data, m_data.toMs));
    const Reading now = reading(at);
    const auto count = static_cast<int>(now.rows.size());
    int row = by > 0 ? -1 : count;
    for (int i = 0; i < count; ++i) {
        row = now.rows[static_cast<std::size_t>(i)].chosen ? i : row;
    }
    row += by;
    const bool inside = row >= 0 && row < count;
    m_chosen = inside ? now.rows[static_cast<std::size_t>(row)].id : QString();
    m_crosshair.moveTo(at, this);
    showCrosshair();
}

void TimeChart::chooseSpan(double fromX, double toX)
{
    const auto inside = [this](double x) {
        return std::clamp(x, m_frame.area.left(), m_frame.area.right());
    };
    const auto from = static_cast<qint64>(m_frame.ms(inside(fromX)));
    const auto to = std::min(m_data.toMs, static_cast<qint64>(m_frame.ms(inside(toX))));
    if (from < to) {
        Q_EMIT rangeAsked(from, to);
    }
}

/// What a chart says of itself while nothing is pointed at: the present values.
QString TimeChart::summary() const
{
    if (!m_frame.emptyText.isEmpty() || m_data.series.empty()) {
        return m_frame.emptyText;
    }
    return readingText(reading(nearestBucket(m_data, m_data.toMs)));
}

} // namespace signalbox::ui
