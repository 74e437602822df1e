// SPDX-License-Identifier: Apache-2.0
// What operators write: a query's parameters and an act's body, read into questions and acts.
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/gateway/error_answer.h"
#include "core/runtime/ledger/ledger_reader.h"

#include <optional>
#include <string>

namespace signalbox::runtime {

/// What an act's body says: `{"reason": "...", "for_s": 600}`, both optional.
struct ActBody
{
    std::string reason; ///< at most 1000 bytes
    std::optional<Millis> duration; ///< at most 30 days
};

[[nodiscard]] Result<ActBody, gateway::ErrorAnswer> readActBody(const std::string &text);

/// `operation=chat`, the default, or `embeddings`.
[[nodiscard]] Result<const char *, gateway::ErrorAnswer> readOperation(const std::string &query);

/// One page of the audit.
struct AuditQuery
{
    int limit = kPageDefault;
    std::string cursor;
};

/// A part of the charts' past: `bucket_s=1`, the default, 10, 60 or 3600, and `since` a time.
struct SeriesQuery
{
    Seconds bucket{1};
    std::optional<SystemTime> since; ///< nothing: as far back as there is
};

[[nodiscard]] Result<SeriesQuery, gateway::ErrorAnswer> readSeriesQuery(const std::string &query);

/// \p query is what stands behind the `?`. The first parameter that makes no sense is named.
[[nodiscard]] Result<RequestFilter, gateway::ErrorAnswer> readRequestFilter(
    const std::string &query);
/// The same parameters; `since` and `until` are needed, `buckets` is 60 at first.
[[nodiscard]] Result<HistogramQuery, gateway::ErrorAnswer> readHistogramQuery(
    const std::string &query);
[[nodiscard]] Result<AuditQuery, gateway::ErrorAnswer> readAuditQuery(const std::string &query);
struct MatrixQuery
{
    SystemTime since{};
    SystemTime until{};
};

/// The week before \p now unless the query says otherwise.
[[nodiscard]] Result<MatrixQuery, gateway::ErrorAnswer> readMatrixQuery(const std::string &query,
                                                                        SystemTime now);
/// Days are those of \p timeZone unless the query names another.
[[nodiscard]] Result<CostQuery, gateway::ErrorAnswer> readCostQuery(const std::string &query,
                                                                    const std::string &timeZone);

} // namespace signalbox::runtime
