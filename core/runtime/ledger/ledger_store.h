// SPDX-License-Identifier: Apache-2.0
// The ledger, a file or a server, as its writer sees it.
#pragma once

#include "core/domain/record.h"
#include "core/domain/request_bodies.h"
#include "core/runtime/ledger/ledger_place.h"
#include "core/runtime/ledger/rollup.h"
#include "core/runtime/ledger/sql_database.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace signalbox::runtime {

/// What an operator did, for good.
struct AuditEntry
{
    std::int64_t id = 0; ///< given by the ledger
    SystemTime at{};
    std::string operatorId;
    std::string action; ///< `trip`, `config.apply`
    std::string object; ///< `qwen/qwen-plus`
    std::string reason; ///< the operator's own words
    std::string detail; ///< such as the new revision

    friend bool operator==(const AuditEntry &, const AuditEntry &) = default;
};

using LedgerEntry = std::
    variant<std::shared_ptr<const RequestRecord>, AuditEntry, std::shared_ptr<const RequestBodies>>;

/// What is older goes; nothing: that kind stays.
struct LedgerCutoffs
{
    std::optional<SystemTime> bodies = {};
    std::optional<SystemTime> requests = {};
    std::optional<SystemTime> ownCalls = {};
    std::optional<SystemTime> sums = {}; ///< whole days of UTC go
};

struct LedgerSize
{
    std::int64_t used = 0; ///< bytes in use by rows and indexes
    std::int64_t free = 0; ///< bytes that were freed and are used again or given back
};

struct LedgerWriteError
{
    LedgerError error;
    std::optional<std::size_t> refused; ///< the entry at fault when error is RefusedValue
};

/// The read-write connection: one per file, used by one thread at a time. On a server each gateway has
/// one, and what they write adds up.
///
/// A file's write-ahead log with synchronous=NORMAL: a commit is a write() into the log, so it survives the
/// end of the process, kill -9 included. A power cut may take the commits since the last
/// checkpoint but never the file's soundness. FULL would add an fsync to each commit, ten a second
/// under load, for traffic records that no other system waits for.
class LedgerStore
{
public:
    /// Makes the file if there is none (its folder must exist), or the tables on the server, and brings
    /// older ones up to date.
    static Result<LedgerStore, LedgerError> open(const LedgerPlace &place);

    /// Renames a damaged ledger and its log to `PATH.corrupt-TIME`, where they can be looked into; says
    /// to what. Nothing is deleted, and nothing of that name is replaced.
    static Result<std::string, LedgerError> moveAside(const std::string &path, SystemTime now);

    /// All entries with their sums in one transaction, or none. An entry with an id that is there
    /// already is passed over.
    Status<LedgerWriteError> write(std::span<const LedgerEntry> entries);

    // ---- what goes: each a short transaction; true: there is more of it (ledger_retention.cpp) ----

    /// Where several gateways share one ledger, one at a time deletes, and the others have nothing to do.
    /// At most \p limit of each kind, the oldest first; a request goes with its attempts and bodies. The
    /// audit stays.
    Result<bool, LedgerError> prune(const LedgerCutoffs &before, int limit);
    /// Of a file, while more than \p bytes are in use: the oldest bodies, and where there are none the oldest requests
    /// and own calls. Sums and audit stay, whatever they take.
    Result<bool, LedgerError> shrinkTo(std::int64_t bytes, int limit);
    /// Cuts at most \p pages free pages off the file's end, where it was made to allow for that.
    Result<bool, LedgerError> giveBack(int pages);
    /// \pre it is a file
    Result<LedgerSize, LedgerError> size();

    [[nodiscard]] const LedgerPlace &place() const { return m_place; }

private:
    struct Statements
    {
        Statement request;
        Statement attempt;
        Statement rollup;
        Statement hour;
        Statement audit;
        Statement ownCall;
        Statement price;
        Statement findPrice;
        Statement bodies;
    };

    struct KeptPrice
    {
        AppliedPrice price;
        std::int64_t row = 0;
    };

    LedgerStore(LedgerPlace place, Database database);
    static Result<Statements, LedgerError> prepareAll(Database &database);
    Status<LedgerError> insert(const LedgerEntry &entry);
    Status<LedgerError> insertAttempts(const RequestRecord &record);
    Status<LedgerError> findPrices(std::span<const LedgerEntry> entries);
    Status<LedgerError> findPrice(const AppliedPrice &price);
    [[nodiscard]] std::optional<std::int64_t> rowOf(const std::optional<AppliedPrice> &price) const;
    Status<LedgerError> insertAudit(const AuditEntry &entry);
    Status<LedgerWriteError> insertAll(std::span<const LedgerEntry> entries);
    Result<Rollup, LedgerWriteError> insertAttempts(std::span<const LedgerEntry> entries,
                                                    const BatchChanges &inserted);
    Status<LedgerError> addSums(const Rollup &rollup);
    template <typename Delete>
    Result<bool, LedgerError> inTransaction(const Delete &remove);
    Result<bool, LedgerError> removeOldest(std::string_view kind, std::int64_t before, int limit);

    LedgerPlace m_place;
    Database m_database; // before the statements, which end first
    Statements m_statements;
    std::vector<KeptPrice> m_prices; ///< committed or about to be; a few dozen at most
};

} // namespace signalbox::runtime
