// SPDX-License-Identifier: GPL-3.0-or-later
// Charts as files.
#pragma once

#include "ui/charts/chart_table.h"

#include <QByteArray>
#include <QImage>

namespace signalbox::ui {

class TimeChart;

enum class ExportKind {
    Csv,
    Png,
    Svg
};

/// What one unit of a chart's values is, for files that know no labels.
struct BaseUnit
{
    QString name; ///< `s`, `usd_per_hour`
    double factor = 1; ///< of a chart's value to get there
};

/// RFC 4180 in UTF-8: a header, then a row per bucket. The same in every locale and zone: dots in
/// numbers, times in UTC with `Z`, nothing where there is no data. A cell that a spreadsheet would
/// take for a formula is led by an apostrophe (OWASP, "CSV Injection").
[[nodiscard]] QByteArray csvOf(const ChartGrid &grid, const BaseUnit &unit);

/// Title, range, plot and legend of a shown chart at twice its size, in the theme in force.
[[nodiscard]] QImage imageOf(TimeChart &chart);
[[nodiscard]] QByteArray svgOf(TimeChart &chart);

/// Writes \p chart to \p path, all or nothing. An error in a sentence; empty: it is written.
[[nodiscard]] QString exportTo(TimeChart &chart, ExportKind kind, const QString &path);
/// `csv`
[[nodiscard]] QString suffixOf(ExportKind kind);

} // namespace signalbox::ui
