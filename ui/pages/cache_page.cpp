// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/cache_page.h"

#include "ui/charts/time_chart.h"
#include "ui/models/cache_text.h"
#include "ui/pages/cache_entries_panel.h"
#include "ui/pages/cache_summary.h"
#include "ui/pages/config_change_bar.h"
#include "ui/pages/near_misses_panel.h"
#include "ui/pages/threshold_panel.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_panel.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/skeleton.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr qint64 kFreshMs = 5'000;
constexpr int kChartHeight = 212;
constexpr std::size_t kClientsMax = 500;

} // namespace

CachePage::CachePage(ConsoleState &state,
                     ViewState &view,
                     CacheSource *cache,
                     ConfigSource *config,
                     NoticeBar &notices,
                     QWidget *parent)
    : Page(state, tr("Cache"), parent)
    , m_view(view)
    , m_cache(cache)
    , m_config(config)
    , m_trouble(new NoticeBar(u"cache.trouble"_s, this))
    , m_waiting(new Skeleton(Skeleton::Shape::Tiles, this))
    , m_off(new EmptyPanel(this))
    , m_offBar(new NoticeBar(u"cache.offBar"_s, this))
    , m_content(new QWidget(this))
{
    setObjectName(u"cache"_s);
    m_trouble->hide();
    m_offBar->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide, 2, kWide, kWide);
    column->setSpacing(kPad);
    column->addWidget(m_trouble);
    column->addWidget(m_waiting);
    if (m_cache != nullptr) {
        buildParts(*m_cache, notices);
        column->addWidget(m_summary);
        column->addWidget(m_offBar);
        if (m_change != nullptr) {
            column->addWidget(m_change);
        }
        connectParts();
    }
    column->addWidget(m_off);
    column->addWidget(m_content, 1);
    column->addStretch();
    showStates();
}

void CachePage::buildParts(CacheSource &cache, NoticeBar &notices)
{
    m_summary = new CacheSummary(this);
    if (m_config != nullptr) {
        m_change = new ConfigChangeBar(u"cache"_s, *m_config, this);
    }
    m_chart = new TimeChart({.name = u"chart.cacheHits"_s,
                             .title = tr("Hit rate"),
                             .subtitle = tr("of what could be answered"),
                             .emptyText = tr("Nothing was looked up while this page was open"),
                             .label = [](double share) { return text::percent(share); },
                             .unit = {.name = u"hit_rate"_s}},
                            m_crosshair,
                            m_content);
    m_chart->setFixedHeight(kChartHeight);
    m_choice = new Segments(tr("What of the cache"),
                            {tr("Kept Answers"), tr("Near Misses"), tr("Threshold")},
                            m_content);
    m_choice->setCurrent(Entries);
    m_entries = new CacheEntriesPanel(cache, notices, m_content);
    m_misses = new NearMissesPanel(m_content);
    m_threshold = new ThresholdPanel(cache, m_content);
    m_stack = new QStackedWidget(m_content);
    for (QWidget *view : QList<QWidget *>{m_entries, m_misses, m_threshold}) {
        m_stack->addWidget(view);
    }
    auto *choices = new QHBoxLayout;
    choices->addWidget(m_choice);
    choices->addStretch();
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kPad);
    column->addWidget(m_chart);
    column->addLayout(choices);
    column->addWidget(m_stack, 1);
    orderTabs();
}

void CachePage::connectParts()
{
    connect(m_choice, &Segments::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        refresh();
    });
    connect(m_chart, &TimeChart::tabStopsChanged, this, &CachePage::orderTabs);
    connect(&m_view, &ViewState::rangeChanged, this, [this] {
        m_chart->resetScale();
        showChart();
    });
    connect(m_entries, &CacheEntriesPanel::viewArrived, this, &CachePage::show);
    connect(m_entries, &CacheEntriesPanel::failed, this, [this](const QString &problem) {
        m_problem = problem;
        showStates();
    });
    connect(m_entries, &CacheEntriesPanel::acted, this, &CachePage::askAnew);
    connect(m_entries, &CacheEntriesPanel::requestsAsked, this, &CachePage::requestsAsked);
    connect(m_misses, &NearMissesPanel::requestsAsked, this, &CachePage::requestsAsked);
    connect(m_threshold, &ThresholdPanel::thresholdAsked, this, &CachePage::proposeThreshold);
    connect(m_off, &EmptyPanel::pressed, this, &CachePage::proposeMode);
    connect(&m_state.source(), &ConsoleSource::connectionChanged, this, &CachePage::showStates);
    if (m_change != nullptr) {
        connect(m_change, &ConfigChangeBar::applied, this, &CachePage::askAnew);
        connect(m_change, &ConfigChangeBar::closed, this, &CachePage::showStates);
        connect(m_config, &ConfigSource::changed, this, &CachePage::askAnew);
    }
}

