// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/record_rows.h"
#include "core/runtime/ledger/row_values.h"

#include <algorithm>

namespace signalbox::runtime {
namespace {

constexpr std::string_view kRollupKeys = "quarter,provider,model,route,client";
constexpr std::string_view kRollupSums =
    "attempts,requests,provider_requests,model_requests,unknown_requests,"
    "unknown_provider_requests,unknown_model_requests,prompt_tokens,completion_tokens,"
    "cost_nanos,estimated_nanos,wasted_nanos,abandoned_nanos,abandoned_requests,"
    "prompt_saved_nanos,cache_saved_nanos";
constexpr std::string_view kHourKeys = "grouping,hour,name";
constexpr std::string_view kHourSums =
    "requests,unknown_requests,prompt_tokens,completion_tokens,cost_nanos,estimated_nanos,"
    "wasted_nanos,abandoned_nanos,abandoned_requests,prompt_saved_nanos,cache_saved_nanos";

/// Adds to the row of the same keys, or makes it.
std::string upsertSql(std::string_view table, std::string_view keys, std::string_view sums)
{
    std::string sql = insertSql(std::string("INSERT INTO ").append(table),
                                std::string(keys).append(",").append(sums));
    sql.append(" ON CONFLICT(").append(keys).append(") DO UPDATE SET ");
    std::string_view rest = sums;
    while (!rest.empty()) {
        const auto comma = std::min(rest.find(','), rest.size());
        const std::string name(rest.substr(0, comma));
        sql.append(name).append("=").append(table).append(".").append(name);
        sql.append("+excluded.").append(name).append(",");
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    sql.pop_back();
    return sql;
}

void addUses(Statement &statement, const MoneySums &uses)
{
    statement.add(uses.wasted.nanos()).add(uses.abandoned.nanos()).add(uses.abandonedRequests);
    statement.add(uses.promptCacheSaved.nanos()).add(uses.cacheSaved.nanos());
}

} // namespace

std::string upsertRollupSql()
{
    return upsertSql("usage_quarters", kRollupKeys, kRollupSums);
}

std::string upsertHourSql()
{
    return upsertSql("usage_hours", kHourKeys, kHourSums);
}

Status<LedgerError> upsertRollup(Statement &statement, const RollupKey &key, const RollupSums &sums)
{
    const auto seconds = std::chrono::floor<Seconds>(key.quarter).time_since_epoch().count();
    statement.add(std::int64_t(seconds)).add(key.provider).add(key.model);
    statement.add(key.route).add(key.client);
    statement.add(sums.attempts).add(sums.requests).add(sums.providerRequests);
    statement.add(sums.modelRequests).add(sums.unknownRequests);
    statement.add(sums.unknownProviderRequests).add(sums.unknownModelRequests);
    statement.add(sums.promptTokens).add(sums.completionTokens);
    statement.add(sums.cost.nanos()).add(sums.estimatedCost.nanos());
    addUses(statement, sums.uses);
    return statement.run();
}

Status<LedgerError> upsertHour(Statement &statement, const HourKey &key, const HourSums &sums)
{
    const auto seconds = std::chrono::floor<Seconds>(key.hour).time_since_epoch().count();
    statement.add(std::int64_t(key.group)).add(std::int64_t(seconds)).add(key.name);
    statement.add(sums.requests).add(sums.unknownRequests);
    statement.add(sums.promptTokens).add(sums.completionTokens);
    statement.add(sums.cost.nanos()).add(sums.estimatedCost.nanos());
    addUses(statement, sums.uses);
    return statement.run();
}

} // namespace signalbox::runtime
