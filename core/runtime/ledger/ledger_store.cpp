// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/ledger_store.h"

#include "core/runtime/ledger/body_rows.h"
#include "core/runtime/ledger/ledger_schema.h"
#include "core/runtime/ledger/own_call_rows.h"
#include "core/runtime/ledger/price_json.h"
#include "core/runtime/ledger/record_rows.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace signalbox::runtime {
namespace {

// The writer has a thread of its own and tries again, so it waits only briefly for a foreign lock.
// The log is cut back to 64 MiB after a reader has held it open for long. Foreign keys are not
// checked: a request and its attempts are written and deleted in one transaction, and looking for the
// request again before each attempt costs as much as an index.
// A new file can give freed pages back; of one that has tables this changes nothing.
constexpr auto kPatience = "PRAGMA busy_timeout=250;PRAGMA auto_vacuum=INCREMENTAL";
constexpr auto kPragmas = "PRAGMA journal_mode=WAL;"
                          "PRAGMA synchronous=NORMAL;"
                          "PRAGMA journal_size_limit=67108864;"
                          "PRAGMA temp_store=MEMORY;";

constexpr auto kInsertAudit = "INSERT INTO audit(at_us,operator,action,object,reason,detail)"
                              " VALUES(?,?,?,?,?,?) ON CONFLICT DO NOTHING";
constexpr auto kInsertPrice = "INSERT INTO prices(text) VALUES(?) ON CONFLICT DO NOTHING";
constexpr auto kFindPrice = "SELECT id FROM prices WHERE text=?";

LedgerError atPlace(const LedgerPlace &place, LedgerError error)
{
    const std::string shown = place.shown();
    if (!error.detail.starts_with(shown)) {
        error.detail.insert(0, shown + ": ");
    }
    return error;
}

/// The pragmas come last: they would turn a foreign file into one with a write-ahead log.
Status<LedgerError> makeReadyFile(Database &database)
{
    auto ready = database.execute(kPatience);
    if (ready) {
        ready = migrate(database, ledgerSchema());
    }
    return ready ? database.execute(kPragmas) : ready;
}

/// The record of an entry that is a client's request; else null.
const RequestRecord *requestIn(const LedgerEntry &entry)
{
    const auto *record = std::get_if<std::shared_ptr<const RequestRecord>>(&entry);
    return record == nullptr || (*record)->isOwn() ? nullptr : record->get();
}

/// \p entry is the one that the statement was of.
LedgerWriteError writeError(const LedgerError &error, std::optional<std::size_t> entry)
{
    return {error, error.fault == LedgerFault::RefusedValue ? entry : std::nullopt};
}

Status<LedgerError> prepareTo(Database &database, const std::string &sql, Statement &into)
{
    auto statement = database.prepare(sql);
    if (!statement) {
        return Failure{statement.error()};
    }
    into = std::move(*statement);
    return Nothing{};
}

} // namespace

LedgerStore::LedgerStore(LedgerPlace place, Database database)
    : m_place(std::move(place))
    , m_database(std::move(database))
{}

Result<LedgerStore, LedgerError> LedgerStore::open(const LedgerPlace &place)
{
    auto database = Database::open(place, Database::Mode::ReadWriteCreate);
    if (!database) {
        return Failure{database.error()};
    }
    const auto ready = place.isServer() ? migrateServer(*database) : makeReadyFile(*database);
    if (!ready) {
        return Failure{atPlace(place, ready.error())};
    }
    auto statements = prepareAll(*database);
    if (!statements) {
        return Failure{atPlace(place, statements.error())};
    }
    LedgerStore store(place, std::move(*database));
    store.m_statements = std::move(*statements);
    return store;
}

Result<std::string, LedgerError> LedgerStore::moveAside(const std::string &path, SystemTime now)
{
    std::string time = toIso8601(now).substr(0, std::string_view("2026-11-22T21:05:00").size());
    std::erase(time, ':');
    const std::string aside = path + ".corrupt-" + time + "Z";
    std::error_code error;
    if (std::filesystem::exists(aside, error)) {
        return Failure{LedgerError{LedgerFault::Corrupt, aside + " is there already"}};
    }
    // The log first: it belongs to the old file, and the new one must not find it.
    for (const char *part : {"-wal", "-shm", ""}) {
        if (std::filesystem::exists(path + part, error)) {
            std::filesystem::rename(path + part, aside + part, error);
        }
        if (error) {
            return Failure{LedgerError{LedgerFault::Corrupt,
                                       path + part + " cannot be moved aside: " + error.message()}};
        }
    }
    return aside;
}

Result<LedgerStore::Statements, LedgerError> LedgerStore::prepareAll(Database &database)
{
    Statements all;
    const std::array<std::pair<std::string, Statement *>, 9> wanted = {{
        {insertRequestSql(), &all.request},
        {insertAttemptSql(), &all.attempt},
        {upsertRollupSql(), &all.rollup},
        {upsertHourSql(), &all.hour},
        {kInsertAudit, &all.audit},
        {insertOwnCallSql(), &all.ownCall},
        {kInsertPrice, &all.price},
        {kFindPrice, &all.findPrice},
        {insertBodiesSql(), &all.bodies},
    }};
    for (const auto &[sql, statement] : wanted) {
        if (const auto prepared = prepareTo(database, sql, *statement); !prepared) {
            return Failure{prepared.error()};
        }
    }
    return all;
}

