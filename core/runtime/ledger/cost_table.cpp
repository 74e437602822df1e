// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/cost_table.h"

#include "core/base/bounds.h"

namespace signalbox::runtime {

/// Quarters come in order, so the last bucket is nearly always the right one.
const ZoneBucket &CostTable::bucketOf(SystemTime quarter)
{
    if (quarter < m_current.start || quarter >= m_current.end) {
        m_current = m_width == CostBucket::Day ? m_zone.dayOf(quarter) : m_zone.hourOf(quarter);
    }
    return m_current;
}

bool CostTable::isWhole(SystemTime hour)
{
    return hour + std::chrono::hours(1) <= bucketOf(hour).end;
}

CostRow &CostTable::rowOf(SystemTime quarter, const std::string &name)
{
    const ZoneBucket &bucket = bucketOf(quarter);
    CostRow &sums = m_rows[{bucket.start, name}];
    sums.bucket = bucket.label;
    sums.start = bucket.start;
    sums.name = name.substr(0, name.find(kParting));
    if (const auto at = name.find(kParting); at != std::string::npos) {
        sums.part = name.substr(at + 1);
    }
    return sums;
}

bool CostTable::addOwn(Statement &row, SystemTime quarter)
{
    CostRow &sums = rowOf(quarter, row.text());
    sums.shadowCost += Money::fromNanos(row.integer());
    sums.healthCheckCost += Money::fromNanos(row.integer());
    sums.embedderCost += Money::fromNanos(row.integer());
    return m_rows.size() <= bounds::kCostRowsMax;
}

bool CostTable::add(Statement &row, SystemTime quarter)
{
    CostRow &sums = rowOf(quarter, row.text());
    sums.requests += row.integer();
    sums.promptTokens += row.integer();
    sums.completionTokens += row.integer();
    sums.cost += Money::fromNanos(row.integer());
    sums.unknownPriceRequests += row.integer();
    sums.estimatedCost += Money::fromNanos(row.integer());
    sums.wastedCost += Money::fromNanos(row.integer());
    sums.abandonedCost += Money::fromNanos(row.integer());
    sums.abandonedRequests += row.integer();
    sums.promptCacheSaved += Money::fromNanos(row.integer());
    sums.responseCacheSaved += Money::fromNanos(row.integer());
    return m_rows.size() <= bounds::kCostRowsMax;
}

std::vector<CostRow> CostTable::rows() const
{
    std::vector<CostRow> rows;
    rows.reserve(m_rows.size());
    for (const auto &[key, row] : m_rows) {
        rows.push_back(row);
    }
    return rows;
}

} // namespace signalbox::runtime
