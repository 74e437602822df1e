// SPDX-License-Identifier: Apache-2.0
// Sums of quarters of an hour, added up to rows of hours or days of a zone.
#pragma once

#include "core/domain/ledger_query.h"
#include "core/runtime/ledger/sql_database.h"
#include "core/runtime/ledger/zone_buckets.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace signalbox::runtime {

/// Between the two names of a row, the group's and the part's; no name has it.
inline constexpr char kParting = '\x1f';

/// Folds rows of quarters into rows of buckets.
class CostTable
{
public:
    CostTable(ZoneBuckets zone, CostBucket width)
        : m_zone(std::move(zone))
        , m_width(width)
    {}

    /// False when there would be too many rows.
    bool add(Statement &row, SystemTime quarter);
    /// The same of ownCostsSql().
    bool addOwn(Statement &row, SystemTime quarter);
    /// One bucket holds all of it.
    [[nodiscard]] bool isWhole(SystemTime hour);
    [[nodiscard]] std::vector<CostRow> rows() const;

private:
    const ZoneBucket &bucketOf(SystemTime quarter);
    CostRow &rowOf(SystemTime quarter, const std::string &name);

    ZoneBuckets m_zone;
    CostBucket m_width;
    ZoneBucket m_current;
    std::map<std::pair<SystemTime, std::string>, CostRow> m_rows;
};

} // namespace signalbox::runtime