/// Tab goes as the eye does.
void CachePage::orderTabs()
{
    QList<QWidget *> stops = m_chart->tabStops();
    stops += m_choice->findChildren<QWidget *>();
    stops += m_entries->tabStops();
    stops += m_misses->tabStops();
    stops += m_threshold->tabStops();
    chainTabs(stops);
}

QLineEdit *CachePage::filterField()
{
    return m_entries == nullptr ? nullptr : m_entries->filterField();
}

void CachePage::setView(View view)
{
    if (m_choice != nullptr) {
        m_choice->setCurrent(view);
        m_stack->setCurrentIndex(view);
    }
}

void CachePage::askAnew()
{
    m_age.invalidate();
    m_awaits = false;
    refresh();
}

qint64 CachePage::nowMs() const
{
    return std::chrono::floor<Millis>(m_state.now().time_since_epoch()).count();
}

void CachePage::refresh()
{
    if (m_cache == nullptr || !isVisible()) {
        return showStates();
    }
    const bool live = m_state.source().connection().isLive();
    const bool frozen = m_state.isPaused() && m_shown.has_value();
    if (live && !frozen && !m_awaits && (!m_age.isValid() || m_age.hasExpired(kFreshMs))) {
        ask();
    }
    if (m_shown && kinds() != m_kinds) {
        showSummary();
    }
    showStates();
}

void CachePage::showSummary()
{
    m_kinds = kinds();
    m_summary->show(*m_shown, m_kinds);
}

/// What is in sight is read anew, and brings the figures with it; else these alone are asked for.
void CachePage::ask()
{
    m_age.start();
    const bool entriesInSight = m_entries->isVisible();
    if (m_shown && entriesInSight && m_entries->renew()) {
        return;
    }
    m_awaits = true;
    m_asked = m_cache->view({.filter = {}, .limit = 1},
                            [this](const CacheAnswer<CacheView> &answer) { take(answer); });
}

void CachePage::take(const CacheAnswer<CacheView> &answer)
{
    m_awaits = false;
    m_problem = answer ? QString() : answer.error();
    if (answer) {
        show(*answer);
        const bool first = m_entries->entries().state() == CacheEntries::State::Idle;
        if (first && m_entries->isVisible()) {
            m_entries->renew();
        }
    }
    showStates();
}

void CachePage::show(const CacheView &view)
{
    m_problem.clear();
    m_shown = view;
    m_history.take(nowMs(), view.totals);
    showSummary();
    m_entries->setNow(m_state.now());
    m_entries->setTotal(view.entryCount);
    m_misses->show(view);
    m_threshold->show(view);
    refreshNames(view);
    showChart();
    showStates();
}

/// From what the gateway has now, and from the entries that were seen.
void CachePage::refreshNames(const CacheView &view)
{
    for (const CacheEntry &entry : view.entries) {
        if (!entry.client.empty() && m_clients.size() < kClientsMax) {
            m_clients.insert(entry.client);
        }
    }
    CacheNames names;
    for (const std::string &client : m_clients) {
        names.clients << text::fromUtf8(client);
    }
    if (const auto &snapshot = m_state.snapshot(); snapshot != nullptr) {
        for (const telemetry::RouteView &route : snapshot->routes) {
            names.routes << text::fromUtf8(route.name);
        }
        for (const telemetry::ProviderView &provider : snapshot->providers) {
            for (const telemetry::TargetView &target : provider.targets) {
                names.models << text::modelName(target.target);
            }
        }
    }
    m_entries->setNames(std::move(names));
}

void CachePage::showChart()
{
    if (m_chart != nullptr && m_shown) {
        m_chart->setData(m_history.chart(m_view.range(), nowMs()));
    }
}

QHash<QString, QString> CachePage::kinds() const
{
    QHash<QString, QString> kinds;
    if (const auto &snapshot = m_state.snapshot(); snapshot != nullptr) {
        for (const telemetry::ProviderView &provider : snapshot->providers) {
            kinds.insert(text::fromUtf8(provider.id), text::fromUtf8(provider.kind));
        }
    }
    return kinds;
}

} // namespace signalbox::ui
