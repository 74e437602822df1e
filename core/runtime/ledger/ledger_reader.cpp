// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/ledger_reader.h"

#include "core/base/bounds.h"
#include "core/base/text.h"
#include "core/runtime/ledger/body_rows.h"
#include "core/runtime/ledger/ledger_schema.h"
#include "core/runtime/ledger/read_transaction.h"
#include "core/runtime/ledger/record_rows.h"
#include "core/runtime/ledger/request_terms.h"

#include <algorithm>
#include <limits>

namespace signalbox::runtime {
namespace {

/// Of files: readers wait only where the log is being recovered after a crash.
constexpr auto kPragmas = "PRAGMA busy_timeout=2000;PRAGMA query_only=ON;";

/// Where the next page begins: below this key. Rows of one microsecond follow each other as they
/// were written.
struct Cursor
{
    std::int64_t arrived = 0;
    std::int64_t row = 0;
};

std::optional<Cursor> parseCursor(std::string_view text)
{
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) {
        return std::nullopt;
    }
    const auto arrived = parseInteger(text.substr(0, dot));
    const auto row = parseInteger(text.substr(dot + 1));
    return arrived && row ? std::optional(Cursor{*arrived, *row}) : std::nullopt;
}

/// The few rows of an id are found by it and sorted; all others come sorted out of their index.
std::string_view orderFor(const RequestFilter &filter)
{
    return filter.id.empty() ? " ORDER BY arrived_us DESC, rowid DESC LIMIT ?"
                             : " ORDER BY +arrived_us DESC, rowid DESC LIMIT ?";
}

AuditEntry readAudit(Statement &row)
{
    AuditEntry entry;
    entry.id = row.integer();
    entry.at = SystemTime(Micros(row.integer()));
    entry.operatorId = row.text();
    entry.action = row.text();
    entry.object = row.text();
    entry.reason = row.text();
    entry.detail = row.text();
    return entry;
}

} // namespace

LedgerReader::LedgerReader(Database database)
    : m_database(std::move(database))
{}

Result<LedgerReader, LedgerError> LedgerReader::open(const LedgerPlace &place)
{
    auto database = Database::open(place, Database::Mode::ReadOnly);
    if (!database) {
        return Failure{database.error()};
    }
    const auto set = place.isServer() ? Status<LedgerError>(Nothing{})
                                      : database->execute(kPragmas);
    if (!set) {
        return Failure{set.error()};
    }
    const auto known = place.isServer() ? checkServerSchema(*database) : checkSchema(*database);
    if (!known) {
        return Failure{known.error()};
    }
    return LedgerReader(std::move(*database));
}

void LedgerReader::forgetIfMany()
{
    if (m_statements.size() > bounds::kStatementsMax) {
        m_statements.clear();
    }
}

Result<Statement *, LedgerError> LedgerReader::kept(const std::string &sql)
{
    const auto at = m_statements.find(sql);
    if (at != m_statements.end()) {
        at->second.rewind();
        return &at->second;
    }
    auto statement = m_database.prepare(sql);
    if (!statement) {
        return Failure{statement.error()};
    }
    return &m_statements.emplace(sql, std::move(*statement)).first->second;
}

Result<RequestPage, LedgerError> LedgerReader::requests(const RequestFilter &filter)
{
    const auto cursor = parseCursor(filter.cursor);
    if (!filter.cursor.empty() && !cursor) {
        return Failure{LedgerError{LedgerFault::BadCursor, filter.cursor}};
    }
    RequestTerms terms(filter, m_database.dialect());
    if (cursor) {
        terms.require("(arrived_us,rowid)<(?,?)", {cursor->arrived, cursor->row});
    }
    forgetIfMany();
    const ReadTransaction together(m_database);
    auto statement = kept(selectPageSql() + terms.sql() + std::string(orderFor(filter)));
    if (!statement) {
        return Failure{statement.error()};
    }
    const int limit = std::clamp(filter.limit, 1, bounds::kPageRowsMax);
    terms.bind(**statement);
    (*statement)->add(std::int64_t(limit) + 1); // one more tells whether there is a next page
    auto page = readPage(filter, **statement, limit);
    (*statement)->rewind();
    return page;
}

