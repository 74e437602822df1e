// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/row_values.h"

#include <algorithm>

namespace signalbox::runtime {

std::string insertSql(std::string_view start, std::string_view columns)
{
    std::string sql(start);
    sql.append("(").append(columns).append(") VALUES(?");
    for (auto left = std::count(columns.begin(), columns.end(), ','); left > 0; --left) {
        sql += ",?";
    }
    return sql + ")";
}

std::optional<std::int64_t> micros(const std::optional<Micros> &duration)
{
    return duration ? std::optional<std::int64_t>(duration->count()) : std::nullopt;
}

std::optional<Micros> toMicros(std::optional<std::int64_t> count)
{
    return count ? std::optional(Micros(*count)) : std::nullopt;
}

std::optional<std::int64_t> nanos(const std::optional<Money> &money)
{
    return money ? std::optional(money->nanos()) : std::nullopt;
}

std::optional<Money> toMoney(std::optional<std::int64_t> count)
{
    return count ? std::optional(Money::fromNanos(*count)) : std::nullopt;
}

void addUsage(Statement &statement, const Usage &usage)
{
    statement.add(usage.promptTokens)
        .add(usage.cachedTokens)
        .add(usage.cacheWriteTokens)
        .add(usage.cacheWriteHourTokens)
        .add(usage.completionTokens)
        .add(usage.reasoningTokens)
        .add(std::int64_t(usage.estimated))
        .add(nanos(usage.statedCost));
}

void addNoUsage(Statement &statement)
{
    for (int column = 0; column < 8; ++column) {
        statement.add(std::optional<std::int64_t>());
    }
}

/// Nothing when the first column, the prompt tokens, is null.
std::optional<Usage> readUsage(Statement &row)
{
    Usage usage;
    const auto promptTokens = row.optionalInteger();
    usage.promptTokens = promptTokens.value_or(0);
    usage.cachedTokens = row.integer();
    usage.cacheWriteTokens = row.integer();
    usage.cacheWriteHourTokens = row.integer();
    usage.completionTokens = row.integer();
    usage.reasoningTokens = row.integer();
    usage.estimated = row.flag();
    usage.statedCost = toMoney(row.optionalInteger());
    return promptTokens ? std::optional(usage) : std::nullopt;
}

LedgerError unreadable(const std::string &what)
{
    return {LedgerFault::Corrupt, "a row that cannot be understood: " + what};
}

} // namespace signalbox::runtime
