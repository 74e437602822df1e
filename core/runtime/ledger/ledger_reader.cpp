// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/ledger_reader.h"

#include "core/base/bounds.h"
#include "core/base/text.h"
#include "core/runtime/ledger/ledger_schema.h"
#include "core/runtime/ledger/read_transaction.h"
#include "core/runtime/ledger/record_rows.h"

#include <algorithm>
#include <limits>

namespace signalbox::runtime {
namespace {

/// Readers wait only where the log is being recovered after a crash.
constexpr auto kPragmas = "PRAGMA busy_timeout=2000;PRAGMA query_only=ON;";

/// Where the next page begins: below this key.
struct Cursor
{
    std::int64_t arrived = 0;
    std::string id;
};

std::optional<Cursor> parseCursor(std::string_view text)
{
    const auto dot = text.find('.');
    if (dot == std::string_view::npos || dot + 1 == text.size()) {
        return std::nullopt;
    }
    const auto arrived = parseInteger(text.substr(0, dot));
    return arrived ? std::optional(Cursor{*arrived, std::string(text.substr(dot + 1))})
                   : std::nullopt;
}

std::string cursorAfter(const RequestRecord &record)
{
    return std::to_string(record.arrived.time_since_epoch().count()) + "." + record.id;
}

/// Terms that a partial index repeats word by word let SQLite use it, hence the literals.
std::string pageSql(const RequestFilter &filter)
{
    std::string terms;
    const auto require = [&terms](bool asked, const char *term) {
        if (asked) {
            terms.append(terms.empty() ? " WHERE " : " AND ").append(term);
        }
    };
    require(filter.since.has_value(), "arrived_us>=?");
    require(filter.until.has_value(), "arrived_us<?");
    require(!filter.route.empty(), "route=?");
    require(!filter.target.empty(), "last_target=?");
    require(!filter.provider.empty(), "last_provider=?");
    require(!filter.client.empty(), "client=?");
    require(filter.status.has_value(), "status=?");
    require(filter.status.has_value() && *filter.status != 200, "status <> 200");
    require(filter.outcome.has_value(), "outcome=?");
    require(filter.outcome.value_or(OutcomeClass::Success) != OutcomeClass::Success,
            "outcome <> 'success'");
    require(filter.failedOnly, "error_code <> ''");
    require(!filter.cursor.empty(), "(arrived_us,id)<(?,?)");
    return selectRequestSql() + terms + " ORDER BY arrived_us DESC, id DESC LIMIT ?";
}

/// In the order of pageSql(). \p cursor must outlive the read.
void bindPage(Statement &statement, const RequestFilter &filter, const Cursor &cursor, int rows)
{
    statement.rewind();
    for (const auto &bound : {filter.since, filter.until}) {
        if (bound) {
            statement.add(bound->time_since_epoch().count());
        }
    }
    for (const auto *name : {&filter.route, &filter.target, &filter.provider, &filter.client}) {
        if (!name->empty()) {
            statement.add(*name);
        }
    }
    if (filter.status) {
        statement.add(std::int64_t(*filter.status));
    }
    if (filter.outcome) {
        statement.add(toString(*filter.outcome));
    }
    if (!filter.cursor.empty()) {
        statement.add(cursor.arrived).add(cursor.id);
    }
    statement.add(std::int64_t(rows));
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

Result<LedgerReader, LedgerError> LedgerReader::open(const std::string &path)
{
    auto database = Database::open(path, Database::Mode::ReadOnly);
    if (!database) {
        return Failure{database.error()};
    }
    if (const auto set = database->execute(kPragmas); !set) {
        return Failure{set.error()};
    }
    if (const auto known = checkSchema(*database); !known) {
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
    forgetIfMany();
    const ReadTransaction together(m_database);
    auto statement = kept(pageSql(filter));
    if (!statement) {
        return Failure{statement.error()};
    }
    const int limit = std::clamp(filter.limit, 1, bounds::kPageRowsMax);
    const Cursor from = cursor.value_or(Cursor{});
    bindPage(**statement, filter, from, limit + 1); // one more tells whether there is a next page
    auto page = readPage(filter, **statement);
    (*statement)->rewind();
    if (page && page->requests.size() > static_cast<std::size_t>(limit)) {
        page->requests.pop_back();
        page->next = cursorAfter(page->requests.back());
    }
    return page;
}

Result<RequestPage, LedgerError> LedgerReader::readPage(const RequestFilter &filter,
                                                        Statement &statement)
{
    RequestPage page;
    Statement::Step step = statement.step();
    for (; step == Statement::Step::Row; step = statement.step()) {
        auto record = readRequest(statement, filter.withDecision);
        if (!record) {
            return Failure{record.error()};
        }
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
