// SPDX-License-Identifier: GPL-3.0-or-later
// How the things that happened at one instant are marked on a plot.
#pragma once

#include "ui/charts/chart_data.h"
#include "ui/charts/plot_frame.h"

#include <vector>

class QPainter;

namespace signalbox::ui {

struct Theme;

/// The breaker's new state as its glyph, or a flag, in the largest square of \p where.
void paintMarkerSign(QPainter &painter,
                     const QRectF &where,
                     const ChartMarker &marker,
                     const Theme &theme);

/// A line for each marker and its sign on top; where signs would overlap the later one stands.
void paintMarkers(QPainter &painter,
                  const std::vector<ChartMarker> &markers,
                  const PlotFrame &frame,
                  const Theme &theme);

} // namespace signalbox::ui
