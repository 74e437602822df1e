// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/sqlite_database.h"

#include <fcntl.h>
#include <filesystem>
#include <sqlite3.h>
#include <unistd.h>

namespace signalbox::runtime {
namespace {

/// SQLite's result codes in our words; the extended part is dropped first.
LedgerFault faultOf(int code)
{
    switch (code & 0xFF) {
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return LedgerFault::CannotOpen;
    case SQLITE_READONLY:
        return LedgerFault::ReadOnly;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return LedgerFault::Corrupt;
    case SQLITE_FULL:
        return LedgerFault::DiskFull;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return LedgerFault::Busy;
    case SQLITE_IOERR:
        return LedgerFault::InputOutput;
    case SQLITE_INTERRUPT:
        return LedgerFault::Interrupted;
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
        return LedgerFault::RefusedValue;
    default:
        return LedgerFault::Other;
    }
}

LedgerError errorOf(sqlite3 *database)
{
    return {faultOf(sqlite3_extended_errcode(database)), sqlite3_errmsg(database)};
}

/// SQLite says "unable to open" for everything, and its errno is that of its last attempt.
LedgerError whyNotOpened(const std::string &path, int code)
{
    std::error_code ignored;
    const auto folder = std::filesystem::absolute(path, ignored).parent_path();
    if (!std::filesystem::is_directory(folder, ignored)) {
        return {LedgerFault::CannotOpen, path + ": its folder does not exist"};
    }
    const bool isThere = std::filesystem::exists(path, ignored);
    if (!isThere && faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
        return {LedgerFault::ReadOnly, path + ": its folder may not be written"};
    }
    return {faultOf(code), path + ": " + sqlite3_errstr(code)};
}

} // namespace

void Statement::Finalizer::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

Statement::Statement(sqlite3 *database, sqlite3_stmt *statement)
    : m_statement(statement)
    , m_database(database)
{}

void Statement::rewind()
{
    sqlite3_reset(m_statement.get());
    m_bound = 0;
}

Statement &Statement::add(std::int64_t value)
{
    sqlite3_bind_int64(m_statement.get(), ++m_bound, value);
    return *this;
}

Statement &Statement::add(std::string_view text)
{
    // A null pointer would bind NULL, and an empty view may have one.
    const char *bytes = text.empty() ? "" : text.data();
    sqlite3_bind_text64(m_statement.get(), ++m_bound, bytes, text.size(), nullptr, SQLITE_UTF8);
    return *this;
}

Statement &Statement::add(std::optional<std::int64_t> value)
{
    if (value) {
        return add(*value);
    }
    sqlite3_bind_null(m_statement.get(), ++m_bound);
    return *this;
}

Statement::Step Statement::step()
{
    m_column = 0;
    switch (sqlite3_step(m_statement.get())) {
    case SQLITE_ROW:
        return Step::Row;
    case SQLITE_DONE:
        return Step::Done;
    default:
        return Step::Failed;
    }
}

Status<LedgerError> Statement::run()
{
    const bool failed = step() == Step::Failed;
    LedgerError problem = failed ? error() : LedgerError{};
    rewind();
    if (failed) {
        return Failure{std::move(problem)};
    }
    return Nothing{};
}

LedgerError Statement::error() const
{
    return errorOf(m_database);
}

std::int64_t Statement::integer()
{
    return sqlite3_column_int64(m_statement.get(), m_column++);
}

std::string Statement::text()
{
    const int column = m_column++;
    const auto *bytes = sqlite3_column_text(m_statement.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column));
    return bytes == nullptr ? std::string() : std::string(bytes, bytes + size);
}

std::optional<std::int64_t> Statement::optionalInteger()
{
    if (sqlite3_column_type(m_statement.get(), m_column) == SQLITE_NULL) {
        ++m_column;
        return std::nullopt;
    }
    return integer();
}

void Database::Closer::operator()(sqlite3 *database) const
{
    sqlite3_close_v2(database); // _v2 waits for statements that are finalized later
}

Result<Database, LedgerError> Database::open(const std::string &path, Mode mode)
{
    const int access = mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY
                                              : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3 *raw = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &raw, access | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database;
    database.m_database.reset(raw);
    if (code != SQLITE_OK) {
        return Failure{whyNotOpened(path, code)};
    }
    // SQLite opens a file that may not be written for reading and says so only at the first write.
    if (mode == Mode::ReadWriteCreate && sqlite3_db_readonly(raw, "main") == 1) {
        return Failure{LedgerError{LedgerFault::ReadOnly, path + ": it may not be written"}};
    }
    sqlite3_extended_result_codes(raw, 1);
    return database;
}

Status<LedgerError> Database::copyFrom(Database &source)
{
    sqlite3 *into = m_database.get();
    sqlite3_backup *copying = sqlite3_backup_init(into, "main", source.m_database.get(), "main");
    if (copying == nullptr) {
        return Failure{errorOf(into)};
    }
    // In one step, which is one read transaction: page by page, a writer would make it begin again.
    sqlite3_backup_step(copying, -1);
    if (sqlite3_backup_finish(copying) != SQLITE_OK) {
        return Failure{errorOf(into)};
    }
    return Nothing{};
}

Status<LedgerError> Database::execute(const std::string &sql)
{
    if (sqlite3_exec(m_database.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return Failure{errorOf(m_database.get())};
    }
    return Nothing{};
}

Result<Statement, LedgerError> Database::prepare(std::string_view sql)
{
    sqlite3_stmt *raw = nullptr;
    const int code = sqlite3_prepare_v3(m_database.get(),
                                        sql.data(),
                                        static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT,
                                        &raw,
                                        nullptr);
    if (code != SQLITE_OK) {
        return Failure{errorOf(m_database.get())};
    }
    return Statement(m_database.get(), raw);
}

Result<std::int64_t, LedgerError> Database::integer(std::string_view sql)
{
    auto statement = prepare(sql);
    if (!statement) {
        return Failure{statement.error()};
    }
    if (statement->step() != Statement::Step::Row) {
        return Failure{statement->error()};
    }
    return statement->integer();
}

void Database::stopWhen(std::function<bool()> stop)
{
    constexpr int steps = 5000;
    m_stop = stop ? std::make_unique<std::function<bool()>>(std::move(stop)) : nullptr;
    const auto ask = [](void *context) {
        return (*static_cast<std::function<bool()> *>(context))() ? 1 : 0;
    };
    sqlite3_progress_handler(m_database.get(),
                             m_stop ? steps : 0,
                             m_stop ? +ask : nullptr,
                             m_stop.get());
}

std::int64_t Database::changes() const
{
    return sqlite3_changes64(m_database.get());
}

} // namespace signalbox::runtime
