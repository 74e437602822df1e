// SPDX-License-Identifier: GPL-3.0-or-later
// When an answer came: its arrivals on the clock that began when it was asked, and what can be read
// from them.
#pragma once

#include "ui/playground_source.h"

#include "core/base/money.h"

#include <QList>

#include <optional>
#include <vector>

namespace signalbox::ui {

/// So much of an answer was there at a time.
struct TrackPoint
{
    double ms = 0;
    int text = 0; ///< UTF-16 units of text so far
    int reasoning = 0; ///< likewise of reasoning

    [[nodiscard]] int units() const { return text + reasoning; }
    friend bool operator==(const TrackPoint &, const TrackPoint &) = default;
};

/// A silence in the midst of an answer.
struct TrackStall
{
    double fromMs = 0;
    double toMs = 0;

    friend bool operator==(const TrackStall &, const TrackStall &) = default;
};

/// Shares its points with its copies until one of them grows.
class PlaygroundTrack
{
public:
    /// Beyond this many, what comes within the last distance is one arrival.
    static constexpr qsizetype kPointsMax = 20'000;

    void add(const QList<PlaygroundArrival> &arrivals);
    void addPoint(const TrackPoint &point) { m_points.append(point); }

    [[nodiscard]] const QList<TrackPoint> &points() const { return m_points; }
    [[nodiscard]] bool isEmpty() const { return m_points.isEmpty(); }
    /// What was there at \p ms; zeros before the first.
    [[nodiscard]] TrackPoint at(double ms) const;
    [[nodiscard]] double lastMs() const { return m_points.isEmpty() ? 0 : m_points.last().ms; }
    /// Silences of at least 400 ms and eight times the median distance between arrivals.
    [[nodiscard]] std::vector<TrackStall> stalls() const;
    /// UTF-16 units that came in each of \p bins equally long stretches of 0 to \p endMs.
    [[nodiscard]] std::vector<int> density(double endMs, int bins) const;

    friend bool operator==(const PlaygroundTrack &, const PlaygroundTrack &) = default;

private:
    QList<TrackPoint> m_points;
};

/// What had been spent when \p share (0 to 1) of the answer was there: \p total less the tokens that
/// were still to come. Exact at the end, an estimate before.
[[nodiscard]] Money spentAt(double share,
                            Money total,
                            std::int64_t completionTokens,
                            TokenPrice outputPrice);

} // namespace signalbox::ui
