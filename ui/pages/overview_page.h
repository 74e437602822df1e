// SPDX-License-Identifier: GPL-3.0-or-later
// The first screen: what goes through, what it costs, how fast it is, what is broken.
#pragma once

#include "ui/charts/crosshair.h"
#include "ui/models/minute_before.h"
#include "ui/pages/live_series.h"
#include "ui/pages/page.h"
#include "ui/state/view_state.h"

#include <memory>

class QAbstractItemModel;
class QGridLayout;
class QVBoxLayout;

namespace signalbox::ui {

class AttentionPanel;
class BreakerCountTile;
class BreakerDesk;
class EmptyPanel;
class FlowView;
class ListView;
class Segments;
class StatTile;
class TileGrid;
class TimeChart;

class OverviewPage : public Page
{
    Q_OBJECT

public:
    OverviewPage(ConsoleState &state,
                 ViewState &view,
                 BreakerDesk &desk,
                 QAbstractItemModel *requests,
                 QWidget *parent = nullptr);

    void refresh() override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildStats();
    void buildCharts();
    void connectParts();
    void buildLatest(QAbstractItemModel *requests);
    void assemble();
    void place();
    void refreshStats(const telemetry::Snapshot &snapshot);
    void refreshBreakers(const telemetry::Snapshot &snapshot);
    void refreshCharts(const telemetry::Snapshot &snapshot);
    void showEmpty(bool empty);
    void orderTabs();

    ViewState &m_view;
    Crosshair m_crosshair;
    MinuteBefore m_minuteBefore;
    QWidget *m_content;
    QGridLayout *m_stats = nullptr;
    QVBoxLayout *m_column = nullptr;
    Segments *m_latencyMeasure;
    StatTile *m_rate = nullptr;
    StatTile *m_failures = nullptr;
    StatTile *m_p95 = nullptr;
    StatTile *m_firstToken = nullptr;
    StatTile *m_cost = nullptr;
    BreakerCountTile *m_breakers = nullptr;
    AttentionPanel *m_attention;
    FlowView *m_flow;
    EmptyPanel *m_empty;
    QWidget *m_charts;
    QGridLayout *m_chartGrid = nullptr;
    TimeChart *m_costChart = nullptr;
    TimeChart *m_latencyChart = nullptr;
    TimeChart *m_rateChart = nullptr;
    TileGrid *m_grid;
    ListView *m_latestList = nullptr;
    QWidget *m_latest = nullptr;
    /// What the charts show now: they change once a second, snapshots more often.
    std::shared_ptr<const telemetry::Snapshot::SeriesSet> m_drawn;
    TimeRange m_drawnRange;
    std::size_t m_drawnMarkers = 0;
};

} // namespace signalbox::ui
