// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/live_series.h"

#include "ui/models/target_summary.h"
#include "ui/text/names.h"
#include "ui/text/reasons.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct LiveSeries
{
    Q_DECLARE_TR_FUNCTIONS(LiveSeries)
};

constexpr qint64 kMinuteMs = 60'000;
constexpr int kMeansMax = 180;
constexpr std::size_t kHistoryBuckets = 60;

qint64 spanOf(LiveRange range)
{
    switch (range) {
    case LiveRange::FiveMinutes:
        return 5 * kMinuteMs;
    case LiveRange::FifteenMinutes:
        return 15 * kMinuteMs;
    case LiveRange::TwoHours:
        return 120 * kMinuteMs;
    case LiveRange::Day:
        return 1440 * kMinuteMs;
    }
    return 0;
}

const telemetry::Snapshot::SeriesSet *setFor(const telemetry::Snapshot &snapshot, LiveRange range)
{
    switch (range) {
    case LiveRange::FiveMinutes:
        return snapshot.seconds.get();
    case LiveRange::FifteenMinutes:
    case LiveRange::TwoHours:
        return snapshot.tens.get();
    case LiveRange::Day:
        return snapshot.minutes.get();
    }
    return nullptr;
}

bool isRate(Measure measure)
{
    return measure == Measure::Rate || measure == Measure::CostRate;
}

double valueOf(const telemetry::SeriesPoint &point, Measure measure, double seconds)
{
    switch (measure) {
    case Measure::P50:
        return point.p50Ms;
    case Measure::P95:
        return point.p95Ms;
    case Measure::FirstToken:
        return point.firstTokenP50Ms;
    case Measure::Rate:
        return static_cast<double>(point.attempts) / seconds;
    case Measure::CostRate:
        if (point.unknownPriceAttempts > 0 && point.cost == Money()) {
            return telemetry::kNoData; // an unknown cost is not zero
        }
        return static_cast<double>(point.cost.nanos()) / 1e9 / seconds * 3600;
    }
    return telemetry::kNoData;
}

qint64 startMs(const telemetry::Series &series)
{
    return std::chrono::floor<Millis>(series.firstBucket.time_since_epoch()).count();
}

struct Window
{
    qint64 fromMs = 0;
    qint64 toMs = 0;
    qint64 bucketMs = 1000;
    qint64 groupMs = 1000; ///< several buckets as one mean
};

Window windowOf(const telemetry::Series &total, LiveRange range, Measure measure)
{
    Window window;
    window.bucketMs = std::chrono::duration_cast<Millis>(total.bucket).count();
    window.toMs = startMs(total) + window.bucketMs * static_cast<qint64>(total.points.size());
    window.fromMs = window.toMs - spanOf(range);
    const qint64 buckets = spanOf(range) / window.bucketMs;
    const qint64 group = isRate(measure) ? (buckets + kMeansMax - 1) / kMeansMax : 1;
    window.groupMs = window.bucketMs * group;
    return window;
}

/// Values of the window; neighbours of one group become their mean.
QList<QPointF> pointsOf(const telemetry::Series &series, const Window &window, Measure measure)
{
    QList<QPointF> points;
    const double seconds = static_cast<double>(window.bucketMs) / 1000;
    double sum = 0;
    int known = 0;
    int count = 0;
    qint64 at = startMs(series);
    const auto flush = [&](qint64 group) {
        if (count > 0) {
            const double mean = known > 0 ? sum / known : telemetry::kNoData;
            points << QPointF(static_cast<double>(group), mean);
        }
        sum = known = count = 0;
    };
    qint64 group = at - at % window.groupMs;
    for (const telemetry::SeriesPoint &point : series.points) {
        const qint64 next = at - at % window.groupMs;
        if (next != group) {
            flush(group);
        }
        group = next;
        if (at >= window.fromMs) {
            const double value = valueOf(point, measure, seconds);
            sum += std::isnan(value) ? 0 : value;
            known += std::isnan(value) ? 0 : 1;
            ++count;
        }
        at += window.bucketMs;
    }
    flush(group);
    return points;
}

