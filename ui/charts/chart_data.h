// SPDX-License-Identifier: GPL-3.0-or-later
// What a chart shows, as values.
#pragma once

#include "ui/theme/state_glyph.h"

#include <QList>
#include <QPointF>
#include <QString>

#include <vector>

namespace signalbox::ui {

struct ChartSeries
{
    QString id; ///< unique in the chart, kept over updates
    QString tag; ///< two letters at the line's end
    QString name;
    QString kind; ///< names the colour, see Theme::provider
    int ordinal = 0;
    QString unknown = {}; ///< why there is no value at all, in the legend's place of one: `n/a`
    QList<QPointF> points = {}; ///< x: start of the bucket in ms since the epoch; y NaN: no data
};

/// Something that happened at one instant: a breaker's change, a configuration applied.
struct ChartMarker
{
    qint64 atMs = 0;
    QString text;
    StateGlyph glyph = {GlyphShape::Open, false}; ///< what the breaker became
    bool isFlag = false; ///< no breaker: a flag stands there
};

struct ChartData
{
    qint64 fromMs = 0;
    qint64 toMs = 0;
    qint64 bucketMs = 1000;
    std::vector<ChartSeries> series = {};
    std::vector<ChartMarker> markers = {};
};

} // namespace signalbox::ui
