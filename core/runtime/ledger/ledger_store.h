// SPDX-License-Identifier: Apache-2.0
// The ledger, a file or a server, as its writer sees it.
#pragma once

#include "core/domain/record.h"
#include "core/runtime/ledger/ledger_place.h"
#include "core/runtime/ledger/rollup.h"
#include "core/runtime/ledger/sql_database.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>

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

using LedgerEntry = std::variant<std::shared_ptr<const RequestRecord>, AuditEntry>;

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

    /// Where several gateways prune one ledger, one at a time does, and the others have nothing to do.
    /// Deletes at most \p limit of the oldest requests that arrived before \p before, with their
    /// attempts; says how many. The sums and the audit stay.
    Result<std::int64_t, LedgerError> prune(SystemTime before, int limit);

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
        Statement pruneOwnCalls;
        Statement pruneAttempts;
        Statement prune;
    };

    LedgerStore(LedgerPlace place, Database database);
    static Result<Statements, LedgerError> prepareAll(Database &database);
    Status<LedgerError> insert(const LedgerEntry &entry);
    Status<LedgerError> insertAttempts(const RequestRecord &record);
    Status<LedgerError> insertAudit(const AuditEntry &entry);
    Status<LedgerWriteError> insertAll(std::span<const LedgerEntry> entries);
    Result<Rollup, LedgerWriteError> insertAttempts(std::span<const LedgerEntry> entries,
                                                    const BatchChanges &inserted);
    Status<LedgerError> addSums(const Rollup &rollup);
    Result<std::int64_t, LedgerError> pruneLocked(std::int64_t beforeUs, int limit);

    LedgerPlace m_place;
    Database m_database; // before the statements, which end first
    Statements m_statements;
};

} // namespace signalbox::runtime
