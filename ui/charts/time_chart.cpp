// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/time_chart.h"

#include "ui/charts/chart_legend.h"
#include "ui/charts/chart_table_view.h"
#include "ui/charts/decimate.h"
#include "ui/charts/plot_view.h"
#include "ui/text/range_text.h"
#include "ui/text/zone.h"
#include "ui/theme/console_style.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QActionGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

/// What has no value comes last; what is equal stays as given.
void sortLegend(std::vector<ChartLegend::Item> &items, LegendOrder order)
{
    if (order == LegendOrder::Name) {
        std::ranges::stable_sort(items, [](const auto &a, const auto &b) {
            return QString::localeAwareCompare(a.name, b.name) < 0;
        });
    } else if (order == LegendOrder::Value) {
        std::ranges::stable_sort(items, std::ranges::greater(), [](const auto &item) {
            return std::isnan(item.number) ? -1.0 : item.number;
        });
    }
}

constexpr int kValueTicks = 4;
constexpr double kTimeTickWidth = 76;

qint64 utcOffsetMs(qint64 atMs)
{
    return qint64(text::inZone(atMs).offsetFromUtc()) * 1000;
}

double lastValue(const QList<QPointF> &points)
{
    return points.isEmpty() ? std::nan("") : points.last().y();
}

} // namespace

TimeChart::TimeChart(Setup setup, Crosshair &crosshair, QWidget *parent)
    : Card(parent)
    , m_setup(std::move(setup))
    , m_crosshair(crosshair)
    , m_title(new QLabel(m_setup.title, this))
    , m_subtitle(new QLabel(m_setup.subtitle, this))
    , m_more(new QToolButton(this))
    , m_view(new PlotView(this))
    , m_table(new ChartTableView(m_setup.label, this))
    , m_overlay(new PlotOverlay(m_view->viewport()))
    , m_legend(new ChartLegend(this))
    , m_series(*m_view->chart(), m_setup.mode)
{
    setObjectName(m_setup.name);
    m_view->setObjectName(m_setup.name + u".plot"_s);
    m_view->setAccessibleName(m_setup.title);
    m_table->setObjectName(m_setup.name + u".table"_s);
    m_table->setAccessibleName(tr("%1 as a table").arg(m_setup.title));
    m_table->hide();
    followFocusOf(m_view);
    followFocusOf(m_table);
    buildMenu();
    buildLayout();
    connectParts();
}

void TimeChart::buildLayout()
{
    m_title->setFont(themeFont(TypeRole::Strong));
    m_subtitle->setFont(themeFont(TypeRole::Caption));
    m_subtitle->setForegroundRole(QPalette::PlaceholderText);
    m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_title->setMinimumHeight(m_title->fontMetrics().height() + kGap);
    m_view->setMinimumHeight(120);
    m_titleRow = new QHBoxLayout;
    m_titleRow->setSpacing(kGap);
    m_titleRow->addWidget(m_title);
    m_titleRow->addWidget(m_subtitle, 1);
    m_titleRow->addWidget(m_more);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPad, kGap + 2, kPad, kGap);
    column->setSpacing(kHalfGap);
    column->addLayout(m_titleRow);
    column->addWidget(m_view, 1);
    column->addWidget(m_table, 1);
    column->addWidget(m_legend);
}

void TimeChart::buildMenu()
{
    m_more->setObjectName(m_setup.name + u".more"_s);
    m_more->setText(u"⋮"_s);
    m_more->setAccessibleName(tr("%1: table, legend, export").arg(m_setup.title));
    m_more->setToolTip(tr("Table, legend, export"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setFocusPolicy(Qt::StrongFocus);
    m_more->setProperty(kDressProperty, u"quiet"_s);
    auto *menu = new QMenu(m_more);
    m_asTable = menu->addAction(themeIcon(u"table"_s), tr("Show as Table"));
    m_asTable->setCheckable(true);
    connect(m_asTable, &QAction::toggled, this, &TimeChart::setTableShown);
    buildOrders(menu->addMenu(tr("Order of the Legend")));
    menu->addSeparator();
    const QList<std::pair<ExportKind, QString>> files{{ExportKind::Csv, tr("Export CSV…")},
                                                      {ExportKind::Png, tr("Export PNG…")},
                                                      {ExportKind::Svg, tr("Export SVG…")}};
    for (const auto &[kind, text] : files) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, kind = kind] {
            Q_EMIT exportAsked(kind);
        });
    }
    m_more->setMenu(menu);
}

