// SPDX-License-Identifier: GPL-3.0-or-later
// What a chart's crosshair points at, as values and as a sentence.
#pragma once

#include "ui/charts/chart_data.h"
#include "ui/charts/plot_overlay.h"

#include <QColor>

#include <functional>
#include <vector>

namespace signalbox::ui {

struct ReadSeries
{
    const ChartSeries *series = nullptr;
    QColor colour;
};

/// The start of the bucket nearest to \p atMs, within the data.
qint64 nearestBucket(const ChartData &data, qint64 atMs);

/// Rows of the series that have a value in that bucket, highest first; a gap is never bridged.
Reading readingAt(qint64 atMs,
                  const ChartData &data,
                  const std::vector<ReadSeries> &series,
                  const std::function<QString(double)> &label);

/// `14:03:20: Anthropic 1.24 s, OpenAI 412 ms`; of a chosen series it alone.
QString readingText(const Reading &reading);

} // namespace signalbox::ui
