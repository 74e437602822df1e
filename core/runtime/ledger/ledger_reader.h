// SPDX-License-Identifier: Apache-2.0
// Questions to the ledger, on a connection that can only read.
#pragma once

#include "core/base/bounds.h"
#include "core/domain/ledger_query.h"
#include "core/domain/record.h"
#include "core/domain/request_bodies.h"
#include "core/pricing/cost_matrix.h"
#include "core/runtime/ledger/ledger_store.h"
#include "core/runtime/ledger/sql_database.h"
#include "core/runtime/ledger/zone_buckets.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

struct AuditPage
{
    std::vector<AuditEntry> entries; ///< newest first
    std::optional<std::string> next;
};

/// Sees what was committed before each question, never half a batch, and never holds up the
/// writer. Used by one thread at a time; open as many as there are threads that ask.
class LedgerReader
{
public:
    /// \pre a LedgerStore of this version has opened the place before.
    static Result<LedgerReader, LedgerError> open(const LedgerPlace &place);

    /// False when a server hung up on it: open another.
    [[nodiscard]] bool isAlive() { return m_database.isAlive(); }

    /// A page by key, not by offset: rows that were there when the first page was read appear
    /// exactly once, whatever is written meanwhile.
    Result<RequestPage, LedgerError> requests(const RequestFilter &filter);
    /// As many buckets as asked for, oldest first, empty ones too; the last ends at `until`, and all
    /// but the last are equally long. Nothing where there is no time between since and until.
    Result<std::vector<HistogramBucket>, LedgerError> histogram(const HistogramQuery &query);
    /// The whole record; nothing when there is none of that id.
    Result<std::optional<RequestRecord>, LedgerError> request(const std::string &id);
    /// Nothing when none were kept, or not any more.
    Result<std::optional<RequestBodies>, LedgerError> bodies(const std::string &id);
    /// Ordered by bucket, then name. Sums of quarters are kept for good; where \p query begins or
    /// ends inside a quarter, that part is summed from the requests themselves, while they are kept.
    Result<std::vector<CostRow>, LedgerError> costs(const CostQuery &query);
    /// Task class x target of the calls of requests that arrived in [\p since, \p until), while these
    /// are kept. Reads them all: for the queries' thread only.
    Result<std::vector<pricing::MatrixCell>, LedgerError> costMatrix(SystemTime since,
                                                                     SystemTime until);
    Result<AuditPage, LedgerError> audit(int limit = kPageDefault, const std::string &cursor = {});

    /// From now on questions end as Interrupted when \p stop, which is asked every millisecond or so,
    /// says so. Empty: they do not.
    void stopWhen(std::function<bool()> stop) { m_database.stopWhen(std::move(stop)); }

private:
    explicit LedgerReader(Database database);
    void forgetIfMany();
    Result<Statement *, LedgerError> kept(const std::string &sql);
    Result<std::vector<CostRow>, LedgerError> costsByTask(const CostQuery &query, ZoneBuckets zone);
    Result<RequestPage, LedgerError> readPage(const RequestFilter &filter,
                                              Statement &statement,
                                              int limit);
    Status<LedgerError> countInto(const HistogramQuery &query,
                                  Micros width,
                                  std::vector<HistogramBucket> &buckets,
                                  std::int64_t HistogramBucket::*member);
    Status<LedgerError> readAttempts(RequestRecord &record);
    Result<std::optional<RequestRecord>, LedgerError> readOne(const std::string &id);

    Database m_database; // before the statements, which end first
    std::map<std::string, Statement> m_statements; ///< by SQL
};

} // namespace signalbox::runtime
