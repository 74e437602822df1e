// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/admin/state_reader.h"

#include "core/runtime/ledger/json_fields.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace signalbox::runtime {

using namespace telemetry;

namespace {

int smallInteger(const JsonFields &fields, const char *name)
{
    constexpr std::int64_t most = std::numeric_limits<int>::max();
    return static_cast<int>(std::clamp<std::int64_t>(fields.integer(name), 0, most));
}

double numberOrNoData(const JsonFields &fields, const char *name)
{
    return fields.optionalNumber(name).value_or(kNoData);
}

std::optional<SystemTime> timeOf(const JsonFields &fields, const char *name)
{
    return fromIso8601(fields.text(name));
}

/// The member as an object or list; an empty one where it is missing.
const Json &part(const JsonFields &fields, const char *name)
{
    static const Json nothing;
    const Json *found = fields.find(name);
    return found == nullptr ? nothing : *found;
}

std::optional<BreakerState> stateFrom(std::string_view name)
{
    for (int i = 0; i < kBreakerStateCount; ++i) {
        const auto state = static_cast<BreakerState>(i);
        if (toString(state) == name) {
            return state;
        }
    }
    return std::nullopt;
}

ForcedState forcedFrom(std::string_view name)
{
    return name == "open"     ? ForcedState::Open
           : name == "closed" ? ForcedState::Closed
                              : ForcedState::None;
}

Quantiles quantilesFrom(const Json &json)
{
    const JsonFields fields(json);
    return {fields.integer("samples"),
            fields.optionalNumber("p50_ms"),
            fields.optionalNumber("p90_ms"),
            fields.optionalNumber("p95_ms"),
            fields.optionalNumber("p99_ms")};
}

std::optional<BreakerView> breakerFrom(const Json &json)
{
    const JsonFields fields(json);
    const auto state = stateFrom(fields.text("state"));
    if (!state) {
        return std::nullopt;
    }
    BreakerView breaker;
    breaker.state = *state;
    breaker.forced = forcedFrom(fields.text("forced"));
    breaker.forcedUntil = timeOf(fields, "forced_until");
    breaker.forcedReason = fields.text("forced_reason");
    breaker.drained = fields.flag("drained");
    breaker.failures = smallInteger(fields, "failures");
    breaker.failuresToOpen = smallInteger(fields, "failures_to_open");
    breaker.cause = fields.text("cause");
    breaker.changedAt = timeOf(fields, "changed_at");
    breaker.retryAt = timeOf(fields, "retry_at");
    breaker.probesOut = smallInteger(fields, "probes_out");
    return breaker;
}

std::optional<TargetView> targetFrom(const Json &json)
{
    const JsonFields fields(json);
    auto breaker = breakerFrom(part(fields, "breaker"));
    if (!breaker || fields.text("target").empty()) {
        return std::nullopt;
    }
    TargetView target;
    target.target = TargetId(fields.text("target"));
    target.breaker = std::move(*breaker);
    target.inFlight = smallInteger(fields, "in_flight");
    target.attemptsLastMinute = fields.integer("attempts_last_minute");
    target.failuresLastMinute = fields.integer("failures_last_minute");
    target.shortCircuited = fields.integer("short_circuited");
    target.misconfigured = fields.flag("misconfigured");
    for (const Json &item : part(fields, "ejected")) {
        const JsonFields ejection(item);
        target.ejections.push_back({ejection.text("route"),
                                    timeOf(ejection, "until").value_or(SystemTime()),
                                    ejection.number("times_slower")});
    }
    target.latency = quantilesFrom(part(fields, "latency"));
    target.firstToken = quantilesFrom(part(fields, "first_token"));
    for (const auto &[name, count] : part(fields, "outcomes").items()) {
        // An outcome that a newer gateway knows is not lost: it has no place here.
        const auto outcome = outcomeFromString(name);
        if (outcome && count.is_number_integer()) {
            target.outcomes[static_cast<std::size_t>(*outcome)] = count.get<std::int64_t>();
        }
    }
    return target;
}

HeadRoom headRoomFrom(const Json &json)
{
    const JsonFields fields(json);
    return {fields.optionalInteger("requests_limit"),
            fields.optionalInteger("requests_remaining"),
            fields.optionalInteger("tokens_limit"),
            fields.optionalInteger("tokens_remaining"),
            timeOf(fields, "as_of")};
}

BudgetView budgetFrom(const Json &json, BudgetOwner owner)
{
    const JsonFields fields(json);
    return {fields.text("id"),
            fields.money("budget_usd_per_day").value_or(Money()),
            fields.money("spent_usd").value_or(Money()),
            fields.money("reserved_usd").value_or(Money()),
            timeOf(fields, "resets_at").value_or(SystemTime()),
            owner};
}

ProviderView providerFrom(const Json &json)
{
    const JsonFields fields(json);
    ProviderView provider;
    provider.id = fields.text("id");
    provider.kind = fields.text("kind");
    provider.disabled = fields.flag("disabled");
    provider.inFlight = smallInteger(fields, "in_flight");
    provider.requestsPerSecond = fields.number("requests_per_second");
    provider.failureShare = numberOrNoData(fields, "failure_share");
    provider.costPerHour = fields.number("cost_usd_per_hour");
    provider.unknownPriceLastMinute = fields.integer("unknown_price_last_minute");
    provider.latency = quantilesFrom(part(fields, "latency"));
    provider.firstToken = quantilesFrom(part(fields, "first_token"));
    provider.headRoom = headRoomFrom(part(fields, "head_room"));
    for (const Json &item : part(fields, "keys")) {
        const JsonFields key(item);
        provider.keys.push_back({key.text("name"),
                                 key.flag("disabled"),
                                 key.text("reason"),
                                 timeOf(key, "cools_until"),
                                 key.integer("in_flight")});
    }
    const Json &budget = part(fields, "budget");
    if (budget.is_object()) {
        provider.budget = budgetFrom(budget, BudgetOwner::Provider);
    }
    return provider;
}

RouteView routeFrom(const Json &json)
{
    const JsonFields fields(json);
    RouteView route;
    route.name = fields.text("name");
    route.strategy = fields.text("strategy");
    route.requestsPerSecond = fields.number("requests_per_second");
    for (const Json &item : part(fields, "shares")) {
        const JsonFields share(item);
        route.shares.push_back({TargetId(share.text("target")),
                                numberOrNoData(share, "planned"),
                                numberOrNoData(share, "actual"),
                                share.integer("attempts")});
    }
    return route;
}

Totals totalsFrom(const Json &json)
{
    const JsonFields fields(json);
    Totals totals;
    totals.requests = fields.integer("requests");
    totals.failedRequests = fields.integer("failed");
    totals.abandoned = fields.integer("abandoned");
    totals.inFlight = smallInteger(fields, "in_flight");
    totals.requestsPerSecond = fields.number("requests_per_second");
    totals.failureShare = numberOrNoData(fields, "failure_share");
    totals.costPerHour = fields.number("cost_usd_per_hour");
    totals.unknownPriceLastMinute = fields.integer("unknown_price_last_minute");
    totals.latency = quantilesFrom(part(fields, "latency"));
    totals.firstToken = quantilesFrom(part(fields, "first_token"));
    return totals;
}

LedgerHealth ledgerFrom(const Json &json)
{
    const JsonFields fields(json);
    LedgerHealth ledger;
    ledger.healthy = fields.find("healthy") == nullptr || fields.flag("healthy");
    ledger.problem = fields.text("problem");
    ledger.queued = fields.integer("queued");
    ledger.dropped = fields.integer("dropped");
    ledger.written = fields.integer("written");
    ledger.bytes = fields.integer("bytes");
    ledger.movedAside = fields.text("moved_aside");
    return ledger;
}

std::optional<BreakerTransition> transitionFrom(const Json &json)
{
    const JsonFields fields(json);
    const auto at = timeOf(fields, "at");
    const auto from = stateFrom(fields.text("from"));
    const auto to = stateFrom(fields.text("to"));
    if (!at || !from || !to) {
        return std::nullopt;
    }
    return BreakerTransition{*at,
                             TargetId(fields.text("target")),
                             *from,
                             *to,
                             forcedFrom(fields.text("forced")),
                             fields.text("cause")};
}

/// Targets stand in one list; each goes to the provider it is named after.
bool readTargets(const Json &list, std::vector<ProviderView> &providers)
{
    for (const Json &item : list) {
        auto target = targetFrom(item);
        if (!target) {
            return false;
        }
        const auto owner = std::ranges::find_if(providers, [&](const ProviderView &provider) {
            return target->target.provider() == provider.id;
        });
        if (owner == providers.end()) {
            return false;
        }
        owner->targets.push_back(std::move(*target));
    }
    return true;
}

bool readTransitions(const Json &list, std::vector<BreakerTransition> &transitions)
{
    for (const Json &item : list) {
        auto transition = transitionFrom(item);
        if (!transition) {
            return false;
        }
        transitions.push_back(std::move(*transition));
    }
    return true;
}

} // namespace

