// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator chose to look at: one range for all pages, and the zone times are written in.
#pragma once

#include "ui/text/time_range.h"
#include "ui/text/zone.h"

#include <QObject>

namespace signalbox::ui {

/// Bounds: every range is within kShortestRangeMs and kLongestRangeMs, none ends in the future.
class ViewState : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] const TimeRange &range() const { return m_range; }
    /// Looks at the last \p spanMs; what reset() returns to.
    void setLive(qint64 spanMs);
    void setFixed(qint64 fromMs, qint64 toMs);
    void setRange(const TimeRange &range);
    /// Back to the last live range chosen.
    void reset() { setRange({.spanMs = m_liveSpanMs}); }
    /// By half a range to the past (\p direction -1) or the future (1); live again at the present.
    void shift(int direction, qint64 newestMs);
    /// Halves (\p in) or doubles the span: around its middle, or at its end when it is live.
    void zoom(bool in, qint64 newestMs);

    void setZone(text::Zone zone);

Q_SIGNALS:
    void rangeChanged();
    /// Every text with a time in it has to be made anew.
    void zoneChanged();

private:
    TimeRange m_range;
    qint64 m_liveSpanMs = m_range.spanMs;
};

} // namespace signalbox::ui
