// SPDX-License-Identifier: GPL-3.0-or-later
// The choices of time ranges, and ranges in words.
#pragma once

#include "ui/text/time_range.h"

#include <QList>
#include <QString>

namespace signalbox::ui {

/// The spans offered, shortest first, in ms.
[[nodiscard]] const QList<qint64> &presetSpans();

/// `15 min`, `6 h`, `7 d`; a span that is no round number of them: `1 h 12 min`.
[[nodiscard]] QString spanText(qint64 spanMs);
/// `Last 15 min`, or `14:03:20 – 14:05:10`, with the days when it is on more than one.
[[nodiscard]] QString rangeText(const TimeRange &range);
/// The same with both days and the zone, for a file: `2026-03-14 14:03:20 – 2026-03-14 14:05:10 UTC`.
[[nodiscard]] QString fullRangeText(qint64 fromMs, qint64 toMs);

} // namespace signalbox::ui
