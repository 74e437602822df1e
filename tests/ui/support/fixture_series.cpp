// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fixture_kinds.h"
#include "tests/ui/support/fixture_scene.h"

#include <cmath>

namespace signalbox::ui {

namespace {

/// When a provider had nothing to do: deepseek while open, openrouter often, mistral since 43 s.
bool isQuiet(std::size_t provider, std::int64_t second, SystemTime start)
{
    const auto now = std::chrono::floor<Seconds>(start.time_since_epoch()).count();
    if (provider == 3) {
        return second > now - 604 && second < now - 4;
    }
    if (provider == 4) {
        return second > now - 43;
    }
    return provider == 6 && noise(6, static_cast<std::uint64_t>(second / 90)) < 0.45;
}

telemetry::SeriesPoint point(std::size_t index, std::int64_t second, std::int64_t width)
{
    const Kind &kind = kKinds[index];
    const auto seed = static_cast<std::uint64_t>(second / width);
    const double wave = 1 + 0.25 * std::sin(static_cast<double>(second) / 190.0 + double(index))
                        + 0.12 * std::sin(static_cast<double>(second) / 41.0);
    telemetry::SeriesPoint result;
    if (isQuiet(index, second, sceneStart())) {
        return result;
    }
    const double attempts = kind.rate * wave * (0.8 + 0.4 * noise(index, seed)) * double(width);
    result.attempts = std::llround(attempts);
    if (result.attempts == 0) {
        return result;
    }
    result.failures = noise(index + 50, seed) < 0.06 ? result.attempts / 12 + 1 : 0;
    result.cost = Money::fromNanos(std::llround(attempts * kind.usdPerAttempt * 1e9));
    result.unknownPriceAttempts = kind.usdPerAttempt > 0 ? 0 : result.attempts;
    const bool spike = index == 4 && second > 0 && noise(99, seed) < 0.03;
    const double speed = (0.92 + 0.2 * noise(index + 20, seed)) * (0.9 + 0.1 * wave);
    result.p50Ms = kind.medianMs * speed;
    result.p95Ms = kind.medianMs * (spike ? 3.6 : 1.9) * (0.9 + 0.35 * noise(index + 30, seed));
    result.firstTokenP50Ms = result.p50Ms * 0.42;
    result.firstTokenP95Ms = result.p95Ms * 0.5;
    return result;
}

telemetry::SeriesPoint sumOf(const std::vector<telemetry::SeriesPoint> &points)
{
    telemetry::SeriesPoint total;
    double weighted50 = 0;
    double worst = 0;
    double weightedFirst = 0;
    for (const telemetry::SeriesPoint &one : points) {
        total.attempts += one.attempts;
        total.failures += one.failures;
        total.cost += one.cost;
        if (one.attempts == 0) {
            continue;
        }
        weighted50 += one.p50Ms * double(one.attempts);
        weightedFirst += one.firstTokenP50Ms * double(one.attempts);
        worst += one.p95Ms * double(one.attempts);
    }
    if (total.attempts > 0) {
        total.p50Ms = weighted50 / double(total.attempts);
        total.p95Ms = worst / double(total.attempts);
        total.firstTokenP50Ms = weightedFirst / double(total.attempts);
    }
    return total;
}

std::shared_ptr<const telemetry::Snapshot::SeriesSet> seriesSet(SystemTime now,
                                                                std::int64_t width,
                                                                std::int64_t count)
{
    const std::int64_t end = std::chrono::floor<Seconds>(now.time_since_epoch()).count() / width
                             * width;
    auto set = std::make_shared<telemetry::Snapshot::SeriesSet>();
    telemetry::Series empty{.bucket = Seconds(width),
                            .firstBucket = SystemTime(Seconds(end - count * width)),
                            .points = {}};
    set->total = empty;
    set->byProvider.assign(kKinds.size(), empty);
    for (std::int64_t i = 0; i < count; ++i) {
        std::vector<telemetry::SeriesPoint> points;
        for (std::size_t index = 0; index < kKinds.size(); ++index) {
            points.push_back(point(index, end - (count - i) * width, width));
            set->byProvider[index].points.push_back(points.back());
        }
        set->total.points.push_back(sumOf(points));
    }
    return set;
}

} // namespace

void addSeries(telemetry::Snapshot &snapshot, SystemTime now)
{
    snapshot.seconds = seriesSet(now, 1, 900);
    snapshot.tens = seriesSet(now, 10, 720);
    snapshot.minutes = seriesSet(now, 60, 1440);
    snapshot.hours = seriesSet(now, 3600, 720);
}

} // namespace signalbox::ui
