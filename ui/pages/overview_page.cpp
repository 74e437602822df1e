// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview_page.h"

#include "ui/charts/plot_view.h"
#include "ui/charts/time_chart.h"
#include "ui/models/attention.h"
#include "ui/models/target_summary.h"
#include "ui/pages/breaker_desk.h"
#include "ui/pages/overview_stats.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/attention_panel.h"
#include "ui/widgets/breaker_count_tile.h"
#include "ui/widgets/empty_panel.h"
#include "ui/widgets/flow_view.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/section.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/stat_tile.h"
#include "ui/widgets/tile_grid.h"

#include <QGridLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kChartHeight = 236;
constexpr int kThreeChartsFrom = 1380;
constexpr int kTwoChartsFrom = 800;
constexpr int kSixTilesFrom = 940;
constexpr int kLatestRows = 12;

} // namespace

OverviewPage::OverviewPage(ConsoleState &state,
                           ViewState &view,
                           BreakerDesk &desk,
                           QAbstractItemModel *requests,
                           QWidget *parent)
    : Page(state, tr("Overview"), parent)
    , m_view(view)
    , m_content(new QWidget)
    , m_latencyMeasure(new Segments(tr("Latency"), {tr("p50"), tr("p95"), tr("First token")}, this))
    , m_attention(new AttentionPanel(m_content))
    , m_flow(new FlowView(m_content))
    , m_empty(new EmptyPanel(m_content))
    , m_charts(new QWidget(m_content))
    , m_grid(new TileGrid(BreakerTile::Size::Compact, m_content))
{
    setObjectName(u"overview"_s);
    m_latencyMeasure->setCurrent(1);
    buildStats();
    buildCharts();
    buildLatest(requests);
    desk.serve(m_grid);
    assemble();
    connectParts();
}

