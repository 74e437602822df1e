// SPDX-License-Identifier: GPL-3.0-or-later
// What a chart draws of its data: hidden series left out, stacks summed, ends tagged.
#include "ui/charts/decimate.h"
#include "ui/charts/plot_view.h"
#include "ui/charts/time_chart.h"

#include <algorithm>
#include <cmath>

namespace signalbox::ui {

namespace {

constexpr int kBesidePlot = 130; ///< labels of the values, tags of the series
constexpr int kPointsLeast = 50;

} // namespace

std::vector<DrawnSeries> TimeChart::lineSeries() const
{
    // Two for each pixel of the plot, which is that much narrower than its view.
    const int most = std::clamp(2 * (m_view->width() - kBesidePlot), kPointsLeast, kPointsMax);
    std::vector<DrawnSeries> drawn;
    for (const ChartSeries &series : m_data.series) {
        const QList<QPointF> points = isShown(series) ? decimated(series.points, most)
                                                      : QList<QPointF>();
        drawn.push_back(
            DrawnSeries{.id = series.id, .colour = colourOf(series), .upper = points, .lower = {}});
    }
    return drawn;
}

std::vector<DrawnSeries> TimeChart::stackedSeries() const
{
    std::vector<DrawnSeries> drawn;
    QList<QPointF> floor;
    for (const ChartSeries &series : m_data.series) {
        DrawnSeries next{.id = series.id, .colour = colourOf(series), .upper = {}, .lower = {}};
        if (isShown(series)) {
            next.lower = floor.size() == series.points.size() ? floor : series.points;
            next.upper = series.points;
            for (qsizetype i = 0; i < next.upper.size(); ++i) {
                const double below = floor.size() == series.points.size() ? floor[i].y() : 0;
                const double own = series.points[i].y();
                next.lower[i].setY(below);
                next.upper[i].setY(below + (std::isnan(own) ? 0 : own));
            }
            floor = next.upper;
        }
        drawn.push_back(std::move(next));
    }
    return drawn;
}

std::vector<EndTag> TimeChart::endTags() const
{
    std::vector<EndTag> tags;
    for (std::size_t i = 0; i < m_data.series.size(); ++i) {
        const DrawnSeries &drawn = m_drawn[i];
        double value = drawn.upper.isEmpty() ? std::nan("") : drawn.upper.last().y();
        if (std::isnan(value)) {
            continue;
        }
        if (!drawn.lower.isEmpty()) {
            const double band = value - drawn.lower.last().y();
            if (band / m_frame.top * m_frame.area.height() < 3) {
                continue; // no band that a tag could name
            }
            value -= band / 2;
        }
        tags.push_back(
            EndTag{.tag = m_data.series[i].tag, .colour = drawn.colour, .y = m_frame.y(value)});
    }
    return tags;
}

} // namespace signalbox::ui