Status<LedgerWriteError> LedgerStore::write(std::span<const LedgerEntry> entries)
{
    if (const auto begun = m_database.beginWrite(); !begun) {
        return Failure{LedgerWriteError{begun.error(), std::nullopt}};
    }
    auto inserted = insertAll(entries);
    if (inserted) {
        const auto committed = m_database.execute("COMMIT");
        if (committed) {
            return Nothing{};
        }
        inserted = Failure{LedgerWriteError{committed.error(), std::nullopt}};
    }
    (void)m_database.execute("ROLLBACK"); // SQLite may have rolled back by itself already
    m_prices.clear(); // some of them may have gone with it
    return inserted;
}

/// Every entry's own row first: only what was not there before has attempts and counts.
Status<LedgerWriteError> LedgerStore::insertAll(std::span<const LedgerEntry> entries)
{
    const auto inserted = m_database.together([&]() -> Status<LedgerError> {
        for (const LedgerEntry &entry : entries) {
            if (auto done = insert(entry); !done) {
                return done;
            }
        }
        return Nothing{};
    });
    if (!inserted) {
        return Failure{writeError(inserted.error().error, inserted.error().at)};
    }
    if (const auto found = findPrices(entries); !found) {
        return Failure{writeError(found.error(), std::nullopt)};
    }
    const auto rollup = insertAttempts(entries, *inserted);
    if (!rollup) {
        return Failure{rollup.error()};
    }
    const auto added = m_database.together([&] { return addSums(*rollup); });
    if (!added) {
        return Failure{writeError(added.error().error, std::nullopt)};
    }
    return Nothing{};
}

Result<Rollup, LedgerWriteError> LedgerStore::insertAttempts(std::span<const LedgerEntry> entries,
                                                             const BatchChanges &inserted)
{
    Rollup rollup;
    std::vector<std::size_t> owners; // of each attempt
    const auto done = m_database.together([&]() -> Status<LedgerError> {
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const RequestRecord *record = requestIn(entries[i]);
            if (record == nullptr || inserted[i] == 0) {
                continue;
            }
            owners.insert(owners.end(), record->attempts.size(), i);
            if (auto sent = insertAttempts(*record); !sent) {
                return sent;
            }
            addTo(rollup, *record);
        }
        return Nothing{};
    });
    if (!done) {
        const std::size_t at = done.error().at;
        return Failure{writeError(done.error().error,
                                  at < owners.size() ? std::optional(owners[at]) : std::nullopt)};
    }
    return rollup;
}

/// In the order of their keys: two gateways that add to the same rows wait, but not for each other.
Status<LedgerError> LedgerStore::addSums(const Rollup &rollup)
{
    for (const auto &[key, sums] : rollup) {
        if (auto added = upsertRollup(m_statements.rollup, key, sums); !added) {
            return added;
        }
    }
    for (const auto &[key, sums] : hoursOf(rollup)) {
        if (auto added = upsertHour(m_statements.hour, key, sums); !added) {
            return added;
        }
    }
    return Nothing{};
}

Status<LedgerError> LedgerStore::insert(const LedgerEntry &entry)
{
    if (const auto *audit = std::get_if<AuditEntry>(&entry)) {
        return insertAudit(*audit);
    }
    if (const auto *bodies = std::get_if<std::shared_ptr<const RequestBodies>>(&entry)) {
        return insertBodies(m_statements.bodies, readyToKeep(**bodies));
    }
    const RequestRecord &record = **std::get_if<std::shared_ptr<const RequestRecord>>(&entry);
    return record.isOwn() ? insertOwnCall(m_statements.ownCall, record)
                          : insertRequest(m_statements.request, record);
}

Status<LedgerError> LedgerStore::insertAttempts(const RequestRecord &record)
{
    for (std::size_t n = 0; n < record.attempts.size(); ++n) {
        auto inserted =
            insertAttempt(m_statements.attempt, record, n, rowOf(record.attempts[n].price));
        if (!inserted) {
            return inserted;
        }
    }
    return Nothing{};
}

/// There are few prices and many attempts: each price is kept once, and asked for before the attempts are
/// written, which nothing can be read between.
Status<LedgerError> LedgerStore::findPrices(std::span<const LedgerEntry> entries)
{
    for (const LedgerEntry &entry : entries) {
        const RequestRecord *record = requestIn(entry);
        for (std::size_t n = 0; record != nullptr && n < record->attempts.size(); ++n) {
            if (const auto &price = record->attempts[n].price) {
                if (auto found = findPrice(*price); !found) {
                    return found;
                }
            }
        }
    }
    return Nothing{};
}

Status<LedgerError> LedgerStore::findPrice(const AppliedPrice &price)
{
    if (rowOf(price)) {
        return Nothing{};
    }
    const std::string text = toText(price);
    if (auto done = m_statements.price.add(text).run(); !done) {
        return done;
    }
    Statement &find = m_statements.findPrice;
    find.rewind();
    find.add(text);
    if (find.step() != Statement::Step::Row) {
        return Failure{find.error()};
    }
    m_prices.push_back({price, find.integer()});
    find.rewind();
    return Nothing{};
}

/// Compared as it is: its text takes ten times as long to write.
std::optional<std::int64_t> LedgerStore::rowOf(const std::optional<AppliedPrice> &price) const
{
    const auto found = std::ranges::find(m_prices, price, &KeptPrice::price);
    return found == m_prices.end() ? std::nullopt : std::optional(found->row);
}

Status<LedgerError> LedgerStore::insertAudit(const AuditEntry &entry)
{
    Statement &statement = m_statements.audit;
    statement.add(entry.at.time_since_epoch().count()).add(entry.operatorId).add(entry.action);
    statement.add(entry.object).add(entry.reason).add(entry.detail);
    return statement.run();
}

} // namespace signalbox::runtime
