// SPDX-License-Identifier: GPL-3.0-or-later
// The cache's hit rate over time, from the totals of successive views.
#pragma once

#include "ui/charts/chart_data.h"
#include "ui/text/time_range.h"

#include "core/domain/cache_view.h"

#include <deque>

namespace signalbox::ui {

/// Knows what was seen while the page was looked at: before that, and between two looks far apart,
/// there is no data. A gateway that was started anew begins anew.
class CacheHistory
{
public:
    static constexpr std::size_t kSamplesMax = 8'640;

    /// \p atMs since the epoch; one that is not later than the last is passed over.
    void take(qint64 atMs, const CacheTotals &totals);
    /// The share of look-ups that were hits, and of hits by meaning where there are any; at most 120
    /// buckets that end with \p nowMs or the range.
    [[nodiscard]] ChartData chart(const TimeRange &range, qint64 nowMs) const;

private:
    struct Sample
    {
        qint64 ms = 0;
        std::uint64_t lookups = 0;
        std::uint64_t hits = 0;
        std::uint64_t byMeaning = 0;
        bool first = false; ///< nothing is known of what was before
    };

    std::deque<Sample> m_samples;
};

} // namespace signalbox::ui
