// SPDX-License-Identifier: Apache-2.0
// A database that speaks SQL, whichever it is: a connection, and statements that are prepared once and
// kept. What is behind them is SQLite (sqlite_database.h) or PostgreSQL (postgres_database.h).
#pragma once

#include "core/base/result.h"
#include "core/runtime/ledger/ledger_error.h"
#include "core/runtime/ledger/ledger_place.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::runtime {

/// Where the two do not understand the same SQL; see sql_dialect.h.
enum class Dialect : std::uint8_t {
    Sqlite,
    Postgres
};

/// What a statement made of its last step.
enum class StatementStep : std::uint8_t {
    Row,
    Done,
    Failed
};

/// What stands behind a Statement; its functions promise what the Statement's of their name do.
class StatementBody
{
public:
    StatementBody() = default;
    virtual ~StatementBody() = default;
    StatementBody(const StatementBody &) = delete;
    StatementBody &operator=(const StatementBody &) = delete;

    virtual void rewind() = 0;
    virtual void addInteger(std::int64_t value) = 0;
    virtual void addText(std::string_view text) = 0;
    virtual void addNull() = 0;
    virtual StatementStep step() = 0;
    virtual Status<LedgerError> run() = 0;
    [[nodiscard]] virtual LedgerError error() const = 0;
    virtual std::int64_t integer() = 0;
    virtual std::string text() = 0;
    virtual std::optional<std::int64_t> optionalInteger() = 0;
};

/// One prepared statement, with `?` for each value. Values are bound and columns are read from left to
/// right. Bound text is borrowed until the next rewind().
class Statement
{
public:
    using Step = StatementStep;

    Statement() = default;
    explicit Statement(std::unique_ptr<StatementBody> body)
        : m_body(std::move(body))
    {}

    /// Ready for new values; ends a read that was left half-way.
    void rewind() { m_body->rewind(); }
    Statement &add(std::int64_t value)
    {
        m_body->addInteger(value);
        return *this;
    }
    Statement &add(std::string_view text)
    {
        m_body->addText(text);
        return *this;
    }
    Statement &add(std::optional<std::int64_t> value)
    {
        value ? m_body->addInteger(*value) : m_body->addNull();
        return *this;
    }
    Step step() { return m_body->step(); }
    /// For statements without rows: step, rewind, and the error if there was one.
    Status<LedgerError> run() { return m_body->run(); }
    [[nodiscard]] LedgerError error() const { return m_body->error(); }

    std::int64_t integer() { return m_body->integer(); }
    bool flag() { return integer() != 0; }
    std::string text() { return m_body->text(); }
    std::optional<std::int64_t> optionalInteger() { return m_body->optionalInteger(); }

private:
    std::unique_ptr<StatementBody> m_body;
};

/// What became of statements that were run together: the first that failed.
struct BatchFailure
{
    LedgerError error;
    std::size_t at = 0; ///< counted from 0 in the order of their run()
};

/// The rows that each changed.
using BatchChanges = std::vector<std::int64_t>;

/// What stands behind a Database; its functions promise what the Database's of their name do.
class DatabaseBody
{
public:
    DatabaseBody() = default;
    virtual ~DatabaseBody() = default;
    DatabaseBody(const DatabaseBody &) = delete;
    DatabaseBody &operator=(const DatabaseBody &) = delete;

    [[nodiscard]] virtual Dialect dialect() const = 0;
    [[nodiscard]] virtual bool isAlive() = 0;
    virtual Status<LedgerError> beginRead() = 0;
    virtual Status<LedgerError> beginWrite() = 0;
    virtual Result<bool, LedgerError> tryLock(std::int64_t number) = 0;
    virtual Status<LedgerError> copyFrom(DatabaseBody &source) = 0;
    virtual Status<LedgerError> execute(const std::string &sql) = 0;
    virtual Result<Statement, LedgerError> prepare(std::string_view sql) = 0;
    virtual Result<BatchChanges, BatchFailure> together(
        const std::function<Status<LedgerError>()> &runAll) = 0;
    virtual void stopWhen(std::function<bool()> stop) = 0;
    [[nodiscard]] virtual std::int64_t changes() const = 0;
};

/// One connection; used by one thread at a time. Ends after its statements.
class Database
{
public:
    enum class Mode : std::uint8_t {
        ReadWriteCreate,
        ReadOnly
    };

    static Result<Database, LedgerError> open(const LedgerPlace &place, Mode mode);
    explicit Database(std::unique_ptr<DatabaseBody> body)
        : m_body(std::move(body))
    {}

    [[nodiscard]] Dialect dialect() const { return m_body->dialect(); }
    /// False when a server has hung up, as far as that is known without asking it.
    [[nodiscard]] bool isAlive() { return m_body->isAlive(); }
    /// From here to COMMIT all reads see the same moment.
    Status<LedgerError> beginRead() { return m_body->beginRead(); }
    /// Whoever else writes the same rows waits until COMMIT, or ROLLBACK.
    Status<LedgerError> beginWrite() { return m_body->beginWrite(); }
    /// In a write transaction: true when nobody else holds the lock of that number, and nobody will until
    /// the transaction's end.
    Result<bool, LedgerError> tryLock(std::int64_t number) { return m_body->tryLock(number); }
    /// Replaces all that is here by what \p source holds at this moment. Files only.
    Status<LedgerError> copyFrom(Database &source) { return m_body->copyFrom(*source.m_body); }
    Status<LedgerError> execute(const std::string &sql) { return m_body->execute(sql); }
    Result<Statement, LedgerError> prepare(std::string_view sql) { return m_body->prepare(sql); }
    /// The first column of the first row, such as of a PRAGMA.
    Result<std::int64_t, LedgerError> integer(std::string_view sql);
    /// Statements without rows that \p runAll runs, on their way to a server all at once: there run()
    /// only sends, and what became of them is known here. One that fails ends all. What \p runAll itself
    /// fails with is a failure too, of the statement it ran last.
    Result<BatchChanges, BatchFailure> together(const std::function<Status<LedgerError>()> &runAll)
    {
        return m_body->together(runAll);
    }
    /// Statements fail as Interrupted when \p stop says so; it is asked every millisecond or so.
    /// Empty: never.
    void stopWhen(std::function<bool()> stop) { m_body->stopWhen(std::move(stop)); }
    /// Rows changed by the last statement.
    [[nodiscard]] std::int64_t changes() const { return m_body->changes(); }

private:
    std::unique_ptr<DatabaseBody> m_body;
};

} // namespace signalbox::runtime
