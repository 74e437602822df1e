// SPDX-License-Identifier: Apache-2.0
// All that telemetry counts: sums since start and windows of the last minute.
#pragma once

#include "core/base/money.h"
#include "core/base/time.h"
#include "core/domain/record.h"
#include "core/domain/settings.h"
#include "core/telemetry/bucket_counts.h"
#include "core/telemetry/gen_ai_counts.h"
#include "core/telemetry/recent_period.h"
#include "core/telemetry/snapshot.h"
#include "core/telemetry/tally.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::telemetry {

using RecentTally = RecentPeriod<Tally>;
using RecentCount = RecentPeriod<std::int64_t>;

inline constexpr RecentTally::Shape kLastMinute{Seconds(5), 12};
inline constexpr RecentCount::Shape kLastMinuteCount{Seconds(5), 12};
inline constexpr RecentCount::Shape kLastTenSeconds{Seconds(1), 10};

/// The name of what is not configured, wherever a name becomes a label.
inline constexpr std::string_view kOther = "other";

using OutcomeCounts = std::array<std::int64_t, kOutcomeClassCount>;

struct TargetCounters
{
    TargetCounters(TargetId id, SteadyTime start);

    TargetId target;
    OutcomeCounts outcomes{}; ///< of ended attempts
    OutcomeCounts interruptions{}; ///< of streams, after content was sent
    OutcomeCounts healthChecks{};
    Money healthCheckCost; ///< in no other sum
    OutcomeCounts embeddings{}; ///< calls of the cache's embedder
    Money embeddingCost; ///< in no other sum
    OutcomeCounts shadows{};
    std::int64_t shadowsLeftOut = 0; ///< drawn, but not asked: there was no room to spare
    Money shadowCost; ///< in no other sum
    std::int64_t continued = 0; ///< answers of others that it went on with
    std::array<std::int64_t, kBreakerStateCount> transitions{}; ///< by the state entered
    std::int64_t shortCircuited = 0;
    std::int64_t unknownPrice = 0; ///< attempts that used tokens at a price nobody knows
    Money cost; ///< known ones, estimates included
    Money estimatedCost; ///< the estimates among them
    Money outrunCost; ///< of calls that another one beside them outran
    bool misconfigured = false; ///< the last word about its model was "unknown"
    std::map<Operation, GenAiCounts> genAi;
    RecentTally recent;

    void add(const AttemptRecord &attempt, Operation operation, SteadyTime now);
};

struct ProviderCounters
{
    ProviderCounters(const ProviderSettings &settings, SteadyTime start);

    std::string id;
    ProviderKind kind;
    std::vector<TargetCounters> targets;
    HeadRoom headRoom;
    std::int64_t abandoned = 0; ///< requests whose client left while this provider was at it
    RecentCount starts;
    RecentTally recent;
};

struct ShareCounter
{
    TargetId target;
    double planned = 0; ///< NaN where the strategy decides anew for each request
    RecentCount attempts;
};

/// Requests by the status sent and the outcome. Statuses outside the contract are counted as 0.
using RequestCounts = std::map<std::pair<int, OutcomeClass>, std::int64_t>;

void addRequest(RequestCounts &counts, const RequestRecord &request);

struct RouteCounters
{
    RouteCounters(const RouteSettings &settings, SteadyTime start);

    std::string name;
    Strategy strategy;
    RequestCounts requests;
    std::vector<ShareCounter> shares; ///< the route's targets, then those its rules add
    RecentCount attempts; ///< of this route, at whatever target
    RecentCount starts;

    void add(const RequestRecord &request, SteadyTime now);
};

/// Microseconds: from 10 us to one second.
inline constexpr std::array<std::int64_t, 16> kOverheadBounds = {10,
                                                                 25,
                                                                 50,
                                                                 100,
                                                                 250,
                                                                 500,
                                                                 1'000,
                                                                 2'500,
                                                                 5'000,
                                                                 10'000,
                                                                 25'000,
                                                                 50'000,
                                                                 100'000,
                                                                 250'000,
                                                                 500'000,
                                                                 1'000'000};

struct Counters
{
    explicit Counters(Now start);

    SystemTime startedAt;
    std::vector<ProviderCounters> providers; ///< in file order
    std::vector<RouteCounters> routes; ///< in file order
    TargetCounters elsewhere; ///< attempts at targets that are not configured (any more)
    RequestCounts otherRequests; ///< of no configured route
    std::int64_t requests = 0; ///< ended
    std::int64_t failedRequests = 0;
    std::int64_t abandoned = 0;
    std::int64_t abandonedElsewhere = 0; ///< of them, at no configured provider
    std::map<int, std::int64_t> unread; ///< refused before there was a request, by status
    std::int64_t turnedAway = 0; ///< connections, for want of room
    BucketCounts decode{kOverheadBounds}; ///< of requests that made an attempt, like the other two
    BucketCounts decide{kOverheadBounds};
    BucketCounts encode{kOverheadBounds};
    RecentCount arrivals;
    RecentTally recentRequests;
    RecentTally recentAttempts;
};

} // namespace signalbox::telemetry
