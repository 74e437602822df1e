// SPDX-License-Identifier: GPL-3.0-or-later
// Another machine's time series, kept here bucket by bucket: what nobody saw stays a gap.
#pragma once

#include "core/runtime/admin/series_json.h"
#include "core/telemetry/snapshot.h"

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::app {

/// Buckets of one width. Holds as many as the gateway itself keeps, and of its present providers
/// only. A bucket that the gateway tells replaces the gap that stood there.
class SeriesMirror
{
public:
    explicit SeriesMirror(Seconds bucket)
        : m_bucket(bucket)
    {}

    [[nodiscard]] Seconds bucket() const { return m_bucket; }
    /// Where the first bucket begins that the gateway has not told yet; nothing: none has been.
    [[nodiscard]] std::optional<SystemTime> knownUntil() const { return m_knownUntil; }
    /// False when \p page does not continue what is here, because its clock was set: then this is
    /// empty, and all of it has to be asked for.
    bool take(const runtime::SeriesPage &page);
    /// Nobody tells anything: gaps up to \p now. True if there is a new one.
    bool extend(SystemTime now);
    void clear();
    /// The same object until something changes. Providers in the order of \p ids; one that is not
    /// known here has gaps.
    [[nodiscard]] std::shared_ptr<const telemetry::Snapshot::SeriesSet> set(
        const std::vector<std::string> &ids);

private:
    using Points = std::deque<telemetry::SeriesPoint>;

    void splice(Points &points, std::size_t at, const std::vector<telemetry::SeriesPoint> &fresh);
    void trim();
    [[nodiscard]] telemetry::Series seriesOf(const Points &points) const;

    Seconds m_bucket;
    std::size_t m_keeps = 0;
    SystemTime m_first{};
    std::optional<SystemTime> m_knownUntil;
    Points m_total;
    std::map<std::string, Points, std::less<>> m_providers;
    std::vector<std::string> m_shown; ///< the ids of m_set
    std::shared_ptr<const telemetry::Snapshot::SeriesSet> m_set; ///< null: out of date
};

} // namespace signalbox::app
