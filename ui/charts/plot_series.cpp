// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_series.h"

#include <QPen>
#include <QSignalBlocker>
#include <QtCharts/QAreaSeries>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>

#include <algorithm>

namespace signalbox::ui {

namespace {

/// From so many on a line is drawn one pixel wide: a wider one would be a band, and Qt strokes it
/// as a shape, which costs several times as much.
constexpr int kDensePoints = 200;

QValueAxis *bareAxis(QChart &chart, Qt::Alignment side)
{
    auto *axis = new QValueAxis(&chart);
    axis->setLabelsVisible(false);
    axis->setGridLineVisible(false);
    axis->setLineVisible(false);
    chart.addAxis(axis, side);
    return axis;
}

} // namespace

PlotSeries::PlotSeries(QChart &chart, PlotMode mode)
    : m_chart(chart)
    , m_time(bareAxis(chart, Qt::AlignBottom))
    , m_value(bareAxis(chart, Qt::AlignLeft))
    , m_mode(mode)
{
    chart.legend()->hide();
}

void PlotSeries::show(const std::vector<DrawnSeries> &drawn, const PlotFrame &frame)
{
    if (!fits(drawn)) {
        rebuild(drawn);
    }
    const auto from = static_cast<double>(frame.time.fromMs);
    const auto to = static_cast<double>(frame.time.toMs);
    const bool timeMoves = m_time->min() != from || m_time->max() != to;
    const bool valueMoves = m_value->min() != 0 || m_value->max() != frame.top;
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        paintIn(m_lines[i], drawn[i].colour);
        replace(m_lines[i].upper, drawn[i].upper, timeMoves || valueMoves);
        if (m_lines[i].lower != nullptr) {
            replace(m_lines[i].lower, drawn[i].lower, timeMoves || valueMoves);
        }
    }
    if (timeMoves) {
        m_time->setRange(from, to);
    }
    if (valueMoves) {
        m_value->setRange(0, frame.top);
    }
}

bool PlotSeries::fits(const std::vector<DrawnSeries> &drawn) const
{
    return std::equal(m_lines.begin(),
                      m_lines.end(),
                      drawn.begin(),
                      drawn.end(),
                      [](const Line &line, const DrawnSeries &series) {
                          return line.id == series.id;
                      });
}

void PlotSeries::rebuild(const std::vector<DrawnSeries> &drawn)
{
    m_chart.removeAllSeries();
    for (const Line &line : m_lines) {
        if (line.area != nullptr) {
            delete line.upper;
            delete line.lower;
        }
    }
    m_lines.clear();
    for (const DrawnSeries &series : drawn) {
        m_lines.push_back(makeLine(series.id));
    }
}

PlotSeries::Line PlotSeries::makeLine(const QString &id)
{
    Line line{.id = id, .upper = new QLineSeries(&m_chart)};
    QAbstractSeries *shown = line.upper;
    if (m_mode == PlotMode::Stacked) {
        line.lower = new QLineSeries(&m_chart);
        line.area = new QAreaSeries(line.upper, line.lower);
        shown = line.area;
    }
    m_chart.addSeries(shown);
    shown->attachAxis(m_time);
    shown->attachAxis(m_value);
    return line;
}

void PlotSeries::paintIn(const Line &line, const QColor &colour) const
{
    if (line.area == nullptr) {
        const bool dense = line.upper->count() > kDensePoints;
        QPen pen(colour, dense ? 1 : 1.5);
        pen.setCosmetic(true);
        if (line.upper->pen() != pen) {
            line.upper->setPen(pen);
        }
        return;
    }
    QColor fill = colour;
    fill.setAlphaF(0.72F);
    if (line.area->color() == fill) {
        return;
    }
    line.area->setPen(Qt::NoPen);
    line.area->setBrush(fill);
}

void PlotSeries::replace(QLineSeries *series, const QList<QPointF> &points, bool quietly)
{
    ++m_replaces;
    // A series without points ignores the new range, so it has to hear of its emptiness.
    const QSignalBlocker blocker(quietly && !points.isEmpty() ? series : nullptr);
    series->replace(points);
}

} // namespace signalbox::ui
