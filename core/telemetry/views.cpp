// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/views.h"

#include <algorithm>

namespace signalbox::telemetry {
namespace {

constexpr std::int64_t kFewestSamples = 20;
/// Rates divide by at least this much time, so that the first requests after the start do not look
/// like a flood.
constexpr Nanos kShortestRate = Seconds(1);
constexpr Nanos kShortestCostRate = Seconds(10);

double seconds(Nanos interval)
{
    return std::chrono::duration<double>(interval).count();
}

double perSecond(const RecentCount &count, SteadyTime now)
{
    const Nanos interval = std::max(count.covered(now), kShortestRate);
    return static_cast<double>(count.total(now)) / seconds(interval);
}

double costPerHour(const Tally &tally, Nanos covered)
{
    const double usd = static_cast<double>(tally.cost.nanos()) / 1e9;
    return usd * 3600.0 / seconds(std::max(covered, kShortestCostRate));
}

double failureShare(const Tally &tally)
{
    return tally.ended == 0 ? kNoData
                            : static_cast<double>(tally.failed) / static_cast<double>(tally.ended);
}

std::optional<double> millisAt(const Histogram &histogram, double q)
{
    const auto value = histogram.quantile(q);
    return value ? std::optional(static_cast<double>(value->count()) / 1000.0) : std::nullopt;
}

TargetView viewOf(const TargetCounters &counters, const LiveState &live, SteadyTime now)
{
    TargetView view;
    view.target = counters.target;
    if (const auto found = live.targets.find(counters.target); found != live.targets.end()) {
        view.breaker = found->second.breaker;
        view.inFlight = found->second.inFlight;
        view.ejections = found->second.ejections;
    }
    const Tally minute = counters.recent.total(now);
    view.attemptsLastMinute = minute.ended;
    view.failuresLastMinute = minute.failed;
    view.shortCircuited = counters.shortCircuited;
    view.outcomes = counters.outcomes;
    view.latency = quantilesOf(minute.latency);
    view.firstToken = quantilesOf(minute.firstToken);
    view.misconfigured = counters.misconfigured;
    return view;
}

} // namespace

Quantiles quantilesOf(const Histogram &histogram)
{
    Quantiles quantiles;
    quantiles.samples = histogram.count();
    if (quantiles.samples < kFewestSamples) {
        return quantiles;
    }
    quantiles.p50Ms = millisAt(histogram, 0.50);
    quantiles.p90Ms = millisAt(histogram, 0.90);
    quantiles.p95Ms = millisAt(histogram, 0.95);
    quantiles.p99Ms = millisAt(histogram, 0.99);
    return quantiles;
}

Totals totalsOf(const Counters &counters, SteadyTime now)
{
    Totals totals;
    totals.requests = counters.requests;
    totals.failedRequests = counters.failedRequests;
    totals.abandoned = counters.abandoned;
    totals.requestsPerSecond = perSecond(counters.arrivals, now);
    const Tally requests = counters.recentRequests.total(now);
    totals.failureShare = failureShare(requests);
    totals.latency = quantilesOf(requests.latency);
    totals.firstToken = quantilesOf(requests.firstToken);
    const Tally attempts = counters.recentAttempts.total(now);
    totals.costPerHour = costPerHour(attempts, counters.recentAttempts.covered(now));
    totals.unknownPriceLastMinute = attempts.unknownPrice;
    return totals;
}

ProviderView viewOf(const ProviderCounters &counters, const LiveState &live, SteadyTime now)
{
    ProviderView view;
    view.id = counters.id;
    view.kind = toString(counters.kind);
    for (const TargetCounters &target : counters.targets) {
        view.targets.push_back(viewOf(target, live, now));
        view.inFlight += view.targets.back().inFlight;
    }
    if (const auto found = live.providers.find(counters.id); found != live.providers.end()) {
        view.keys = found->second.keys;
        view.disabled = found->second.disabled;
        view.budget = found->second.budget;
    }
    view.headRoom = counters.headRoom;
    view.requestsPerSecond = perSecond(counters.starts, now);
    const Tally minute = counters.recent.total(now);
    view.failureShare = failureShare(minute);
    view.costPerHour = costPerHour(minute, counters.recent.covered(now));
    view.unknownPriceLastMinute = minute.unknownPrice;
    view.latency = quantilesOf(minute.latency);
    view.firstToken = quantilesOf(minute.firstToken);
    return view;
}

RouteView viewOf(const RouteCounters &counters, SteadyTime now)
{
    RouteView view;
    view.name = counters.name;
    view.strategy = toString(counters.strategy);
    view.requestsPerSecond = perSecond(counters.starts, now);
    for (const ShareCounter &counter : counters.shares) {
        RouteShare share;
        share.target = counter.target;
        share.planned = counter.planned;
        share.actual = actualShare(counters, counter, now);
        share.attempts = counter.attempts.total(now);
        view.shares.push_back(std::move(share));
    }
    return view;
}

double actualShare(const RouteCounters &route, const ShareCounter &share, SteadyTime now)
{
    const std::int64_t all = route.attempts.total(now);
    return all == 0 ? kNoData
                    : static_cast<double>(share.attempts.total(now)) / static_cast<double>(all);
}

} // namespace signalbox::telemetry