void TimeChart::buildOrders(QMenu *menu)
{
    auto *group = new QActionGroup(menu);
    for (const QString &text : {tr("As Configured"), tr("By Name"), tr("By Value")}) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        group->addAction(action);
        const auto order = static_cast<LegendOrder>(m_orders.size());
        connect(action, &QAction::triggered, this, [this, order] { setLegendOrder(order); });
        m_orders << action;
    }
    m_orders.first()->setChecked(true);
}

void TimeChart::setLegendOrder(LegendOrder order)
{
    m_legendOrder = order;
    m_orders[static_cast<int>(order)]->setChecked(true);
    draw();
}

void TimeChart::setVeil(const QString &words)
{
    m_veil = words;
    m_overlay->setVeil(words);
}

void TimeChart::connectParts()
{
    connect(m_view, &PlotView::seriesStepped, this, &TimeChart::stepSeries);
    connect(m_view, &PlotView::spanMarked, m_overlay, &PlotOverlay::setSpan);
    connect(m_view, &PlotView::spanChosen, this, &TimeChart::chooseSpan);
    connect(m_view, &PlotView::resetAsked, this, &TimeChart::rangeResetAsked);
    connect(m_view, &PlotView::shiftAsked, this, &TimeChart::shiftAsked);
    connect(m_view, &PlotView::zoomAsked, this, &TimeChart::zoomAsked);
    connect(m_table, &ChartTableView::leaveAsked, this, [this] { setTableShown(false); });
    connect(m_legend, &ChartLegend::entriesChanged, this, &TimeChart::tabStopsChanged);
    connect(m_view, &PlotView::hovered, this, &TimeChart::hover);
    connect(m_view, &PlotView::stepped, this, &TimeChart::step);
    connect(m_view, &PlotView::left, this, [this] { m_crosshair.moveTo({}, this); });
    connect(m_view, &PlotView::resized, this, &TimeChart::draw);
    connect(&m_crosshair, &Crosshair::moved, this, &TimeChart::showCrosshair);
    connect(m_legend, &ChartLegend::hiddenChanged, this, [this] {
        resetScale();
        Q_EMIT hiddenSeriesChanged();
    });
}

const QSet<QString> &TimeChart::hiddenSeries() const
{
    return m_legend->hidden();
}

void TimeChart::setHiddenSeries(const QSet<QString> &hidden)
{
    m_legend->setHidden(hidden);
}

void TimeChart::setTitle(const QString &title)
{
    m_title->setText(title);
    m_view->setAccessibleName(title);
}

void TimeChart::addTitleWidget(QWidget *widget)
{
    m_titleRow->insertWidget(m_titleRow->count() - 1, widget);
}

QString TimeChart::fullTitle() const
{
    const QString title = m_title->text();
    return m_setup.subtitle.isEmpty() ? title : u"%1, %2"_s.arg(title, m_setup.subtitle);
}

QString TimeChart::rangeTitle() const
{
    return fullRangeText(m_data.fromMs, m_data.toMs);
}

QList<QWidget *> TimeChart::tabStops() const
{
    QList<QWidget *> stops;
    for (int i = 0; i < m_titleRow->count(); ++i) {
        QWidget *widget = m_titleRow->itemAt(i)->widget();
        const auto inside = widget->findChildren<QAbstractButton *>();
        for (QAbstractButton *button : inside) {
            stops << button;
        }
    }
    stops << m_more << m_view << m_table;
    return stops + m_legend->entries();
}

void TimeChart::setTableShown(bool shown)
{
    if (shown == m_tableShown) {
        return;
    }
    const bool focused = m_view->hasFocus() || m_table->hasFocus();
    m_tableShown = shown;
    m_asTable->setChecked(shown);
    m_table->setVisible(shown); // the view is hidden, never its chart: Qt 6.4.2 crashes on that
    m_view->setVisible(!shown);
    draw();
    if (focused) {
        (shown ? static_cast<QWidget *>(m_table) : m_view)->setFocus(Qt::OtherFocusReason);
    }
}

