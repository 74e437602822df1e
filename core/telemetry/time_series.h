// SPDX-License-Identifier: Apache-2.0
// The charts' past: buckets of 1 s, folded into 10 s, 1 min and 1 h.
#pragma once

#include "core/telemetry/snapshot.h"
#include "core/telemetry/tally.h"

#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace signalbox::telemetry {

using SeriesSetPtr = std::shared_ptr<const Snapshot::SeriesSet>;

/// One lane for all attempts and one for each provider, each at four widths. A sample enters the
/// running second; a bucket that ends is merged whole into the wider one, so counts and money stay
/// exact and percentiles come from merged histograms. A wide bucket is published when it ends.
///
/// The steady clock cuts the buckets. The system clock names them: buckets begin on whole seconds,
/// minutes and hours of the system time at the start; when the system clock is set, the whole past
/// is renamed by the same number of seconds.
class TimeSeries
{
public:
    enum class Width : std::uint8_t {
        Second,
        TenSeconds,
        Minute,
        Hour
    };
    static constexpr std::size_t kWidthCount = 4;

    TimeSeries(std::size_t providers, Now start);

    /// Everything that had ended when advance() was called last. The same object until a bucket of
    /// this width ends, the system clock is set or the providers change.
    [[nodiscard]] SeriesSetPtr published(Width width);

    /// A sample of provider number \p provider; of none that is configured when absent.
    void add(std::optional<std::size_t> provider, const CallSample &sample, Now now);
    /// Ends the buckets that are over at \p now.
    void advance(Now now);
    /// The providers changed: for each new one the number it had before, if any. Those without a
    /// past get empty buckets; the past of those that are gone stays in the total only.
    void rearrange(const std::vector<std::optional<std::size_t>> &before);

private:
    struct Lane
    {
        Tally running;
        std::deque<SeriesPoint> points; ///< oldest first
    };
    struct Level
    {
        Seconds width{1};
        std::size_t capacity = 0;
        std::int64_t running = 0; ///< number of the running bucket, counted from the origin
        std::vector<Lane> lanes; ///< the total, then the providers
        SeriesSetPtr published; ///< nothing when it is out of date
    };

    void followSystemClock(Now now);
    void advanceLevel(std::size_t number, Seconds sinceOrigin);
    static void closeRunning(Level &level, Level *wider);
    static void appendEmpty(Level &level, std::int64_t buckets);
    [[nodiscard]] Series seriesOf(const Level &level, const Lane &lane) const;

    SteadyTime m_origin; ///< where bucket 0 of every width begins
    SystemTime m_originName; ///< its system time
    std::array<Level, kWidthCount> m_levels;
};

} // namespace signalbox::telemetry
