// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/counters.h"

#include <algorithm>

namespace signalbox::telemetry {
namespace {

/// What the gateway sends of its own accord, and the refusals it passes on.
constexpr std::array<int, 21> kStatuses = {200, 400, 401, 402, 403, 404, 405, 408, 409, 413, 415,
                                           422, 429, 431, 499, 500, 501, 502, 503, 504, 529};

int lowestTier(const std::vector<TargetChoice> &choices)
{
    const auto lowest = std::min_element(choices.begin(),
                                         choices.end(),
                                         [](const TargetChoice &a, const TargetChoice &b) {
                                             return a.tier < b.tier;
                                         });
    return lowest == choices.end() ? 1 : lowest->tier;
}

/// The share of each of the route's targets, in their order.
std::vector<double> plannedShares(const RouteSettings &route)
{
    std::vector<double> shares(route.targets.size(), kNoData);
    if (route.strategy != Strategy::Weighted && route.strategy != Strategy::Priority) {
        return shares;
    }
    const int tier = lowestTier(route.targets);
    double sum = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const bool first = route.strategy == Strategy::Weighted || sum == 0;
        const double weight = route.strategy == Strategy::Weighted ? route.targets[i].weight : 1;
        shares[i] = first && route.targets[i].tier == tier ? weight : 0;
        sum += shares[i];
    }
    for (double &share : shares) {
        share = sum > 0 ? share / sum : 0;
    }
    return shares;
}

void addShare(std::vector<ShareCounter> &shares, const ShareCounter &added)
{
    for (ShareCounter &share : shares) {
        if (share.target == added.target) {
            share.planned += added.planned;
            return;
        }
    }
    shares.push_back(added);
}

} // namespace

TargetCounters::TargetCounters(TargetId id, SteadyTime start)
    : target(std::move(id))
    , recent(kLastMinute, start)
{}

void TargetCounters::add(const AttemptRecord &attempt, Operation operation, SteadyTime now)
{
    const CallSample sample = sampleOf(attempt);
    ++outcomes[static_cast<std::size_t>(attempt.outcome)];
    unknownPrice += sample.unknownPrice ? 1 : 0;
    cost += sample.cost;
    if (attempt.cost.estimated) {
        estimatedCost += sample.cost;
    }
    if (attempt.outcome == OutcomeClass::Outrun) {
        outrunCost += sample.cost;
    }
    if (attempt.outcome == OutcomeClass::ModelNotFound) {
        misconfigured = true;
    } else if (attempt.outcome == OutcomeClass::Success) {
        misconfigured = false;
    }
    genAi[operation].add(attempt);
    recent.record(now, [&sample](Tally &tally) { tally.add(sample); });
}

ProviderCounters::ProviderCounters(const ProviderSettings &settings, SteadyTime start)
    : id(settings.id)
    , kind(settings.kind)
    , starts(kLastTenSeconds, start)
    , recent(kLastMinute, start)
{
    for (const ModelSettings &model : settings.models) {
        targets.emplace_back(TargetId(settings.id, model.name), start);
    }
}

void addRequest(RequestCounts &counts, const RequestRecord &request)
{
    const bool known = std::binary_search(kStatuses.begin(), kStatuses.end(), request.status);
    ++counts[{known ? request.status : 0, request.outcome}];
}

RouteCounters::RouteCounters(const RouteSettings &settings, SteadyTime start)
    : name(settings.name)
    , strategy(settings.strategy)
    , attempts(kLastMinuteCount, start)
    , starts(kLastTenSeconds, start)
{
    const RecentCount none(kLastMinuteCount, start);
    const std::vector<double> planned = plannedShares(settings);
    for (std::size_t i = 0; i < planned.size(); ++i) {
        addShare(shares, {settings.targets[i].target, planned[i], none});
    }
    for (const RuleSettings &rule : settings.rules) {
        for (const TargetChoice &choice : rule.targets) {
            addShare(shares, {choice.target, 0, none});
        }
    }
}

void RouteCounters::add(const RequestRecord &request, SteadyTime now)
{
    addRequest(requests, request);
    const auto addOne = [](std::int64_t &count) { ++count; };
    for (const AttemptRecord &attempt : request.attempts) {
        attempts.record(now, addOne);
        const auto share = std::find_if(shares.begin(), shares.end(), [&](const ShareCounter &s) {
            return s.target == attempt.target;
        });
        if (share != shares.end()) {
            share->attempts.record(now, addOne);
        }
    }
}

Counters::Counters(Now start)
    : startedAt(start.system)
    , elsewhere(TargetId(std::string(kOther)), start.steady)
    , arrivals(kLastTenSeconds, start.steady)
    , recentRequests(kLastMinute, start.steady)
    , recentAttempts(kLastMinute, start.steady)
{}

} // namespace signalbox::telemetry
