// SPDX-License-Identifier: GPL-3.0-or-later
// A chart over time: the one component every screen draws its series with.
#pragma once

#include "ui/charts/chart_data.h"
#include "ui/charts/crosshair.h"
#include "ui/charts/plot_frame.h"
#include "ui/charts/plot_overlay.h"
#include "ui/charts/plot_series.h"
#include "ui/widgets/card.h"

#include <QPointer>

#include <functional>

class QHBoxLayout;
class QLabel;

namespace signalbox::ui {

class ChartLegend;
class PlotView;

/// Draws what it was given last, and nothing while it is not visible. The crosshair is shared by
/// the charts of a page; arrow keys move it, the accessible description tells what it points at.
class TimeChart : public Card
{
    Q_OBJECT

public:
    struct Setup
    {
        QString name; ///< object name: `chart.latency`
        QString title;
        QString subtitle = {};
        QString emptyText;
        PlotMode mode = PlotMode::Lines;
        std::function<QString(double)> label; ///< writes a value
    };

    TimeChart(Setup setup, Crosshair &crosshair, QWidget *parent = nullptr);

    [[nodiscard]] const QSet<QString> &hiddenSeries() const;
    /// The values at \p atMs of the series that are not hidden, highest first.
    [[nodiscard]] Reading reading(qint64 atMs) const;
    [[nodiscard]] PlotView *view() const { return m_view; }
    [[nodiscard]] int replaceCount() const { return m_series.replaceCount(); }
    [[nodiscard]] const PlotFrame &frame() const { return m_frame; }

    void setData(ChartData shown);
    void setTitle(const QString &title);
    void setHiddenSeries(const QSet<QString> &hidden);
    /// Puts \p widget at the right end of the title row.
    void addTitleWidget(QWidget *widget);
    /// Lets the value axis shrink at once: after a change of what is measured.
    void resetScale();

Q_SIGNALS:
    void hiddenSeriesChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void connectParts();
    void draw();
    void drawSeries();
    void updateFrame();
    void updateOverlay();
    void updateLegend();
    void showCrosshair();
    void hover(double x);
    void step(int buckets);
    void announce(const Reading &reading);
    [[nodiscard]] bool isShown(const ChartSeries &series) const;
    [[nodiscard]] QColor colourOf(const ChartSeries &series) const;
    [[nodiscard]] double highest() const;
    [[nodiscard]] std::vector<DrawnSeries> stackedSeries() const;
    [[nodiscard]] std::vector<DrawnSeries> lineSeries() const;
    [[nodiscard]] std::vector<EndTag> endTags() const;

    Setup m_setup;
    Crosshair &m_crosshair;
    QLabel *m_title;
    QLabel *m_subtitle;
    QHBoxLayout *m_titleRow = nullptr;
    PlotView *m_view;
    PlotOverlay *m_overlay;
    ChartLegend *m_legend;
    PlotSeries m_series;
    ChartData m_data;
    PlotFrame m_frame;
    ValueScale m_scale;
    std::vector<DrawnSeries> m_drawn;
};

} // namespace signalbox::ui
