// SPDX-License-Identifier: Apache-2.0
// Records as rows and back: columns are named once, written and read in that order.
#pragma once

#include "core/domain/record.h"
#include "core/runtime/ledger/rollup.h"
#include "core/runtime/ledger/sql_database.h"

#include <cstdint>
#include <optional>
#include <string>

namespace signalbox::runtime {

/// `ON CONFLICT DO NOTHING`: a batch that is written again after a doubtful commit does no harm.
std::string insertRequestSql();
std::string insertAttemptSql();
std::string upsertRollupSql();
std::string upsertHourSql();
/// With trailing facts and decision; the caller adds WHERE and ORDER.
std::string selectRequestSql();
/// The same behind the row's number.
std::string selectPageSql();
/// Of one request, whose id is the only parameter, in order.
std::string selectAttemptsSql();

Status<LedgerError> insertRequest(Statement &statement, const RequestRecord &record);
/// The attempt \p n of \p record; \p priceId is its price's row in `prices`.
Status<LedgerError> insertAttempt(Statement &statement,
                                  const RequestRecord &record,
                                  std::size_t n,
                                  std::optional<std::int64_t> priceId);
Status<LedgerError> upsertRollup(Statement &statement,
                                 const RollupKey &key,
                                 const RollupSums &sums);
Status<LedgerError> upsertHour(Statement &statement, const HourKey &key, const HourSums &sums);

/// The record without its attempts; facts and decision stay empty unless \p withDecision.
Result<RequestRecord, LedgerError> readRequest(Statement &row, bool withDecision);
Result<AttemptRecord, LedgerError> readAttempt(Statement &row);

} // namespace signalbox::runtime
