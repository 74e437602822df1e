// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/live_series.h"

#include "ui/models/target_summary.h"
#include "ui/text/names.h"
#include "ui/text/reasons.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct LiveSeries
{
    Q_DECLARE_TR_FUNCTIONS(LiveSeries)
};

constexpr qint64 kHourMs = 3'600'000;
constexpr int kMeansMax = 180;
constexpr std::size_t kHistoryBuckets = 60;

bool isRate(Measure measure)
{
    return measure == Measure::Rate || measure == Measure::CostRate;
}

double valueOf(const telemetry::SeriesPoint &point, Measure measure, double seconds)
{
    if (!point.known) {
        return telemetry::kNoData;
    }
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

qint64 epochMs(SystemTime time)
{
    return std::chrono::floor<Millis>(time.time_since_epoch()).count();
}

qint64 startMs(const telemetry::Series &series)
{
    return epochMs(series.firstBucket);
}

struct Window
{
    qint64 fromMs = 0;
    qint64 toMs = 0;
    qint64 bucketMs = 1000;
    qint64 groupMs = 1000; ///< several buckets as one mean
};

Window windowOf(const telemetry::Series &total, const TimeRange &range, qint64 newest, bool rate)
{
    Window window;
    window.bucketMs = std::chrono::duration_cast<Millis>(total.bucket).count();
    const qint64 end = range.end(newest);
    window.toMs = end - end % window.bucketMs + (range.isLive() ? 0 : window.bucketMs);
    window.fromMs = window.toMs - range.spanMs;
    const qint64 buckets = range.spanMs / window.bucketMs;
    const qint64 group = rate ? std::max<qint64>(1, (buckets + kMeansMax - 1) / kMeansMax) : 1;
    window.groupMs = window.bucketMs * group;
    return window;
}

/// Values of the window; neighbours of one group become their mean. Looks at no other bucket.
QList<QPointF> pointsOf(const telemetry::Series &series, const Window &window, Measure measure)
{
    QList<QPointF> points;
    const double seconds = static_cast<double>(window.bucketMs) / 1000;
    const qint64 start = startMs(series);
    const auto count = static_cast<qint64>(series.points.size());
    const qint64 before = window.fromMs - start + window.bucketMs - 1;
    const qint64 first = std::clamp<qint64>(before / window.bucketMs, 0, count);
    const qint64 last = std::clamp<qint64>((window.toMs - start) / window.bucketMs, first, count);
    double sum = 0;
    int known = 0;
    for (qint64 i = first; i < last; ++i) {
        const double value = valueOf(series.points[static_cast<std::size_t>(i)], measure, seconds);
        sum += std::isnan(value) ? 0 : value;
        known += std::isnan(value) ? 0 : 1;
        const qint64 at = start + i * window.bucketMs;
        const bool ends = i + 1 == last
                          || (at + window.bucketMs) / window.groupMs != at / window.groupMs;
        if (ends) {
            const auto x = static_cast<double>(at - at % window.groupMs);
            points << QPointF(x, known > 0 ? sum / known : telemetry::kNoData);
            sum = known = 0;
        }
    }
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

ChartMarker markerOf(const telemetry::BreakerTransition &change)
{
    telemetry::BreakerView view;
    view.state = change.to;
    view.forced = change.forced;
    const QString name = text::fromUtf8(change.target.name());
    const QString what = text::changeText(change).toLower();
    return {.atMs = epochMs(change.at),
            .text = u"%1: %2"_s.arg(name, what),
            .glyph = glyphOf(view)};
}

std::vector<ChartMarker> markersOf(const telemetry::Snapshot &snapshot,
                                   const std::vector<AppliedConfiguration> &applied,
                                   const Window &window)
{
    std::vector<ChartMarker> markers;
    const auto add = [&](ChartMarker marker) {
        if (marker.atMs >= window.fromMs && marker.atMs <= window.toMs) {
            markers.push_back(std::move(marker));
        }
    };
    for (const telemetry::BreakerTransition &change : snapshot.transitions) {
        add(markerOf(change));
    }
    for (const AppliedConfiguration &one : applied) {
        const QString words = LiveSeries::tr("Configuration %1 applied");
        add({.atMs = epochMs(one.at),
             .text = words.arg(text::fromUtf8(one.revision)),
             .glyph = {},
             .isFlag = true});
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

namespace {

/// A coarser series is worth its coarseness only if it begins some buckets earlier.
bool goesFurther(const telemetry::Series &coarse, const telemetry::Series &fine)
{
    const auto bucket = std::chrono::duration_cast<Millis>(coarse.bucket).count();
    return startMs(coarse) + 2 * bucket < startMs(fine);
}

} // namespace

qint64 newestMs(const telemetry::Snapshot &snapshot)
{
    if (snapshot.seconds == nullptr || snapshot.seconds->total.points.empty()) {
        return epochMs(snapshot.at.system);
    }
    const telemetry::Series &total = snapshot.seconds->total;
    return startMs(total) + 1000 * static_cast<qint64>(total.points.size());
}

qint64 retentionMs(const telemetry::Snapshot &snapshot)
{
    return snapshot.hours != nullptr     ? 720 * kHourMs
           : snapshot.minutes != nullptr ? 24 * kHourMs
           : snapshot.tens != nullptr    ? 2 * kHourMs
                                         : kHourMs / 4;
}

std::shared_ptr<const telemetry::Snapshot::SeriesSet> seriesSetFor(
    const telemetry::Snapshot &snapshot, const TimeRange &range)
{
    const std::array sets{snapshot.seconds, snapshot.tens, snapshot.minutes, snapshot.hours};
    const std::array<qint64, 4> longest{kHourMs / 6, 2 * kHourMs, 36 * kHourMs, 720 * kHourMs};
    const qint64 from = range.begin(newestMs(snapshot));
    std::shared_ptr<const telemetry::Snapshot::SeriesSet> best;
    for (std::size_t i = 0; i < sets.size(); ++i) {
        const auto &set = sets[i];
        const bool tooFine = range.spanMs > longest[i];
        if (set == nullptr || set->total.points.empty() || (tooFine && i + 1 < sets.size())) {
            continue;
        }
        if (best == nullptr
            || (startMs(best->total) > from && goesFurther(set->total, best->total))) {
            best = set;
        }
    }
    return best;
}

ChartData liveSeries(const telemetry::Snapshot &snapshot,
                     const TimeRange &range,
                     Measure measure,
                     const std::vector<AppliedConfiguration> &applied)
{
    ChartData chart;
    const auto set = seriesSetFor(snapshot, range);
    if (set == nullptr) {
        return chart;
    }
    const Window window = windowOf(set->total, range, newestMs(snapshot), isRate(measure));
    chart.fromMs = window.fromMs;
    chart.toMs = window.toMs;
    chart.bucketMs = window.groupMs;
    chart.markers = markersOf(snapshot, applied, window);
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

} // namespace signalbox::ui
