// SPDX-License-Identifier: GPL-3.0-or-later
// The snapshot's time series as charts and tiles want them.
#pragma once

#include "ui/charts/chart_data.h"

#include "core/telemetry/snapshot.h"

#include <QList>

namespace signalbox::ui {

enum class LiveRange {
    FiveMinutes,
    FifteenMinutes,
    TwoHours,
    Day
};
enum class Measure {
    P50,
    P95,
    FirstToken,
    Rate,
    CostRate
};

/// One series per provider over the range that ends with the newest bucket. Rates are means over
/// a bucket or several: at most 180 points.
ChartData liveSeries(const telemetry::Snapshot &snapshot, LiveRange range, Measure measure);

/// The whole gateway over the last ten minutes, for a tile.
QList<double> totalHistory(const telemetry::Snapshot &snapshot, Measure measure);
/// The share of failures in the same buckets.
QList<double> failureHistory(const telemetry::Snapshot &snapshot);

/// `15 min`: as the range is called in choices and sentences.
QStringList liveRangeNames();

} // namespace signalbox::ui
