// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/time_chart.h"

#include "ui/charts/chart_legend.h"
#include "ui/charts/decimate.h"
#include "ui/charts/plot_view.h"
#include "ui/charts/reading.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kValueTicks = 4;
constexpr double kTimeTickWidth = 76;

qint64 utcOffsetMs(qint64 atMs)
{
    return qint64(QDateTime::fromMSecsSinceEpoch(atMs).offsetFromUtc()) * 1000;
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
    , m_view(new PlotView(this))
    , m_overlay(new PlotOverlay(m_view->viewport()))
    , m_legend(new ChartLegend(this))
    , m_series(*m_view->chart(), m_setup.mode)
{
    setObjectName(m_setup.name);
    m_view->setObjectName(m_setup.name + u".plot"_s);
    m_view->setAccessibleName(m_setup.title);
    followFocusOf(m_view);
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
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPad, kGap + 2, kPad, kGap);
    column->setSpacing(kHalfGap);
    column->addLayout(m_titleRow);
    column->addWidget(m_view, 1);
    column->addWidget(m_legend);
}

void TimeChart::connectParts()
{
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
    m_titleRow->addWidget(widget);
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
    if (!isVisible() || m_view->width() < kWide) {
        return; // what cannot be seen costs nothing; showEvent catches up
    }
    drawSeries();
    updateOverlay();
    updateLegend();
    showCrosshair();
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
    m_frame.emptyText = empty ? m_setup.emptyText : QString();
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
                                          .value = series.unknown.isEmpty() ? m_setup.label(value)
                                                                            : series.unknown,
                                          .colour = colourOf(series)});
    }
    m_legend->setItems(items);
}

Reading TimeChart::reading(qint64 atMs) const
{
    std::vector<ReadSeries> shown;
    for (const ChartSeries &series : m_data.series) {
        if (isShown(series)) {
            shown.push_back(ReadSeries{.series = &series, .colour = colourOf(series)});
        }
    }
    return readingAt(atMs, m_data, shown, m_setup.label);
}

void TimeChart::showCrosshair()
{
    if (!isVisible()) {
        return;
    }
    if (!m_crosshair.at() || !m_crosshair.isMovedBy(this)) {
        return m_overlay->setCrosshair(m_crosshair.at(), nullptr);
    }
    const Reading now = reading(*m_crosshair.at());
    m_overlay->setCrosshair(m_crosshair.at(), &now);
    announce(now);
}

void TimeChart::announce(const Reading &reading)
{
    const QString text = readingText(reading);
    if (text == m_view->accessibleDescription()) {
        return;
    }
    m_view->setAccessibleDescription(text);
    if (m_view->hasFocus()) {
        QAccessibleEvent event(m_view, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&event);
    }
}

void TimeChart::hover(double x)
{
    if (x < m_frame.area.left() || x > m_frame.area.right() || !m_frame.emptyText.isEmpty()) {
        return m_crosshair.moveTo({}, this);
    }
    m_crosshair.moveTo(nearestBucket(m_data, static_cast<qint64>(m_frame.ms(x))), this);
}

void TimeChart::step(int buckets)
{
    if (!m_frame.emptyText.isEmpty()) {
        return;
    }
    const qint64 from = m_crosshair.at().value_or(m_data.toMs);
    m_crosshair.moveTo(nearestBucket(m_data, from + buckets * m_data.bucketMs), this);
}

} // namespace signalbox::ui
