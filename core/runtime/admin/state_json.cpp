// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/admin/state_json.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

namespace signalbox::runtime {

using Json = nlohmann::ordered_json;
using namespace telemetry;

namespace {

Json timeOrNull(const std::optional<SystemTime> &time)
{
    return time ? Json(toIso8601(*time)) : Json();
}

/// NaN is "no data", which JSON has no number for.
Json numberOrNull(double value)
{
    return std::isnan(value) ? Json() : Json(value);
}

template <typename T>
Json orNull(const std::optional<T> &value)
{
    return value ? Json(*value) : Json();
}

Json forcedJson(ForcedState forced)
{
    switch (forced) {
    case ForcedState::None:
        return {};
    case ForcedState::Open:
        return "open";
    case ForcedState::Closed:
        return "closed";
    }
    return {};
}

Json breakerJson(const BreakerView &breaker)
{
    return {{"state", toString(breaker.state)},
            {"forced", forcedJson(breaker.forced)},
            {"forced_until", timeOrNull(breaker.forcedUntil)},
            {"forced_reason", breaker.forcedReason.empty() ? Json() : Json(breaker.forcedReason)},
            {"drained", breaker.drained},
            {"cause", breaker.cause.empty() ? Json() : Json(breaker.cause)},
            {"failures", breaker.failures},
            {"failures_to_open", breaker.failuresToOpen},
            {"changed_at", timeOrNull(breaker.changedAt)},
            {"retry_at", timeOrNull(breaker.retryAt)},
            {"probes_out", breaker.probesOut}};
}

Json quantilesJson(const Quantiles &quantiles)
{
    return {{"samples", quantiles.samples},
            {"p50_ms", orNull(quantiles.p50Ms)},
            {"p90_ms", orNull(quantiles.p90Ms)},
            {"p95_ms", orNull(quantiles.p95Ms)},
            {"p99_ms", orNull(quantiles.p99Ms)}};
}

Json budgetJson(const BudgetView &budget)
{
    return {{"id", budget.id},
            {"budget_usd_per_day", budget.perDay.toDecimal()},
            {"spent_usd", budget.spent.toDecimal()},
            {"reserved_usd", budget.reserved.toDecimal()},
            {"resets_at", toIso8601(budget.resetsAt)}};
}

Json providerJson(const ProviderView &provider)
{
    Json keys = Json::array();
    for (const KeyView &key : provider.keys) {
        keys.push_back({{"name", key.name},
                        {"disabled", key.disabled},
                        {"reason", key.reason.empty() ? Json() : Json(key.reason)},
                        {"cools_until", timeOrNull(key.coolsUntil)},
                        {"in_flight", key.inFlight}});
    }
    const HeadRoom &room = provider.headRoom;
    return {{"id", provider.id},
            {"kind", provider.kind},
            {"disabled", provider.disabled},
            {"in_flight", provider.inFlight},
            {"requests_per_second", provider.requestsPerSecond},
            {"failure_share", numberOrNull(provider.failureShare)},
            {"cost_usd_per_hour", provider.costPerHour},
            {"unknown_price_last_minute", provider.unknownPriceLastMinute},
            {"latency", quantilesJson(provider.latency)},
            {"first_token", quantilesJson(provider.firstToken)},
            {"keys", std::move(keys)},
            {"budget", provider.budget ? budgetJson(*provider.budget) : Json()},
            {"head_room",
             {{"requests_limit", orNull(room.requestsLimit)},
              {"requests_remaining", orNull(room.requestsRemaining)},
              {"tokens_limit", orNull(room.tokensLimit)},
              {"tokens_remaining", orNull(room.tokensRemaining)},
              {"as_of", timeOrNull(room.asOf)}}}};
}

Json routeJson(const RouteView &route)
{
    Json shares = Json::array();
    for (const RouteShare &share : route.shares) {
        shares.push_back({{"target", share.target.name()},
                          {"planned", share.planned},
                          {"actual", numberOrNull(share.actual)},
                          {"attempts", share.attempts}});
    }
    return {{"name", route.name},
            {"strategy", route.strategy},
            {"requests_per_second", route.requestsPerSecond},
            {"shares", std::move(shares)}};
}

Json totalsJson(const Totals &totals)
{
    return {{"requests", totals.requests},
            {"failed", totals.failedRequests},
            {"abandoned", totals.abandoned},
            {"in_flight", totals.inFlight},
            {"requests_per_second", totals.requestsPerSecond},
            {"failure_share", numberOrNull(totals.failureShare)},
            {"cost_usd_per_hour", totals.costPerHour},
            {"unknown_price_last_minute", totals.unknownPriceLastMinute},
            {"latency", quantilesJson(totals.latency)},
            {"first_token", quantilesJson(totals.firstToken)}};
}

} // namespace

Json toJson(const TargetView &target)
{
    Json outcomes = Json::object();
    for (std::size_t i = 0; i < target.outcomes.size(); ++i) {
        if (target.outcomes[i] > 0) {
            outcomes[std::string(toString(static_cast<OutcomeClass>(i)))] = target.outcomes[i];
        }
    }
    Json ejected = Json::array();
    for (const EjectionView &ejection : target.ejections) {
        ejected.push_back({{"route", ejection.route},
                           {"until", toIso8601(ejection.until)},
                           {"times_slower", ejection.timesSlower}});
    }
    return {{"target", target.target.name()},
            {"breaker", breakerJson(target.breaker)},
            {"in_flight", target.inFlight},
            {"attempts_last_minute", target.attemptsLastMinute},
            {"failures_last_minute", target.failuresLastMinute},
            {"short_circuited", target.shortCircuited},
            {"misconfigured", target.misconfigured},
            {"ejected", std::move(ejected)},
            {"outcomes", std::move(outcomes)},
            {"latency", quantilesJson(target.latency)},
            {"first_token", quantilesJson(target.firstToken)}};
}

Json toJson(const BreakerTransition &transition)
{
    return {{"at", toIso8601(transition.at)},
            {"target", transition.target.name()},
            {"from", toString(transition.from)},
            {"to", toString(transition.to)},
            {"forced", forcedJson(transition.forced)},
            {"cause", transition.cause}};
}

Json toJson(const Snapshot &snapshot)
{
    Json targets = Json::array();
    Json providers = Json::array();
    for (const ProviderView &provider : snapshot.providers) {
        providers.push_back(providerJson(provider));
        for (const TargetView &target : provider.targets) {
            targets.push_back(toJson(target));
        }
    }
    Json routes = Json::array();
    for (const RouteView &route : snapshot.routes) {
        routes.push_back(routeJson(route));
    }
    Json transitions = Json::array();
    for (const BreakerTransition &transition : snapshot.transitions) {
        transitions.push_back(toJson(transition));
    }
    Json clients = Json::array();
    for (const BudgetView &budget : snapshot.budgets) {
        clients.push_back(budgetJson(budget));
    }
    const LedgerHealth &ledger = snapshot.ledger;
    return {{"sequence", snapshot.sequence},
            {"at", toIso8601(snapshot.at.system)},
            {"started_at", toIso8601(snapshot.startedAt)},
            {"listen", snapshot.listen},
            {"revision", snapshot.revision},
            {"totals", totalsJson(snapshot.totals)},
            {"targets", std::move(targets)},
            {"providers", std::move(providers)},
            {"routes", std::move(routes)},
            {"transitions", std::move(transitions)},
            {"clients", std::move(clients)},
            {"ledger",
             {{"healthy", ledger.healthy},
              {"problem", ledger.problem.empty() ? Json() : Json(ledger.problem)},
              {"queued", ledger.queued},
              {"dropped", ledger.dropped},
              {"written", ledger.written},
              {"bytes", ledger.bytes},
              {"moved_aside", ledger.movedAside.empty() ? Json() : Json(ledger.movedAside)}}}};
}

} // namespace signalbox::runtime
