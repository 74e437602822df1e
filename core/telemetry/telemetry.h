// SPDX-License-Identifier: Apache-2.0
// Counts what the gateway does and says so: as a Snapshot for screens, as counters for Prometheus.
#pragma once

#include "core/domain/record.h"
#include "core/domain/settings.h"
#include "core/telemetry/counters.h"
#include "core/telemetry/live_state.h"
#include "core/telemetry/snapshot.h"
#include "core/telemetry/time_series.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace signalbox::telemetry {

/// Lives on the gateway's thread, as all its callers do. Integers and Money throughout, so every
/// sum is exact. Names that are not configured are counted together, never each by itself.
class Telemetry
{
public:
    Telemetry(const Configuration &configuration, Now start);

    [[nodiscard]] const Counters &counters() const { return m_counters; }
    /// All that is known at \p now. At most ten times a second is meant; once the charts' buckets
    /// are unchanged it costs a few microseconds per target.
    [[nodiscard]] SnapshotPtr snapshot(Now now, const LiveState &live);

    /// A new configuration is in force. Targets, providers and routes that it still names keep
    /// their counts (a route whose targets changed starts its shares anew); the others are
    /// forgotten, but for the totals and the list of transitions.
    void configure(const Configuration &configuration, Now now);
    /// A request was read; \p route is empty when it names none.
    void requestStarted(std::string_view route, Now now);
    /// To be called once for each requestStarted(), after attemptEnded() for all its attempts.
    void requestEnded(const RequestRecord &request, Now now);
    /// What arrived was refused with \p status before it was a request.
    void refusedUnread(int status) { ++m_counters.unread[status]; }
    /// A connection was closed at once, because there is room for no more.
    void turnedAway() { ++m_counters.turnedAway; }
    void attemptStarted(const TargetId &target, Now now);
    /// \p operation is the request's.
    void attemptEnded(const AttemptRecord &attempt, Now now, std::string_view operation = "chat");
    void breakerChanged(const BreakerTransition &transition);
    /// A request passed \p target over because its breaker is open.
    void shortCircuited(const TargetId &target);
    /// \p target has begun to go on with an answer that another call had begun.
    void streamContinued(const TargetId &target) { ++countersOf(target).continued; }
    /// A stream of \p target broke after content had been sent.
    void streamInterrupted(const TargetId &target, OutcomeClass outcome);
    /// A health check ended; it is no attempt of any request, and in no sum of those.
    void healthChecked(const AttemptRecord &attempt);
    /// The same of a shadow.
    void embedded(const AttemptRecord &attempt);
    void shadowed(const AttemptRecord &attempt);
    void shadowLeftOut(const TargetId &target) { ++countersOf(target).shadowsLeftOut; }
    void headRoom(std::string_view provider, const HeadRoom &headRoom);

private:
    struct Place
    {
        std::size_t provider = 0;
        std::size_t target = 0;
    };

    void configureProviders(const Configuration &configuration, SteadyTime now);
    void configureRoutes(const Configuration &configuration, SteadyTime now);
    [[nodiscard]] std::optional<Place> placeOf(const TargetId &target) const;
    [[nodiscard]] TargetCounters &countersOf(const TargetId &target);
    [[nodiscard]] ProviderCounters *providerOf(std::string_view id);
    [[nodiscard]] RouteCounters *routeOf(std::string_view name);
    void countAbandoned(const RequestRecord &request);

    Counters m_counters;
    TimeSeries m_series;
    std::unordered_map<TargetId, Place> m_places;
    std::deque<BreakerTransition> m_transitions; ///< oldest first
    std::uint64_t m_sequence = 0;
};

} // namespace signalbox::telemetry
