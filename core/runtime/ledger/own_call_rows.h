// SPDX-License-Identifier: Apache-2.0
// Calls that no client asked for, as rows: health checks that cost something, shadows, the cache's embedder.
#pragma once

#include "core/domain/ledger_query.h"
#include "core/domain/record.h"
#include "core/runtime/ledger/sql_database.h"

#include <optional>
#include <string>

namespace signalbox::runtime {

std::string insertOwnCallSql();
/// \pre record.isOwn(), and it has one attempt
Status<LedgerError> insertOwnCall(Statement &statement, const RequestRecord &record);

/// What they cost by quarters of an hour, in their order: quarter, name, shadows, health checks, the cache's embedder. From
/// and until, in microseconds, are its parameters. What has no such name, as a health check has no
/// route, stands under the empty one; two
/// names are parted by CostTable's sign.
std::string ownCostsSql(CostDimension by, std::optional<CostDimension> then);

} // namespace signalbox::runtime
