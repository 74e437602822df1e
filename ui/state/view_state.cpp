// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/view_state.h"

#include <algorithm>

namespace signalbox::ui {

namespace {

qint64 bounded(qint64 spanMs)
{
    return std::clamp(spanMs, kShortestRangeMs, kLongestRangeMs);
}

} // namespace

void ViewState::setLive(qint64 spanMs)
{
    m_liveSpanMs = bounded(spanMs);
    setRange({.spanMs = m_liveSpanMs});
}

void ViewState::setFixed(qint64 fromMs, qint64 toMs)
{
    setRange({.spanMs = toMs - fromMs, .endMs = toMs});
}

void ViewState::setRange(const TimeRange &range)
{
    const TimeRange next{.spanMs = bounded(range.spanMs), .endMs = range.endMs};
    if (next == m_range) {
        return;
    }
    m_range = next;
    Q_EMIT rangeChanged();
}

void ViewState::shift(int direction, qint64 newestMs)
{
    const qint64 end = m_range.end(newestMs) + direction * (m_range.spanMs / 2);
    if (end >= newestMs) {
        return setRange({.spanMs = m_range.spanMs});
    }
    setRange({.spanMs = m_range.spanMs, .endMs = end});
}

void ViewState::zoom(bool in, qint64 newestMs)
{
    const qint64 span = bounded(in ? m_range.spanMs / 2 : m_range.spanMs * 2);
    if (m_range.isLive()) {
        return setLive(span);
    }
    const qint64 middle = m_range.end(newestMs) - m_range.spanMs / 2;
    const qint64 end = std::min(newestMs, middle + span / 2);
    setRange({.spanMs = span, .endMs = end});
}

void ViewState::setZone(text::Zone zone)
{
    if (zone == text::zone()) {
        return;
    }
    text::setZone(zone);
    Q_EMIT zoneChanged();
}

} // namespace signalbox::ui
