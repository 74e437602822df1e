// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/playground_track.h"

#include <algorithm>
#include <cmath>

namespace signalbox::ui {

namespace {

constexpr double kStallMs = 400;
constexpr double kStallTimesMedian = 8;
constexpr qsizetype kMedianOf = 2'000; ///< of so many distances at most: any sample does

} // namespace

void PlaygroundTrack::add(const QList<PlaygroundArrival> &arrivals)
{
    for (const PlaygroundArrival &arrival : arrivals) {
        TrackPoint point = m_points.isEmpty() ? TrackPoint() : m_points.last();
        point.ms = std::max(point.ms, arrival.ms);
        point.text += arrival.text;
        point.reasoning += arrival.reasoning;
        if (m_points.size() < kPointsMax) {
            m_points.append(point);
        } else {
            m_points.last() = point;
        }
    }
}

TrackPoint PlaygroundTrack::at(double ms) const
{
    const auto after = std::ranges::upper_bound(m_points, ms, {}, &TrackPoint::ms);
    return after == m_points.begin() ? TrackPoint{.ms = ms} : *std::prev(after);
}

std::vector<TrackStall> PlaygroundTrack::stalls() const
{
    std::vector<double> gaps;
    const qsizetype step = std::max<qsizetype>(1, m_points.size() / kMedianOf);
    for (qsizetype i = 1; i < m_points.size(); i += step) {
        gaps.push_back(m_points[i].ms - m_points[i - 1].ms);
    }
    if (gaps.empty()) {
        return {};
    }
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::ranges::nth_element(gaps, middle);
    // Of two or three arrivals the median would be the silence itself.
    const double usual = gaps.size() < 4 ? 0 : *middle;
    const double least = std::max(kStallMs, usual * kStallTimesMedian);
    std::vector<TrackStall> stalls;
    for (qsizetype i = 1; i < m_points.size(); ++i) {
        if (m_points[i].ms - m_points[i - 1].ms >= least) {
            stalls.push_back({m_points[i - 1].ms, m_points[i].ms});
        }
    }
    return stalls;
}

std::vector<int> PlaygroundTrack::density(double endMs, int bins) const
{
    std::vector<int> density(static_cast<std::size_t>(std::max(0, bins)), 0);
    int before = 0;
    for (const TrackPoint &point : m_points) {
        if (bins > 0 && endMs > 0) {
            const auto bin = static_cast<int>(std::floor(point.ms / endMs * bins));
            density[static_cast<std::size_t>(std::clamp(bin, 0, bins - 1))] += point.units()
                                                                               - before;
        }
        before = point.units();
    }
    return density;
}

Money spentAt(double share, Money total, std::int64_t completionTokens, TokenPrice outputPrice)
{
    const double missing = (1 - std::clamp(share, 0.0, 1.0)) * static_cast<double>(completionTokens)
                           * static_cast<double>(outputPrice.picosPerToken()) / 1'000;
    const Money left = Money::fromNanos(std::llround(missing));
    return std::max(Money(), total - left);
}

} // namespace signalbox::ui
