// SPDX-License-Identifier: Apache-2.0
// What leaves the ledger, in steps so small that a batch never waits long for one.
#include "core/runtime/ledger/ledger_store.h"

#include <algorithm>
#include <array>

namespace signalbox::runtime {
namespace {

/// Bodies are many pages each.
constexpr int kBodiesPart = 10;

/// A kind of rows, and how the oldest before a time are deleted: at most so many. Several statements
/// delete what belongs together; the last one's count says whether there is more.
struct Kind
{
    std::string_view name;
    std::array<const char *, 3> deletes;
};

// Each finds its rows by an index, and in the order of their age.
constexpr std::array kKinds = {
    Kind{"bodies",
         {"DELETE FROM bodies WHERE id IN (SELECT id FROM bodies"
          " WHERE arrived_us<? ORDER BY arrived_us LIMIT ?)"}},
    Kind{"requests",
         {"DELETE FROM bodies WHERE id IN (SELECT id FROM requests"
          " WHERE arrived_us<? ORDER BY arrived_us, rowid LIMIT ?)",
          "DELETE FROM attempts WHERE request_id IN (SELECT id FROM requests"
          " WHERE arrived_us<? ORDER BY arrived_us, rowid LIMIT ?)",
          "DELETE FROM requests WHERE rowid IN (SELECT rowid FROM requests"
          " WHERE arrived_us<? ORDER BY arrived_us, rowid LIMIT ?)"}},
    Kind{"own_calls",
         {"DELETE FROM own_calls WHERE rowid IN (SELECT rowid FROM own_calls"
          " WHERE arrived_us<? ORDER BY arrived_us, rowid LIMIT ?)"}},
    Kind{"quarters",
         {"DELETE FROM usage_quarters WHERE (quarter,provider,model,route,client) IN"
          " (SELECT quarter,provider,model,route,client FROM usage_quarters"
          " WHERE quarter<? ORDER BY quarter LIMIT ?)"}},
    Kind{"hours",
         {"DELETE FROM usage_hours WHERE (grouping,hour,name) IN"
          " (SELECT grouping,hour,name FROM usage_hours"
          " WHERE grouping IN (1,2,3,4) AND hour<? LIMIT ?)"}},
};

std::int64_t microsOf(SystemTime time)
{
    return time.time_since_epoch().count();
}

/// The start of a day of UTC, in seconds.
std::int64_t dayOf(SystemTime time)
{
    return std::chrono::floor<std::chrono::days>(time).time_since_epoch().count() * 86'400;
}

/// Any, as long as all gateways ask for the same.
constexpr std::int64_t kPruneLock = 0x5347425800000002;
/// Later than any request.
constexpr std::int64_t kAll = INT64_MAX;

} // namespace

template <typename Delete>
Result<bool, LedgerError> LedgerStore::inTransaction(const Delete &remove)
{
    if (const auto begun = m_database.beginWrite(); !begun) {
        return Failure{begun.error()};
    }
    const auto ours = m_database.tryLock(kPruneLock);
    Result<bool, LedgerError> more = !ours   ? Result<bool, LedgerError>(Failure{ours.error()})
                                     : *ours ? remove()
                                             : Result<bool, LedgerError>(false);
    if (more) {
        const auto committed = m_database.execute("COMMIT");
        if (committed) {
            return more;
        }
        more = Failure{committed.error()};
    }
    (void)m_database.execute("ROLLBACK");
    return more;
}

Result<bool, LedgerError> LedgerStore::removeOldest(std::string_view kind,
                                                    std::int64_t before,
                                                    int limit)
{
    const auto *found = std::ranges::find(kKinds, kind, &Kind::name);
    for (const char *sql : found->deletes) {
        if (sql == nullptr) {
            continue;
        }
        auto statement = m_database.prepare(sql);
        if (!statement) {
            return Failure{statement.error()};
        }
        statement->add(before).add(std::int64_t(limit));
        if (const auto done = statement->run(); !done) {
            return Failure{done.error()};
        }
    }
    return m_database.changes() >= limit;
}

Result<bool, LedgerError> LedgerStore::prune(const LedgerCutoffs &before, int limit)
{
    struct Step
    {
        std::string_view kind;
        std::optional<std::int64_t> before;
        int limit;
    };
    const auto micros = [](const std::optional<SystemTime> &time) {
        return time ? std::optional(microsOf(*time)) : std::nullopt;
    };
    const auto day = before.sums ? std::optional(dayOf(*before.sums)) : std::nullopt;
    const std::array steps = {
        Step{"bodies", micros(before.bodies), std::max(1, limit / kBodiesPart)},
        Step{"requests", micros(before.requests), limit},
        Step{"own_calls", micros(before.ownCalls), limit},
        Step{"quarters", day, limit},
        Step{"hours", day, limit},
    };
    return inTransaction([&]() -> Result<bool, LedgerError> {
        bool more = false;
        for (const Step &step : steps) {
            if (!step.before) {
                continue;
            }
            const auto removed = removeOldest(step.kind, *step.before, step.limit);
            if (!removed) {
                return removed;
            }
            more |= *removed;
        }
        return more;
    });
}

Result<bool, LedgerError> LedgerStore::shrinkTo(std::int64_t bytes, int limit)
{
    if (m_database.dialect() != Dialect::Sqlite) {
        return false; // a server's room is its own affair
    }
    const auto now = size();
    if (!now || now->used <= bytes) {
        return now ? Result<bool, LedgerError>(false) : Failure{now.error()};
    }
    return inTransaction([&]() -> Result<bool, LedgerError> {
        const auto bodies = m_database.integer(
            "SELECT count(*) FROM (SELECT 1 FROM bodies LIMIT 1) AS any_of_them");
        if (!bodies) {
            return Failure{bodies.error()};
        }
        if (*bodies != 0) {
            const auto removed = removeOldest("bodies", kAll, std::max(1, limit / kBodiesPart));
            return removed ? Result<bool, LedgerError>(true) : removed;
        }
        const auto requests = removeOldest("requests", kAll, limit);
        const auto own = requests ? removeOldest("own_calls", kAll, limit) : requests;
        return own ? Result<bool, LedgerError>(*requests || *own) : own;
    });
}

Result<bool, LedgerError> LedgerStore::giveBack(int pages)
{
    if (m_database.dialect() != Dialect::Sqlite) {
        return false;
    }
    const auto mode = m_database.integer("PRAGMA auto_vacuum");
    const auto free = m_database.integer("PRAGMA freelist_count");
    constexpr std::int64_t incremental = 2;
    if (!mode || !free || *mode != incremental || *free == 0) {
        return mode && free ? Result<bool, LedgerError>(false)
                            : Failure{mode ? free.error() : mode.error()};
    }
    const auto done = m_database.execute("PRAGMA incremental_vacuum(" + std::to_string(pages)
                                         + ")");
    if (!done) {
        return Failure{done.error()};
    }
    return *free > pages;
}

Result<LedgerSize, LedgerError> LedgerStore::size()
{
    const auto page = m_database.integer("PRAGMA page_size");
    const auto count = m_database.integer("PRAGMA page_count");
    const auto free = m_database.integer("PRAGMA freelist_count");
    for (const auto *each : {&page, &count, &free}) {
        if (!*each) {
            return Failure{each->error()};
        }
    }
    return LedgerSize{(*count - *free) * *page, *free * *page};
}

} // namespace signalbox::runtime
