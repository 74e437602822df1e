// SPDX-License-Identifier: Apache-2.0
// All that a screen may know of the present, as one immutable value.
#pragma once

#include "core/base/money.h"
#include "core/base/time.h"
#include "core/domain/budget.h"
#include "core/domain/ids.h"
#include "core/domain/outcome.h"

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::telemetry {

/// NaN means "no request in this bucket": a gap on a chart, never a zero.
inline constexpr double kNoData = std::numeric_limits<double>::quiet_NaN();

/// One bucket of one provider's (or the whole gateway's) time series.
struct SeriesPoint
{
    bool known = true; ///< false: nobody was there to look; a gap, whatever the figures
    std::int64_t attempts = 0; ///< ended in this bucket
    std::int64_t failures = 0; ///< of them, those the target or its provider failed
    std::int64_t promptTokens = 0;
    std::int64_t completionTokens = 0;
    Money cost; ///< known costs only
    std::int64_t unknownPriceAttempts = 0;
    double p50Ms = kNoData; ///< of successful attempts' total time
    double p95Ms = kNoData;
    double firstTokenP50Ms = kNoData;
    double firstTokenP95Ms = kNoData;

    /// A bucket of which nothing is known.
    static SeriesPoint unknown()
    {
        SeriesPoint point;
        point.known = false;
        return point;
    }
};

/// Buckets of one width, oldest first, the last one complete.
struct Series
{
    Seconds bucket{1};
    SystemTime firstBucket{}; ///< start of points.front()
    std::vector<SeriesPoint> points;
};

enum class BreakerState : std::uint8_t {
    Closed,
    HalfOpen,
    Open
};
enum class ForcedState : std::uint8_t {
    None,
    Open,
    Closed
};

inline constexpr int kBreakerStateCount = static_cast<int>(BreakerState::Open) + 1;

/// `closed`, `half_open`, `open`: as the admin API writes them.
std::string_view toString(BreakerState state);

struct BreakerView
{
    BreakerState state = BreakerState::Closed; ///< what it is by its own counting
    ForcedState forced = ForcedState::None;
    std::optional<SystemTime> forcedUntil;
    std::string forcedReason;
    bool drained = false;
    int failures = 0; ///< consecutive ones so far
    int failuresToOpen = 0;
    std::string cause; ///< such as `server_error, server_error, first_token_timeout in 41 s`
    std::optional<SystemTime> changedAt;
    std::optional<SystemTime> retryAt; ///< when an open one becomes half-open
    int probesOut = 0;
};

/// Quantiles over the last minute; nothing below 20 samples.
struct Quantiles
{
    std::int64_t samples = 0;
    std::optional<double> p50Ms;
    std::optional<double> p90Ms;
    std::optional<double> p95Ms;
    std::optional<double> p99Ms;
};

/// A target that stands aside in one route.
struct EjectionView
{
    std::string route;
    SystemTime until{};
    double timesSlower = 0; ///< than the median of its peers
};

struct TargetView
{
    TargetId target;
    BreakerView breaker;
    int inFlight = 0;
    std::int64_t attemptsLastMinute = 0;
    std::int64_t failuresLastMinute = 0;
    std::int64_t shortCircuited = 0; ///< times it was passed over while open, since start
    std::array<std::int64_t, kOutcomeClassCount> outcomes{}; ///< since start, by OutcomeClass
    Quantiles latency;
    Quantiles firstToken;
    bool misconfigured = false; ///< its provider says that the model is unknown
    std::vector<EjectionView> ejections = {}; ///< where it stands aside for being slow
};

struct HeadRoom
{
    std::optional<std::int64_t> requestsLimit;
    std::optional<std::int64_t> requestsRemaining;
    std::optional<std::int64_t> tokensLimit;
    std::optional<std::int64_t> tokensRemaining;
    std::optional<SystemTime> asOf;
};

struct KeyView
{
    std::string name; ///< where it is kept: `env:OPENAI_API_KEY`; never the key
    bool disabled = false;
    std::string reason; ///< why disabled or cooling
    std::optional<SystemTime> coolsUntil;
    std::int64_t inFlight = 0;
};

struct ProviderView
{
    std::string id;
    std::string kind;
    std::vector<TargetView> targets;
    std::vector<KeyView> keys;
    HeadRoom headRoom;
    int inFlight = 0;
    double requestsPerSecond = 0; ///< over the last ten seconds
    double failureShare = kNoData; ///< over the last minute
    double costPerHour = 0; ///< USD per hour over the last minute, known costs only
    std::int64_t unknownPriceLastMinute = 0;
    Quantiles latency; ///< over the last minute
    Quantiles firstToken;
    bool disabled = false; ///< a secret could not be read
    std::optional<BudgetView> budget = {}; ///< nothing: unbounded
};

struct RouteShare
{
    TargetId target;
    /// Share by weight, 0..1; NaN where the strategy decides anew for each request.
    double planned = 0;
    double actual = kNoData; ///< share of the last minute's attempts
    std::int64_t attempts = 0;
};

struct RouteView
{
    std::string name;
    std::string strategy;
    double requestsPerSecond = 0;
    std::vector<RouteShare> shares;
};

/// A breaker's change, newest last.
struct BreakerTransition
{
    SystemTime at{};
    TargetId target;
    BreakerState from = BreakerState::Closed;
    BreakerState to = BreakerState::Closed;
    ForcedState forced = ForcedState::None;
    std::string cause;
};

struct LedgerHealth
{
    bool healthy = true;
    std::string problem; ///< empty when healthy
    std::int64_t queued = 0;
    std::int64_t dropped = 0; ///< records that could not be kept, since start
    std::int64_t written = 0;
    std::int64_t bytes = 0; ///< of its files on the disk
    std::string movedAside = {}; ///< a damaged ledger of before, since start; empty: none
};

struct Totals
{
    std::int64_t requests = 0; ///< since start
    std::int64_t failedRequests = 0; ///< answered with 5xx or 429, or broken in the stream
    std::int64_t abandoned = 0;
    int inFlight = 0;
    double requestsPerSecond = 0; ///< over the last ten seconds
    double failureShare = kNoData; ///< over the last minute
    Quantiles latency;
    Quantiles firstToken;
    double costPerHour = 0;
    std::int64_t unknownPriceLastMinute = 0;
};

struct Snapshot
{
    std::uint64_t sequence = 0;
    Now at;
    SystemTime startedAt{};
    std::string listen; ///< http://HOST:PORT
    std::string revision; ///< of the configuration in force
    Totals totals;
    std::vector<ProviderView> providers; ///< in file order
    std::vector<RouteView> routes;
    std::vector<BreakerTransition> transitions; ///< the last 200
    LedgerHealth ledger;
    std::vector<BudgetView> budgets; ///< of the clients that have one, in file order
    /// One-second buckets of the last 15 minutes, and coarser ones: shared between snapshots and
    /// replaced once a second. `byProvider` is in the order of `providers`.
    struct SeriesSet
    {
        Series total;
        std::vector<Series> byProvider;
    };
    std::shared_ptr<const SeriesSet> seconds; ///< 1 s, at most 900 points
    std::shared_ptr<const SeriesSet> tens; ///< 10 s, at most 720 points (2 h)
    std::shared_ptr<const SeriesSet> minutes; ///< 1 min, at most 1440 points (24 h)
    std::shared_ptr<const SeriesSet> hours; ///< 1 h, at most 720 points (30 d)
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

} // namespace signalbox::telemetry
