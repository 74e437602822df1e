// SPDX-License-Identifier: GPL-3.0-or-later
// The snapshot's time series as charts and tiles want them.
#pragma once

#include "ui/charts/chart_data.h"
#include "ui/console_state.h"
#include "ui/text/time_range.h"

#include "core/telemetry/snapshot.h"

#include <QList>

#include <memory>
#include <vector>

namespace signalbox::ui {

enum class Measure {
    P50,
    P95,
    FirstToken,
    Rate,
    CostRate
};

/// The end of the newest bucket, in ms since the epoch.
qint64 newestMs(const telemetry::Snapshot &snapshot);
/// How far back the gateway remembers, in ms: ranges beyond are not worth offering.
qint64 retentionMs(const telemetry::Snapshot &snapshot);

/// The buckets that show \p range best: fine enough to see something, and reaching back to its
/// beginning. Null while there are none.
std::shared_ptr<const telemetry::Snapshot::SeriesSet> seriesSetFor(
    const telemetry::Snapshot &snapshot, const TimeRange &range);

/// One series per provider over \p range. Rates are means over a bucket or several: at most 180
/// points. Breakers' changes and the \p applied configurations in the range are its markers.
ChartData liveSeries(const telemetry::Snapshot &snapshot,
                     const TimeRange &range,
                     Measure measure,
                     const std::vector<AppliedConfiguration> &applied = {});

/// The whole gateway over the last ten minutes, for a tile.
QList<double> totalHistory(const telemetry::Snapshot &snapshot, Measure measure);
/// The share of failures in the same buckets.
QList<double> failureHistory(const telemetry::Snapshot &snapshot);

} // namespace signalbox::ui
