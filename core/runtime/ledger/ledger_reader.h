// SPDX-License-Identifier: Apache-2.0
// Questions to the ledger, on a connection that can only read.
#pragma once

#include "core/base/bounds.h"
#include "core/domain/record.h"
#include "core/pricing/cost_matrix.h"
#include "core/runtime/ledger/ledger_store.h"
#include "core/runtime/ledger/sqlite_database.h"
#include "core/runtime/ledger/zone_buckets.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

inline constexpr int kPageDefault = 100;

/// What is set must hold; what is empty does not ask.
struct RequestFilter
{
    std::optional<SystemTime> since; ///< arrived at or after
    std::optional<SystemTime> until; ///< arrived before
    std::string route;
    std::string target; ///< that answered or, when none did, the one tried last
    std::string provider; ///< of that target
    std::string client;
    std::optional<int> status;
    std::optional<OutcomeClass> outcome;
    bool failedOnly = false; ///< those with an error code
    bool withDecision = false; ///< reads facts and decisions too
    int limit = kPageDefault; ///< 1..bounds::kPageRowsMax; others are brought to the nearest
    std::string cursor; ///< a page's `next`; the other members must be as they were
};

struct RequestPage
{
    std::vector<RequestRecord> requests; ///< newest first
    std::optional<std::string> next; ///< nothing on the last page
};

enum class CostDimension : std::uint8_t {
    Provider,
    Model,
    Route,
    Client,
    Task
};
enum class CostBucket : std::uint8_t {
    Hour,
    Day
};

/// `provider`, ...: as the admin API writes them.
std::string_view toString(CostDimension by);
std::optional<CostDimension> costDimensionFromString(std::string_view name);
std::optional<CostBucket> costBucketFromString(std::string_view name);

struct CostQuery
{
    CostDimension by =
        CostDimension::Provider; ///< Task: from the requests alone, while they are kept
    CostBucket bucket = CostBucket::Day;
    std::string timeZone = "UTC"; ///< IANA: hours and days are this zone's
    std::optional<SystemTime> since;
    std::optional<SystemTime> until;
};

/// Every attempt is booked under its own provider and model, at the arrival of its request. A
/// request counts once in each row it has an attempt in; one that reached no provider, or was
/// answered from the cache, counts under the empty name.
struct CostRow
{
    std::string bucket; ///< `2026-11-22`; an hour with its offset: `2026-11-22T14:00:00+05:30`
    SystemTime start{}; ///< of the bucket
    std::string
        name; ///< the provider, the model's own name, the route, the client or the task class
    std::int64_t requests = 0;
    std::int64_t promptTokens = 0;
    std::int64_t completionTokens = 0;
    Money cost; ///< known amounts only
    std::int64_t unknownPriceRequests = 0; ///< with an attempt billed at a price that is unknown
    Money estimatedCost; ///< that part of cost which is estimated

    friend bool operator==(const CostRow &, const CostRow &) = default;
};

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
    /// \pre a LedgerStore of this version has opened the file before.
    static Result<LedgerReader, LedgerError> open(const std::string &path);

    /// A page by key, not by offset: rows that were there when the first page was read appear
    /// exactly once, whatever is written meanwhile.
    Result<RequestPage, LedgerError> requests(const RequestFilter &filter);
    /// The whole record; nothing when there is none of that id.
    Result<std::optional<RequestRecord>, LedgerError> request(const std::string &id);
    /// Ordered by bucket, then name. Sums of quarters are kept for good; where \p query begins or
    /// ends inside a quarter, that part is summed from the requests themselves, while they are kept.
    Result<std::vector<CostRow>, LedgerError> costs(const CostQuery &query);
    /// Task class x target of the calls of requests that arrived in [\p since, \p until), while these
    /// are kept. Reads them all: for the queries' thread only.
    Result<std::vector<pricing::MatrixCell>, LedgerError> costMatrix(SystemTime since,
                                                                     SystemTime until);
    Result<AuditPage, LedgerError> audit(int limit = kPageDefault, const std::string &cursor = {});

private:
    explicit LedgerReader(Database database);
    void forgetIfMany();
    Result<Statement *, LedgerError> kept(const std::string &sql);
    Result<std::vector<CostRow>, LedgerError> costsByTask(const CostQuery &query, ZoneBuckets zone);
    Result<RequestPage, LedgerError> readPage(const RequestFilter &filter, Statement &statement);
    Status<LedgerError> readAttempts(RequestRecord &record);
    Result<std::optional<RequestRecord>, LedgerError> readOne(const std::string &id);

    Database m_database; // before the statements, which end first
    std::map<std::string, Statement> m_statements; ///< by SQL
};

} // namespace signalbox::runtime
