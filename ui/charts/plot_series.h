// SPDX-License-Identifier: GPL-3.0-or-later
// The Qt Charts series of one plot: made once, then fed by replacing their points.
#pragma once

#include "ui/charts/chart_data.h"
#include "ui/charts/plot_frame.h"

#include <QColor>

#include <vector>

class QAreaSeries;
class QChart;
class QLineSeries;
class QValueAxis;

namespace signalbox::ui {

enum class PlotMode {
    Lines,
    Stacked
};

/// What is drawn of one series after hiding, stacking and decimation.
struct DrawnSeries
{
    QString id;
    QColor colour;
    QList<QPointF> upper;
    QList<QPointF> lower; ///< stacked only
};

class PlotSeries
{
public:
    PlotSeries(QChart &chart, PlotMode mode);

    /// Puts points and range on the chart with one rebuild of its geometry: while the range
    /// changes, the points go in with their signals blocked.
    void show(const std::vector<DrawnSeries> &drawn, const PlotFrame &frame);
    [[nodiscard]] int replaceCount() const { return m_replaces; }

private:
    struct Line
    {
        QString id;
        QLineSeries *upper = nullptr;
        QLineSeries *lower = nullptr;
        QAreaSeries *area = nullptr;
    };

    [[nodiscard]] bool fits(const std::vector<DrawnSeries> &drawn) const;
    void rebuild(const std::vector<DrawnSeries> &drawn);
    Line makeLine(const QString &id);
    void paintIn(const Line &line, const QColor &colour) const;
    void replace(QLineSeries *series, const QList<QPointF> &points, bool quietly);

    QChart &m_chart;
    QValueAxis *m_time;
    QValueAxis *m_value;
    PlotMode m_mode;
    std::vector<Line> m_lines;
    int m_replaces = 0;
};

} // namespace signalbox::ui
