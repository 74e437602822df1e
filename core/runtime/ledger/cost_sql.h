// SPDX-License-Identifier: Apache-2.0
// Where sums of costs are read from: the sums of quarters and of hours, and the records themselves.
#pragma once

#include "core/domain/ledger_query.h"
#include "core/runtime/ledger/rollup.h"
#include "core/runtime/ledger/sql_database.h"

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::runtime {

/// How the columns of one grouping are called in both sources.
struct Grouping
{
    std::string name; ///< in usage_quarters
    std::string rawName; ///< of a request `r` with its attempt `a`, if any
    std::string requests;
    std::string unknown;
    HourGroup hours = HourGroup::Provider;
};

/// Both names in one column, parted by kParting, where there are two.
Grouping groupingFor(CostDimension by, std::optional<CostDimension> then);

// All sources answer with: quarter or hour, name, requests, prompt, completion, cost, unknown,
// estimated, wasted, abandoned, abandoned requests, saved by prompt caches, saved by the cache.

/// From and until, in seconds, are the parameters.
std::string quarterCostsSql(const Grouping &grouping);
/// A HourGroup, from and until, in seconds.
std::string_view hourCostsSql();
/// For a part of one quarter: from and until, in microseconds, and the quarter's start in seconds.
std::string rawCostsSql(const Grouping &grouping);
/// By the task, which no sums know: from and until, in microseconds.
std::string taskCostsSql(Dialect dialect);

} // namespace signalbox::runtime