Result<RequestPage, LedgerError> LedgerReader::readPage(const RequestFilter &filter,
                                                        Statement &statement,
                                                        int limit)
{
    RequestPage page;
    Cursor last;
    Statement::Step step = statement.step();
    for (; step == Statement::Step::Row; step = statement.step()) {
        if (page.requests.size() == static_cast<std::size_t>(limit)) {
            page.next = std::to_string(last.arrived) + "." + std::to_string(last.row);
            return page;
        }
        last.row = statement.integer();
        auto record = readRequest(statement, filter.withDecision);
        if (!record) {
            return Failure{record.error()};
        }
        last.arrived = record->arrived.time_since_epoch().count();
        if (const auto read = readAttempts(*record); !read) {
            return Failure{read.error()};
        }
        page.requests.push_back(std::move(*record));
    }
    if (step == Statement::Step::Failed) {
        return Failure{statement.error()};
    }
    return page;
}

Status<LedgerError> LedgerReader::readAttempts(RequestRecord &record)
{
    auto statement = kept(selectAttemptsSql());
    if (!statement) {
        return Failure{statement.error()};
    }
    (*statement)->add(record.id);
    Statement::Step step = (*statement)->step();
    for (; step == Statement::Step::Row; step = (*statement)->step()) {
        auto attempt = readAttempt(**statement);
        if (!attempt) {
            return Failure{attempt.error()};
        }
        record.attempts.push_back(std::move(*attempt));
    }
    if (step == Statement::Step::Failed) {
        return Failure{(*statement)->error()};
    }
    (*statement)->rewind();
    return Nothing{};
}

Result<std::optional<RequestRecord>, LedgerError> LedgerReader::request(const std::string &id)
{
    const ReadTransaction together(m_database);
    return readOne(id);
}

Result<std::optional<RequestRecord>, LedgerError> LedgerReader::readOne(const std::string &id)
{
    auto statement = kept(selectRequestSql() + " WHERE id=?");
    if (!statement) {
        return Failure{statement.error()};
    }
    (*statement)->add(id);
    const Statement::Step step = (*statement)->step();
    if (step == Statement::Step::Failed) {
        return Failure{(*statement)->error()};
    }
    if (step == Statement::Step::Done) {
        return std::optional<RequestRecord>();
    }
    auto record = readRequest(**statement, true);
    (*statement)->rewind();
    if (!record) {
        return Failure{record.error()};
    }
    if (const auto read = readAttempts(*record); !read) {
        return Failure{read.error()};
    }
    return std::optional(std::move(*record));
}

Result<std::optional<RequestBodies>, LedgerError> LedgerReader::bodies(const std::string &id)
{
    auto statement = kept(selectBodiesSql());
    if (!statement) {
        return Failure{statement.error()};
    }
    (*statement)->add(id);
    const Statement::Step step = (*statement)->step();
    if (step == Statement::Step::Failed) {
        return Failure{(*statement)->error()};
    }
    if (step == Statement::Step::Done) {
        (*statement)->rewind();
        return std::optional<RequestBodies>();
    }
    auto bodies = readBodies(**statement);
    (*statement)->rewind();
    if (!bodies) {
        return Failure{bodies.error()};
    }
    return std::optional(std::move(*bodies));
}

Result<AuditPage, LedgerError> LedgerReader::audit(int limit, const std::string &cursor)
{
    const auto before = cursor.empty() ? std::optional(std::numeric_limits<std::int64_t>::max())
                                       : parseInteger(cursor);
    if (!before) {
        return Failure{LedgerError{LedgerFault::BadCursor, cursor}};
    }
    auto statement = kept("SELECT id,at_us,operator,action,object,reason,detail FROM audit"
                          " WHERE id<? ORDER BY id DESC LIMIT ?");
    if (!statement) {
        return Failure{statement.error()};
    }
    const std::int64_t rows = std::clamp(limit, 1, bounds::kPageRowsMax);
    (*statement)->add(*before).add(rows + 1);
    AuditPage page;
    Statement::Step step = (*statement)->step();
    for (; step == Statement::Step::Row; step = (*statement)->step()) {
        page.entries.push_back(readAudit(**statement));
    }
    if (step == Statement::Step::Failed) {
        return Failure{(*statement)->error()};
    }
    (*statement)->rewind();
    if (page.entries.size() > static_cast<std::size_t>(rows)) {
        page.entries.pop_back();
        page.next = std::to_string(page.entries.back().id);
    }
    return page;
}

} // namespace signalbox::runtime
