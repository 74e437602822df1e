// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers at the top of the overview, from a snapshot.
#pragma once

#include "ui/models/minute_before.h"
#include "ui/widgets/breaker_count_tile.h"
#include "ui/widgets/stat_tile.h"

#include "core/telemetry/snapshot.h"

namespace signalbox::ui {

Stat rateStat(const telemetry::Snapshot &snapshot, const MinuteChange &change);
Stat failureStat(const telemetry::Snapshot &snapshot, const MinuteChange &change);
Stat p95Stat(const telemetry::Snapshot &snapshot, const MinuteChange &change);
Stat firstTokenStat(const telemetry::Snapshot &snapshot, const MinuteChange &change);
Stat costStat(const telemetry::Snapshot &snapshot, const MinuteChange &change);
/// The states that occur, worst first; of an \p old snapshot nobody knows them any more.
std::vector<BreakerCountTile::Count> breakerCounts(const telemetry::Snapshot &snapshot, bool old);

/// Dollars per hour without the hour; `n/a` where no price is known.
QString costLabel(double usdPerHour);
/// A rate without its unit, for an axis.
QString plainRate(double perSecond);
/// Column widths of the request list, in characters.
QList<int> requestColumnWidths();

} // namespace signalbox::ui