void TimeChart::resetScale()
{
    m_scale.reset();
    draw();
}

void TimeChart::setData(ChartData shown)
{
    m_data = std::move(shown);
    draw();
}

void TimeChart::showEvent(QShowEvent *event)
{
    Card::showEvent(event);
    draw();
}

void TimeChart::changeEvent(QEvent *event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        draw();
    }
}

void TimeChart::draw()
{
    if (!isVisible()) {
        return; // what cannot be seen costs nothing; showEvent catches up
    }
    if (m_tableShown) {
        return drawTable();
    }
    if (m_view->width() < kWide) {
        return;
    }
    drawSeries();
    updateOverlay();
    updateLegend();
    showCrosshair();
}

void TimeChart::drawTable()
{
    m_table->setGrid(gridOf(m_data, m_legend->hidden()));
    updateLegend();
}

void TimeChart::drawSeries()
{
    const bool stacked = m_setup.mode == PlotMode::Stacked;
    m_drawn = stacked ? stackedSeries() : lineSeries();
    updateFrame();
    m_series.show(m_drawn, m_frame);
    m_view->setFrame(m_frame);
}

void TimeChart::updateFrame()
{
    m_scale.update(highest(), m_data.toMs, kValueTicks);
    m_frame.top = m_scale.top();
    m_frame.valueStep = m_scale.step();
    m_frame.label = m_setup.label;
    QStringList labels;
    for (int i = 0; i * m_frame.valueStep <= m_frame.top * 1.001; ++i) {
        labels << m_setup.label(i * m_frame.valueStep);
    }
    m_frame.area = m_view->areaFor(labels);
    const int ticksMax = std::max(2, static_cast<int>(m_frame.area.width() / kTimeTickWidth));
    m_frame.time = timeTicks(m_data.fromMs, m_data.toMs, ticksMax, utcOffsetMs(m_data.toMs));
    const bool empty = std::none_of(m_data.series.begin(), m_data.series.end(), [](const auto &s) {
        return std::any_of(s.points.begin(), s.points.end(), [](QPointF point) {
            return !std::isnan(point.y());
        });
    });
    const bool waits = m_data.toMs == 0; // it was never given anything
    m_frame.emptyText = waits   ? tr("Waiting for the gateway…")
                        : empty ? m_setup.emptyText
                                : QString();
}

bool TimeChart::isShown(const ChartSeries &series) const
{
    return !m_legend->hidden().contains(series.id);
}

QColor TimeChart::colourOf(const ChartSeries &series) const
{
    return Theme::of(this).provider(series.kind, series.ordinal);
}

double TimeChart::highest() const
{
    double highest = 0;
    for (const DrawnSeries &series : m_drawn) {
        for (const QPointF &point : series.upper) {
            highest = std::isnan(point.y()) ? highest : std::max(highest, point.y());
        }
    }
    return highest;
}

void TimeChart::updateOverlay()
{
    m_overlay->setGeometry(m_view->viewport()->rect());
    m_overlay->setFrame(m_frame);
    m_overlay->setTags(endTags());
    m_overlay->setMarkers(m_data.markers);
    std::vector<LoneDot> dots;
    if (m_setup.mode == PlotMode::Lines) {
        for (const DrawnSeries &series : m_drawn) {
            for (const QPointF &point : lonePoints(series.upper)) {
                const QPointF at(m_frame.x(point.x()), m_frame.y(point.y()));
                dots.push_back(LoneDot{.at = at, .colour = series.colour});
            }
        }
    }
    m_overlay->setDots(std::move(dots));
}

void TimeChart::updateLegend()
{
    std::vector<ChartLegend::Item> items;
    for (const ChartSeries &series : m_data.series) {
        const double value = lastValue(series.points);
        items.push_back(ChartLegend::Item{.id = series.id,
                                          .tag = series.tag,
                                          .name = series.name,
                                          .value = !series.unknown.isEmpty() ? series.unknown
                                                   : std::isnan(value)       ? u"–"_s
                                                                             : m_setup.label(value),
                                          .colour = colourOf(series),
                                          .number = value});
    }
    sortLegend(items, m_legendOrder);
    m_legend->setItems(items);
}

} // namespace signalbox::ui
