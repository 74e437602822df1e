// SPDX-License-Identifier: GPL-3.0-or-later
// A chart over time: the one component every screen draws its series with.
#pragma once

#include "ui/charts/chart_data.h"
#include "ui/charts/chart_export.h"
#include "ui/charts/crosshair.h"
#include "ui/charts/plot_frame.h"
#include "ui/charts/plot_overlay.h"
#include "ui/charts/plot_series.h"
#include "ui/widgets/card.h"

#include <cstdint>
#include <functional>

class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;

namespace signalbox::ui {

class ChartLegend;
class ChartTableView;
class PlotView;

/// How a legend's entries stand.
enum class LegendOrder : std::uint8_t {
    AsGiven,
    Name,
    Value ///< highest first
};

inline constexpr int kLegendOrderCount = 3;

/// Draws what it was given last, and nothing while it is not visible. The crosshair is shared by
/// the charts of a page; arrow keys move it, the accessible description tells what it points at.
/// A table of the same numbers can take the plot's place. Ranges and files are asked for by signals.
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
        BaseUnit unit = {}; ///< of a value in a file
    };

    TimeChart(Setup setup, Crosshair &crosshair, QWidget *parent = nullptr);

    [[nodiscard]] const QSet<QString> &hiddenSeries() const;
    /// The values at \p atMs of the series that are not hidden, highest first.
    [[nodiscard]] Reading reading(qint64 atMs) const;
    [[nodiscard]] PlotView *view() const { return m_view; }
    [[nodiscard]] int replaceCount() const { return m_series.replaceCount(); }
    [[nodiscard]] const PlotFrame &frame() const { return m_frame; }
    [[nodiscard]] ChartLegend *legend() const { return m_legend; }
    [[nodiscard]] ChartTableView *table() const { return m_table; }
    [[nodiscard]] const ChartData &data() const { return m_data; }
    [[nodiscard]] const BaseUnit &baseUnit() const { return m_setup.unit; }
    /// `Latency, by provider`
    [[nodiscard]] QString fullTitle() const;
    /// The range of what it shows, with its zone.
    [[nodiscard]] QString rangeTitle() const;
    /// What Tab stops at, in the order in which it is read; changes with the legend.
    [[nodiscard]] QList<QWidget *> tabStops() const;
    [[nodiscard]] bool isTableShown() const { return m_tableShown; }

    void setTableShown(bool shown);
    void setData(ChartData shown);
    void setTitle(const QString &title);
    /// Shades it and says why what it shows is old; empty: it is not.
    void setVeil(const QString &words);
    [[nodiscard]] const QString &veil() const { return m_veil; }
    [[nodiscard]] LegendOrder legendOrder() const { return m_legendOrder; }
    void setLegendOrder(LegendOrder order);
    void setHiddenSeries(const QSet<QString> &hidden);
    /// Puts \p widget at the right end of the title row.
    void addTitleWidget(QWidget *widget);
    /// Lets the value axis shrink at once: after a change of what is measured.
    void resetScale();

Q_SIGNALS:
    void hiddenSeriesChanged();
    void tabStopsChanged();
    /// A span was dragged over: the page's range should become it.
    void rangeAsked(qint64 fromMs, qint64 toMs);
    void rangeResetAsked();
    void shiftAsked(int direction);
    void zoomAsked(bool in);
    void exportAsked(signalbox::ui::ExportKind kind);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void buildMenu();
    void buildOrders(QMenu *menu);
    void connectParts();
    void drawTable();
    void draw();
    void drawSeries();
    void updateFrame();
    void updateOverlay();
    void updateLegend();
    void showCrosshair();
    void hover(double x);
    void step(int buckets);
    void stepSeries(int by);
    void chooseSpan(double fromX, double toX);
    [[nodiscard]] QString summary() const;
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
    QToolButton *m_more;
    QAction *m_asTable = nullptr;
    QList<QAction *> m_orders; ///< in the order of LegendOrder
    LegendOrder m_legendOrder = LegendOrder::AsGiven;
    QString m_veil;
    PlotView *m_view;
    ChartTableView *m_table;
    PlotOverlay *m_overlay;
    ChartLegend *m_legend;
    PlotSeries m_series;
    ChartData m_data;
    PlotFrame m_frame;
    ValueScale m_scale;
    std::vector<DrawnSeries> m_drawn;
    QString m_chosen; ///< the series that the arrow keys have moved to; empty: none
    bool m_tableShown = false;
};

} // namespace signalbox::ui
