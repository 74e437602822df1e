// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/cost_sql.h"

#include "core/runtime/ledger/cost_table.h"
#include "core/runtime/ledger/sql_dialect.h"

namespace signalbox::runtime {
namespace {

Grouping groupingFor(CostDimension by)
{
    switch (by) {
    case CostDimension::Provider:
        return {"provider",
                "coalesce(a.provider,'')",
                "provider_requests",
                "unknown_provider_requests",
                HourGroup::Provider};
    case CostDimension::Model:
        return {"model",
                "coalesce(a.model,'')",
                "model_requests",
                "unknown_model_requests",
                HourGroup::Model};
    case CostDimension::Route:
        return {"route", "r.route", "requests", "unknown_requests", HourGroup::Route};
    case CostDimension::Client:
        return {"client", "r.client", "requests", "unknown_requests", HourGroup::Client};
    case CostDimension::Task:
        break;
    }
    return {};
}

/// A request counts once in each row: the finer of both counts decides.
Grouping bothOf(CostDimension by, CostDimension then)
{
    const Grouping first = groupingFor(by);
    const Grouping second = groupingFor(then);
    const auto joined = [](const std::string &a, const std::string &b) {
        return a + "||'" + kParting + "'||" + b;
    };
    const auto has = [&](CostDimension wanted) { return by == wanted || then == wanted; };
    const Grouping &finer = has(CostDimension::Model)
                                ? (by == CostDimension::Model ? first : second)
                            : by == CostDimension::Provider ? first
                                                            : second;
    return {joined(first.name, second.name),
            joined(first.rawName, second.rawName),
            finer.requests,
            finer.unknown};
}

/// What each attempt has, or a request without any; the first columns are the caller's. A request's own
/// figures stand where its last attempt is.
constexpr std::string_view kBooked =
    ",coalesce(a.prompt_tokens,0) AS prompt,coalesce(a.completion_tokens,0) AS completion,"
    "coalesce(CASE WHEN a.n IS NULL THEN r.cost_nanos ELSE a.cost_nanos END,0) AS cost,"
    "CASE WHEN a.n IS NULL THEN r.cost_estimated ELSE a.cost_estimated END AS estimated,"
    "coalesce(a.price_unknown,0) AS unknown,coalesce(a.money_use,0) AS used,"
    "coalesce(a.prompt_saved_nanos,0) AS prompt_saved,"
    "CASE WHEN a.n IS NULL OR a.n=(SELECT max(n) FROM attempts l WHERE l.request_id=r.id)"
    " THEN 1 ELSE 0 END AS is_last,"
    "r.abandoned AS abandoned,coalesce(r.cache_saved_nanos,0) AS cache_saved"
    " FROM requests r LEFT JOIN attempts a ON a.request_id=r.id"
    " WHERE r.arrived_us>=? AND r.arrived_us<?)";
static_assert(int(MoneyUse::Wasted) == 1 && int(MoneyUse::Abandoned) == 2);
constexpr std::string_view kBookedSums =
    ",count(DISTINCT id),sum(prompt),sum(completion),sum(cost),"
    "count(DISTINCT CASE WHEN unknown<>0 THEN id END),"
    "sum(CASE WHEN estimated<>0 THEN cost ELSE 0 END),"
    "sum(CASE WHEN used=1 THEN cost ELSE 0 END),sum(CASE WHEN used=2 THEN cost ELSE 0 END),"
    "sum(abandoned*is_last),sum(prompt_saved),sum(cache_saved*is_last) FROM booked";

} // namespace

Grouping groupingFor(CostDimension by, std::optional<CostDimension> then)
{
    return then ? bothOf(by, *then) : groupingFor(by);
}

std::string quarterCostsSql(const Grouping &grouping)
{
    return "SELECT quarter," + grouping.name + ",sum(" + grouping.requests
           + "),sum(prompt_tokens),sum(completion_tokens),sum(cost_nanos),sum(" + grouping.unknown
           + "),sum(estimated_nanos),sum(wasted_nanos),sum(abandoned_nanos),sum(abandoned_requests)"
             ","
             "sum(prompt_saved_nanos),sum(cache_saved_nanos) FROM usage_quarters"
             " WHERE quarter>=? AND quarter<? GROUP BY 1,2 ORDER BY 1";
}

std::string_view hourCostsSql()
{
    return "SELECT hour,name,requests,prompt_tokens,completion_tokens,cost_nanos,"
           "unknown_requests,estimated_nanos,wasted_nanos,abandoned_nanos,abandoned_requests,"
           "prompt_saved_nanos,cache_saved_nanos FROM usage_hours"
           " WHERE grouping=? AND hour>=? AND hour<? ORDER BY hour";
}

std::string rawCostsSql(const Grouping &grouping)
{
    return std::string("WITH booked AS (SELECT r.id,")
        .append(grouping.rawName)
        .append(" AS name")
        .append(kBooked)
        .append(" SELECT ?,name")
        .append(kBookedSums)
        .append(" GROUP BY name");
}

std::string taskCostsSql(Dialect dialect)
{
    return std::string("WITH booked AS (SELECT r.arrived_us/900000000*900 AS quarter,r.id,")
        .append(taskSql(dialect))
        .append(" AS name")
        .append(kBooked)
        .append(" SELECT quarter,name")
        .append(kBookedSums)
        .append(" GROUP BY 1,2 ORDER BY 1");
}

} // namespace signalbox::runtime
