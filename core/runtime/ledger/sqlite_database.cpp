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

/// What statements that run together tell their database.
struct Gathered
{
    bool on = false;
    BatchChanges changes;
};

struct Finalizer
{
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};

class SqliteStatement final : public StatementBody
{
public:
    SqliteStatement(sqlite3 *database, sqlite3_stmt *statement, Gathered &gathered)
        : m_statement(statement)
        , m_database(database)
        , m_gathered(gathered)
    {}

    void rewind() override
    {
        sqlite3_reset(m_statement.get());
        m_bound = 0;
    }
    void addInteger(std::int64_t value) override
    {
        sqlite3_bind_int64(m_statement.get(), ++m_bound, value);
    }
    void addText(std::string_view text) override
    {
        // A null pointer would bind NULL, and an empty view may have one.
        const char *bytes = text.empty() ? "" : text.data();
        sqlite3_bind_text64(m_statement.get(), ++m_bound, bytes, text.size(), nullptr, SQLITE_UTF8);
    }
    void addNull() override { sqlite3_bind_null(m_statement.get(), ++m_bound); }

    StatementStep step() override
    {
        m_column = 0;
        switch (sqlite3_step(m_statement.get())) {
        case SQLITE_ROW:
            return StatementStep::Row;
        case SQLITE_DONE:
            return StatementStep::Done;
        default:
            return StatementStep::Failed;
        }
    }

    Status<LedgerError> run() override
    {
        const bool failed = step() == StatementStep::Failed;
        LedgerError problem = failed ? error() : LedgerError{};
        rewind();
        if (failed) {
            return Failure{std::move(problem)};
        }
        if (m_gathered.on) {
            m_gathered.changes.push_back(sqlite3_changes64(m_database));
        }
        return Nothing{};
    }

    [[nodiscard]] LedgerError error() const override { return errorOf(m_database); }

    std::int64_t integer() override { return sqlite3_column_int64(m_statement.get(), m_column++); }

    std::string text() override
    {
        const int column = m_column++;
        const auto *bytes = sqlite3_column_text(m_statement.get(), column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column));
        return bytes == nullptr ? std::string() : std::string(bytes, bytes + size);
    }

    std::optional<std::int64_t> optionalInteger() override
    {
        if (sqlite3_column_type(m_statement.get(), m_column) == SQLITE_NULL) {
            ++m_column;
            return std::nullopt;
        }
        return integer();
    }

private:
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    sqlite3 *m_database;
    Gathered &m_gathered;
    int m_bound = 0;
    int m_column = 0;
};

struct Closer
{
    void operator()(sqlite3 *database) const
    {
        sqlite3_close_v2(database); // _v2 waits for statements that are finalized later
    }
};

class SqliteDatabase final : public DatabaseBody
{
public:
    explicit SqliteDatabase(sqlite3 *database)
        : m_database(database)
    {}

    [[nodiscard]] Dialect dialect() const override { return Dialect::Sqlite; }
    [[nodiscard]] bool isAlive() override { return true; }
    Status<LedgerError> beginRead() override { return execute("BEGIN"); }
    Status<LedgerError> beginWrite() override { return execute("BEGIN IMMEDIATE"); }
    /// Who writes has the file to himself.
    Result<bool, LedgerError> tryLock(std::int64_t) override { return true; }
    Status<LedgerError> copyFrom(DatabaseBody &source) override;

    Status<LedgerError> execute(const std::string &sql) override
    {
        sqlite3 *database = m_database.get();
        if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
            return Failure{errorOf(database)};
        }
        return Nothing{};
    }

    Result<Statement, LedgerError> prepare(std::string_view sql) override;
    Result<BatchChanges, BatchFailure> together(
        const std::function<Status<LedgerError>()> &runAll) override;
    void stopWhen(std::function<bool()> stop) override;
    [[nodiscard]] std::int64_t changes() const override
    {
        return sqlite3_changes64(m_database.get());
    }

private:
    std::unique_ptr<sqlite3, Closer> m_database;
    std::function<bool()> m_stop;
    Gathered m_gathered;
};

Status<LedgerError> SqliteDatabase::copyFrom(DatabaseBody &source)
{
    auto *from = dynamic_cast<SqliteDatabase *>(&source);
    if (from == nullptr) {
        return Failure{LedgerError{LedgerFault::NotAvailable, "only files are copied"}};
    }
    sqlite3 *into = m_database.get();
    sqlite3_backup *copying = sqlite3_backup_init(into, "main", from->m_database.get(), "main");
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

Result<Statement, LedgerError> SqliteDatabase::prepare(std::string_view sql)
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
    return Statement(std::make_unique<SqliteStatement>(m_database.get(), raw, m_gathered));
}

/// Nothing is gained by waiting: each is run at once.
Result<BatchChanges, BatchFailure> SqliteDatabase::together(
    const std::function<Status<LedgerError>()> &runAll)
{
    m_gathered = {true, {}};
    const auto done = runAll();
    m_gathered.on = false;
    if (!done) {
        return Failure{BatchFailure{done.error(), m_gathered.changes.size()}};
    }
    return std::move(m_gathered.changes);
}

void SqliteDatabase::stopWhen(std::function<bool()> stop)
{
    constexpr int steps = 5000;
    m_stop = std::move(stop);
    const auto ask = [](void *context) {
        return (*static_cast<std::function<bool()> *>(context))() ? 1 : 0;
    };
    sqlite3_progress_handler(m_database.get(),
                             m_stop ? steps : 0,
                             m_stop ? +ask : nullptr,
                             &m_stop);
}

/// Nobody asks SQLite how much memory it has, and to keep count takes a lock at each allocation and
/// each release. It has to be said before the first database is opened.
void keepNoCountOfMemory()
{
    [[maybe_unused]] static const int said = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

} // namespace

Result<Database, LedgerError> openSqlite(const std::string &path, Database::Mode mode)
{
    using Mode = Database::Mode;
    keepNoCountOfMemory();
    const int access = mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY
                                              : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3 *raw = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &raw, access | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(std::make_unique<SqliteDatabase>(raw));
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

} // namespace signalbox::runtime