Result<Snapshot, std::string> snapshotFromJson(const Json &json)
{
    const JsonFields fields(json);
    const auto at = timeOf(fields, "at");
    if (!at) {
        return Failure{std::string("at")};
    }
    constexpr std::array kLists = {"targets", "providers", "routes", "transitions"};
    for (const char *name : kLists) {
        if (!part(fields, name).is_array()) {
            return Failure{std::string(name)};
        }
    }
    Snapshot snapshot;
    snapshot.sequence = static_cast<std::uint64_t>(fields.integer("sequence"));
    snapshot.at.system = *at;
    snapshot.startedAt = timeOf(fields, "started_at").value_or(*at);
    snapshot.listen = fields.text("listen");
    snapshot.revision = fields.text("revision");
    snapshot.totals = totalsFrom(part(fields, "totals"));
    for (const Json &provider : part(fields, "providers")) {
        snapshot.providers.push_back(providerFrom(provider));
    }
    for (const Json &route : part(fields, "routes")) {
        snapshot.routes.push_back(routeFrom(route));
    }
    for (const Json &client : part(fields, "clients")) {
        snapshot.budgets.push_back(budgetFrom(client, BudgetOwner::Client));
    }
    snapshot.ledger = ledgerFrom(part(fields, "ledger"));
    if (!readTargets(part(fields, "targets"), snapshot.providers)) {
        return Failure{std::string("targets")};
    }
    if (!readTransitions(part(fields, "transitions"), snapshot.transitions)) {
        return Failure{std::string("transitions")};
    }
    return snapshot;
}

RemoteIdentity identityFromJson(const Json &json)
{
    const JsonFields fields(json);
    const JsonFields person(part(fields, "operator"));
    return {smallInteger(fields, "api"),
            fields.text("version"),
            person.text("id"),
            person.text("role") != "operator"};
}

} // namespace signalbox::runtime
