// SPDX-License-Identifier: GPL-3.0-or-later
// Many points as few, without losing a spike or a gap.
#pragma once

#include <QList>
#include <QPointF>

namespace signalbox::ui {

/// No more points than these go to one series of a chart.
inline constexpr int kPointsMax = 900;

/// The points as they are when there are at most \p most, or else first, lowest, highest and
/// last of each of \p most / 5 stretches of time, and one NaN after a stretch that has one.
/// Always at most \p most. \pre x rises, and most is at least 5
QList<QPointF> decimated(const QList<QPointF> &points, int most = kPointsMax);

/// Finite points with NaN (or nothing) on both sides: a line would not show them.
QList<QPointF> lonePoints(const QList<QPointF> &points);

} // namespace signalbox::ui