void OverviewPage::connectParts()
{
    connect(&m_state, &ConsoleState::changed, this, [this] { // while another page is shown, too
        m_minuteBefore.take(*m_state.snapshot());
    });
    const auto rescale = [this] {
        for (TimeChart *chart : {m_costChart, m_latencyChart, m_rateChart}) {
            chart->resetScale();
        }
    };
    connect(&m_view, &ViewState::rangeChanged, this, rescale);
    connect(m_latencyMeasure, &Segments::currentChanged, this, [this, rescale] {
        m_drawn = nullptr;
        rescale();
        refresh();
    });
    const QList<std::pair<StatTile *, Place>> tiles{{m_rate, {.page = u"requests"_s}},
                                                    {m_failures, {.page = u"requests"_s}},
                                                    {m_p95, {.page = u"providers"_s}},
                                                    {m_firstToken, {.page = u"providers"_s}}};
    for (const auto &[tile, place] : tiles) {
        connect(tile, &StatTile::pressed, this, [this, place = place] { Q_EMIT leads(place); });
    }
    connect(m_cost, &StatTile::pressed, this, [this] {
        m_costChart->setTableShown(false);
        m_costChart->view()->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_attention, &AttentionPanel::chosen, this, &Page::leads);
    connect(m_flow, &FlowView::chosen, this, &Page::leads);
    connect(m_attention, &AttentionPanel::rowsChanged, this, &OverviewPage::orderTabs);
    connect(m_grid, &TileGrid::reordered, this, &OverviewPage::orderTabs);
    for (TimeChart *chart : {m_costChart, m_latencyChart, m_rateChart}) {
        connect(chart, &TimeChart::tabStopsChanged, this, &OverviewPage::orderTabs);
    }
}

/// Tab goes as the eye does.
void OverviewPage::orderTabs()
{
    QList<QWidget *> stops{m_rate, m_failures, m_p95, m_firstToken, m_cost};
    stops += m_attention->tabStops();
    stops += m_costChart->tabStops();
    stops += m_latencyChart->tabStops();
    if (width() >= kThreeChartsFrom) {
        stops += m_rateChart->tabStops();
    }
    stops << m_flow;
    stops += m_grid->tabStops();
    if (width() < kThreeChartsFrom) {
        stops += m_rateChart->tabStops();
    }
    stops << m_latestList;
    chainTabs(stops);
}

void OverviewPage::buildStats()
{
    m_stats = new QGridLayout;
    m_stats->setSpacing(kPad);
    m_rate = new StatTile(u"stat.rate"_s, tr("Requests"), m_content);
    m_failures = new StatTile(u"stat.failures"_s, tr("Failures"), m_content);
    m_p95 = new StatTile(u"stat.p95"_s, tr("p95 latency"), m_content);
    m_firstToken = new StatTile(u"stat.firstToken"_s, tr("First token, p50"), m_content);
    m_cost = new StatTile(u"stat.cost"_s, tr("Cost"), m_content);
    m_breakers = new BreakerCountTile(m_content);
}

void OverviewPage::buildCharts()
{
    const QString empty = tr("No requests in this time");
    const auto latency = [](double ms) { return text::latency(ms); };
    m_costChart = new TimeChart({.name = u"chart.cost"_s,
                                 .title = tr("Cost rate"),
                                 .subtitle = tr("$ per hour, stacked, known prices"),
                                 .emptyText = empty,
                                 .mode = PlotMode::Stacked,
                                 .label = costLabel,
                                 .unit = {u"usd_per_hour"_s, 1}},
                                m_crosshair,
                                m_charts);
    m_latencyChart = new TimeChart({.name = u"chart.latency"_s,
                                    .title = tr("Latency"),
                                    .subtitle = tr("by provider"),
                                    .emptyText = empty,
                                    .mode = PlotMode::Lines,
                                    .label = latency,
                                    .unit = {u"s"_s, 0.001}},
                                   m_crosshair,
                                   m_charts);
    m_latencyChart->addTitleWidget(m_latencyMeasure);
    m_rateChart = new TimeChart({.name = u"chart.rate"_s,
                                 .title = tr("Attempts"),
                                 .subtitle = tr("per second, by provider"),
                                 .emptyText = empty,
                                 .mode = PlotMode::Lines,
                                 .label = plainRate,
                                 .unit = {u"per_second"_s, 1}},
                                m_crosshair,
                                m_charts);
    m_chartGrid = new QGridLayout(m_charts);
    m_chartGrid->setContentsMargins(0, 0, 0, 0);
    m_chartGrid->setSpacing(kPad);
    for (TimeChart *chart : {m_costChart, m_latencyChart, m_rateChart}) {
        chart->setFixedHeight(kChartHeight);
    }
}

/// As many columns as there is room for.
void OverviewPage::place()
{
    const QList<QWidget *> tiles{m_rate, m_failures, m_p95, m_firstToken, m_cost, m_breakers};
    const int perRow = width() < kSixTilesFrom ? 3 : 6;
    for (int i = 0; i < tiles.size(); ++i) {
        m_stats->addWidget(tiles[i], i / perRow, i % perRow);
    }
    for (int column = 0; column < tiles.size(); ++column) {
        m_stats->setColumnStretch(column, column >= perRow ? 0 : column == perRow - 1 ? 5 : 4);
    }

    const bool three = width() >= kThreeChartsFrom;
    const bool two = width() >= kTwoChartsFrom;
    m_chartGrid->addWidget(m_costChart, 0, 0);
    m_chartGrid->addWidget(m_latencyChart, two ? 0 : 1, two ? 1 : 0);
    m_column->removeWidget(m_rateChart);
    if (three) {
        m_chartGrid->addWidget(m_rateChart, 0, 2);
    } else {
        m_column->insertWidget(m_column->indexOf(m_latest), m_rateChart);
    }
    m_chartGrid->setColumnStretch(0, 1);
    m_chartGrid->setColumnStretch(1, two ? 1 : 0);
    m_chartGrid->setColumnStretch(2, three ? 1 : 0);
}

void OverviewPage::buildLatest(QAbstractItemModel *requests)
{
    m_latestList = new ListView(u"latestRequests"_s, tr("Latest requests"), this);
    m_latestList->setModel(requests);
    m_latestList->setColumnWidths(requestColumnWidths());
    m_latestList->setFixedHeight(m_latestList->heightFor(kLatestRows));
    m_latest = new Section(tr("Latest requests"), m_latestList, m_content);
}

void OverviewPage::assemble()
{
    m_column = new QVBoxLayout(m_content);
    m_column->setContentsMargins(kWide, 2, kHalfGap, kWide);
    m_column->setSpacing(kPad);
    m_column->addLayout(m_stats);
    m_column->addWidget(m_attention);
    m_column->addWidget(m_empty);
    m_column->addWidget(m_charts);
    m_column->addWidget(m_flow);
    m_column->addWidget(m_grid);
    m_column->addWidget(m_latest);
    m_column->addStretch();
    place();
    scrollOver(m_content);
    showEmpty(true);
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    place();
    orderTabs();
}

void OverviewPage::showEmpty(bool empty)
{
    m_empty->setVisible(empty);
    m_charts->setVisible(!empty);
    m_rateChart->setVisible(!empty);
    m_latest->setVisible(!empty);
}

void OverviewPage::refresh()
{
    const auto &snapshot = m_state.snapshot();
    if (snapshot == nullptr) {
        return;
    }
    m_empty->setAddress(text::fromUtf8(snapshot->listen));
    showEmpty(snapshot->totals.requests == 0);
    refreshStats(*snapshot);
    refreshBreakers(*snapshot);
    if (snapshot->totals.requests > 0) {
        refreshCharts(*snapshot);
    }
}

void OverviewPage::refreshStats(const telemetry::Snapshot &snapshot)
{
    const MinuteChange change = m_minuteBefore.changeOf(snapshot);
    m_rate->setStat(rateStat(snapshot, change));
    m_failures->setStat(failureStat(snapshot, change));
    m_p95->setStat(p95Stat(snapshot, change));
    m_firstToken->setStat(firstTokenStat(snapshot, change));
    m_cost->setStat(costStat(snapshot, change));
    m_breakers->setCounts(breakerCounts(snapshot, m_state.isStale()));
}

void OverviewPage::refreshBreakers(const telemetry::Snapshot &snapshot)
{
    const SystemTime now = m_state.now();
    auto summaries = targetSummaries(snapshot);
    sortWorstFirst(summaries);
    m_grid->setSummaries(summaries);
    m_attention->setItems(attention(snapshot, now));
    m_flow->setFlow(flowOf(snapshot, now));
}

void OverviewPage::refreshCharts(const telemetry::Snapshot &snapshot)
{
    const TimeRange &range = m_view.range();
    const auto set = seriesSetFor(snapshot, range);
    const std::size_t markers = snapshot.transitions.size() + m_state.applied().size();
    if (set == m_drawn && range == m_drawnRange && markers == m_drawnMarkers) {
        return;
    }
    m_drawn = set;
    m_drawnRange = range;
    m_drawnMarkers = markers;
    const auto &applied = m_state.applied();
    const auto measure = static_cast<Measure>(m_latencyMeasure->current());
    m_costChart->setData(liveSeries(snapshot, range, Measure::CostRate, applied));
    m_latencyChart->setData(liveSeries(snapshot, range, measure, applied));
    m_rateChart->setData(liveSeries(snapshot, range, Measure::Rate, applied));
}

} // namespace signalbox::ui
