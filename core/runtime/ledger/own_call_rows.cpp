// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/own_call_rows.h"

#include "core/base/check.h"
#include "core/runtime/ledger/cost_table.h"
#include "core/runtime/ledger/row_values.h"

#include <cmath>

namespace signalbox::runtime {
namespace {

constexpr std::string_view kColumns =
    "id,arrived_us,operation,route,client,target,provider,model,http_status,outcome,reason,"
    "prompt_tokens,completion_tokens,tokens_estimated,cost_nanos,cost_estimated,first_token_us,"
    "total_us,shadow_of,answered_by,bytes,bytes_answered,likeness_permille,answered_us,"
    "answered_nanos";

std::optional<std::int64_t> nanosOf(const Cost &cost)
{
    return cost.amount ? std::optional(cost.amount->nanos()) : std::nullopt;
}

std::optional<std::int64_t> permilleOf(std::optional<double> share)
{
    return share ? std::optional(static_cast<std::int64_t>(std::llround(*share * 1000)))
                 : std::nullopt;
}

std::string columnOf(CostDimension by)
{
    switch (by) {
    case CostDimension::Provider:
        return "provider";
    case CostDimension::Model:
        return "model";
    case CostDimension::Route:
        return "route";
    case CostDimension::Client:
        return "client";
    case CostDimension::Task:
        break;
    }
    return "''";
}

} // namespace

std::string insertOwnCallSql()
{
    return insertSql("INSERT INTO own_calls", kColumns) + " ON CONFLICT DO NOTHING";
}

Status<LedgerError> insertOwnCall(Statement &statement, const RequestRecord &record)
{
    SB_CHECK(record.isOwn() && record.attempts.size() == 1);
    const AttemptRecord &call = record.attempts.front();
    const Usage usage = call.usage.value_or(Usage{});
    const ShadowGrade grade = record.shadow.value_or(ShadowGrade{});
    const std::string target = call.target.name();
    const std::string answered = grade.answered.isEmpty() ? std::string() : grade.answered.name();
    statement.add(record.id).add(record.arrived.time_since_epoch().count()).add(record.operation);
    statement.add(record.route).add(record.client).add(target);
    statement.add(call.target.provider()).add(call.target.model());
    statement.add(std::int64_t(call.httpStatus)).add(toString(call.outcome)).add(call.reason);
    statement.add(usage.promptTokens).add(usage.completionTokens);
    statement.add(std::int64_t(usage.estimated)).add(nanosOf(call.cost));
    statement.add(std::int64_t(call.cost.estimated));
    statement.add(call.firstToken ? std::optional(call.firstToken->count()) : std::nullopt);
    statement.add(call.total.count()).add(grade.of).add(answered);
    statement.add(grade.bytes).add(grade.bytesAnswered).add(permilleOf(grade.similarity));
    statement.add(grade.answeredIn.count()).add(nanosOf(grade.costAnswered));
    return statement.run();
}

std::string ownCostsSql(CostDimension by, std::optional<CostDimension> then)
{
    const std::string name = then ? columnOf(by) + "||'" + kParting + "'||" + columnOf(*then)
                                  : columnOf(by);
    return "SELECT arrived_us/900000000*900," + name
           + ",sum(CASE WHEN operation='shadow' THEN coalesce(cost_nanos,0) ELSE 0 END),"
             "sum(CASE WHEN operation='health_check' THEN coalesce(cost_nanos,0) ELSE 0 END),"
             "sum(CASE WHEN operation='cache_embedding' THEN coalesce(cost_nanos,0) ELSE 0 END)"
             " FROM own_calls WHERE arrived_us>=? AND arrived_us<? GROUP BY 1,2 ORDER BY 1";
}

} // namespace signalbox::runtime