/// Requests were billed and none at a known price: no bucket's zero is a fact about cost.
bool isPriceUnknown(const telemetry::Series &series)
{
    std::int64_t unknown = 0;
    Money known;
    for (const telemetry::SeriesPoint &point : series.points) {
        unknown += point.unknownPriceAttempts;
        known += point.cost;
    }
    return unknown > 0 && known == Money();
}

std::vector<ChartMarker> markersOf(const telemetry::Snapshot &snapshot, const Window &window)
{
    std::vector<ChartMarker> markers;
    for (const telemetry::BreakerTransition &change : snapshot.transitions) {
        const qint64 at = std::chrono::floor<Millis>(change.at.time_since_epoch()).count();
        const bool opened = change.forced == telemetry::ForcedState::Open
                            || (change.to == telemetry::BreakerState::Open
                                && change.forced == telemetry::ForcedState::None);
        if (!opened || at < window.fromMs) {
            continue;
        }
        const QString text = LiveSeries::tr("%1 opened").arg(text::fromUtf8(change.target.name()));
        markers.push_back(ChartMarker{.atMs = at, .text = text});
    }
    return markers;
}

template <class Value>
QList<double> history(const telemetry::Snapshot &snapshot, Value value)
{
    QList<double> values;
    if (snapshot.tens == nullptr) {
        return values;
    }
    const auto &points = snapshot.tens->total.points;
    const std::size_t first = points.size() - std::min(points.size(), kHistoryBuckets);
    for (std::size_t i = first; i < points.size(); ++i) {
        values << value(points[i]);
    }
    return values;
}

} // namespace

ChartData liveSeries(const telemetry::Snapshot &snapshot, LiveRange range, Measure measure)
{
    ChartData chart;
    const auto *set = setFor(snapshot, range);
    if (set == nullptr) {
        return chart;
    }
    const Window window = windowOf(set->total, range, measure);
    chart.fromMs = window.fromMs;
    chart.toMs = window.toMs;
    chart.bucketMs = window.groupMs;
    chart.markers = markersOf(snapshot, window);
    const std::vector<int> ordinals = providerOrdinals(snapshot);
    const std::size_t count = std::min(set->byProvider.size(), snapshot.providers.size());
    for (std::size_t i = 0; i < count; ++i) {
        const telemetry::ProviderView &provider = snapshot.providers[i];
        chart.series.push_back(
            ChartSeries{.id = text::fromUtf8(provider.id),
                        .tag = text::providerTag(provider.id, provider.kind),
                        .name = text::providerName(provider.id, provider.kind),
                        .kind = text::fromUtf8(provider.kind),
                        .ordinal = ordinals[i],
                        .points = pointsOf(set->byProvider[i], window, measure)});
        if (measure == Measure::CostRate && isPriceUnknown(set->byProvider[i])) {
            ChartSeries &unpriced = chart.series.back();
            unpriced.unknown = LiveSeries::tr("n/a", "a price that is not known");
            for (QPointF &point : unpriced.points) {
                point.setY(telemetry::kNoData);
            }
        }
    }
    return chart;
}

QList<double> totalHistory(const telemetry::Snapshot &snapshot, Measure measure)
{
    return history(snapshot, [measure](const telemetry::SeriesPoint &point) {
        return valueOf(point, measure, 10);
    });
}

QList<double> failureHistory(const telemetry::Snapshot &snapshot)
{
    return history(snapshot, [](const telemetry::SeriesPoint &point) {
        return point.attempts == 0
                   ? telemetry::kNoData
                   : static_cast<double>(point.failures) / static_cast<double>(point.attempts);
    });
}

QStringList liveRangeNames()
{
    return {LiveSeries::tr("5 min"),
            LiveSeries::tr("15 min"),
            LiveSeries::tr("2 h"),
            LiveSeries::tr("24 h")};
}

} // namespace signalbox::ui
