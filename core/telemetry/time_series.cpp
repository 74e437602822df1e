// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/time_series.h"

#include "core/base/check.h"

#include <algorithm>
#include <chrono>

namespace signalbox::telemetry {
namespace {

constexpr std::array<Seconds, TimeSeries::kWidthCount> kWidths = {Seconds(1),
                                                                  Seconds(10),
                                                                  Seconds(60),
                                                                  Seconds(3600)};
/// 15 minutes, 2 hours, a day and 30 days: see Snapshot.
constexpr std::array<std::size_t, TimeSeries::kWidthCount> kCapacities = {900, 720, 1440, 720};

double millisAt(const Histogram &histogram, double q)
{
    const auto value = histogram.quantile(q);
    return value ? static_cast<double>(value->count()) / 1000.0 : kNoData;
}

SeriesPoint pointOf(const Tally &tally)
{
    SeriesPoint point;
    point.attempts = tally.ended;
    point.failures = tally.failed;
    point.promptTokens = tally.promptTokens;
    point.completionTokens = tally.completionTokens;
    point.cost = tally.cost;
    point.unknownPriceAttempts = tally.unknownPrice;
    point.p50Ms = millisAt(tally.latency, 0.50);
    point.p95Ms = millisAt(tally.latency, 0.95);
    point.firstTokenP50Ms = millisAt(tally.firstToken, 0.50);
    point.firstTokenP95Ms = millisAt(tally.firstToken, 0.95);
    return point;
}

void append(std::deque<SeriesPoint> &points, const SeriesPoint &point, std::size_t capacity)
{
    if (points.size() == capacity) {
        points.pop_front();
    }
    points.push_back(point);
}

} // namespace

TimeSeries::TimeSeries(std::size_t providers, Now start)
    : m_originName(std::chrono::floor<std::chrono::hours>(start.system))
{
    m_origin = start.steady - (start.system - m_originName);
    const auto sinceOrigin = std::chrono::floor<Seconds>(start.steady - m_origin);
    for (std::size_t i = 0; i < kWidthCount; ++i) {
        m_levels[i].width = kWidths[i];
        m_levels[i].capacity = kCapacities[i];
        m_levels[i].running = sinceOrigin / kWidths[i];
        m_levels[i].lanes.resize(providers + 1);
    }
}

SeriesSetPtr TimeSeries::published(Width width)
{
    Level &level = m_levels[static_cast<std::size_t>(width)];
    if (!level.published) {
        auto set = std::make_shared<Snapshot::SeriesSet>();
        set->total = seriesOf(level, level.lanes.front());
        set->byProvider.reserve(level.lanes.size() - 1);
        for (std::size_t i = 1; i < level.lanes.size(); ++i) {
            set->byProvider.push_back(seriesOf(level, level.lanes[i]));
        }
        level.published = std::move(set);
    }
    return level.published;
}

void TimeSeries::add(std::optional<std::size_t> provider, const CallSample &sample, Now now)
{
    advance(now);
    auto &lanes = m_levels.front().lanes;
    lanes.front().running.add(sample);
    if (provider) {
        SB_CHECK(*provider + 1 < lanes.size());
        lanes[*provider + 1].running.add(sample);
    }
}

void TimeSeries::advance(Now now)
{
    followSystemClock(now);
    const auto sinceOrigin = std::chrono::floor<Seconds>(now.steady - m_origin);
    for (std::size_t i = 0; i < kWidthCount; ++i) {
        advanceLevel(i, sinceOrigin);
    }
}

void TimeSeries::rearrange(const std::vector<std::optional<std::size_t>> &before)
{
    for (Level &level : m_levels) {
        std::vector<Lane> lanes(before.size() + 1);
        lanes.front() = std::move(level.lanes.front());
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (before[i]) {
                lanes[i + 1] = std::move(level.lanes.at(*before[i] + 1));
            } else {
                lanes[i + 1].points.resize(lanes.front().points.size());
            }
        }
        level.lanes = std::move(lanes);
        level.published.reset();
    }
}

/// A slow drift is followed too, in steps of one second.
void TimeSeries::followSystemClock(Now now)
{
    const auto expected = m_originName + std::chrono::floor<Micros>(now.steady - m_origin);
    const auto shift = std::chrono::round<Seconds>(now.system - expected);
    if (shift == Seconds(0)) {
        return;
    }
    m_originName += shift;
    for (Level &level : m_levels) {
        level.published.reset();
    }
}

/// Narrow levels go first: what they merge belongs to the bucket in which the wider one still is.
void TimeSeries::advanceLevel(std::size_t number, Seconds sinceOrigin)
{
    Level &level = m_levels[number];
    const std::int64_t current = sinceOrigin / level.width;
    if (current <= level.running) {
        return;
    }
    closeRunning(level, number + 1 < kWidthCount ? &m_levels[number + 1] : nullptr);
    appendEmpty(level, current - level.running - 1);
    level.running = current;
    level.published.reset();
}

void TimeSeries::closeRunning(Level &level, Level *wider)
{
    for (std::size_t i = 0; i < level.lanes.size(); ++i) {
        Lane &lane = level.lanes[i];
        append(lane.points, pointOf(lane.running), level.capacity);
        if (lane.running.ended == 0) {
            continue;
        }
        if (wider != nullptr) {
            wider->lanes[i].running += lane.running;
        }
        lane.running = Tally();
    }
}

void TimeSeries::appendEmpty(Level &level, std::int64_t buckets)
{
    const auto count = std::min(buckets, static_cast<std::int64_t>(level.capacity));
    for (Lane &lane : level.lanes) {
        for (std::int64_t i = 0; i < count; ++i) {
            append(lane.points, SeriesPoint(), level.capacity);
        }
    }
}

Series TimeSeries::seriesOf(const Level &level, const Lane &lane) const
{
    Series series;
    series.bucket = level.width;
    const std::int64_t first = level.running - static_cast<std::int64_t>(lane.points.size());
    series.firstBucket = m_originName + level.width * first;
    series.points.assign(lane.points.begin(), lane.points.end());
    return series;
}

} // namespace signalbox::telemetry
