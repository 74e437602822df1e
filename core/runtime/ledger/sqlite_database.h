// SPDX-License-Identifier: Apache-2.0
// SQLite's C API with owners: a connection, and statements that are prepared once and kept.
#pragma once

#include "core/base/result.h"
#include "core/runtime/ledger/ledger_error.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace signalbox::runtime {

/// One prepared statement. Values are bound and columns are read from left to right. Bound text is
/// borrowed until the next rewind().
class Statement
{
public:
    enum class Step : std::uint8_t {
        Row,
        Done,
        Failed
    };

    Statement() = default;
    Statement(sqlite3 *database, sqlite3_stmt *statement);

    /// Ready for new values; ends a read that was left half-way.
    void rewind();
    Statement &add(std::int64_t value);
    Statement &add(std::string_view text);
    Statement &add(std::optional<std::int64_t> value);
    Step step();
    /// For statements without rows: step, rewind, and the error if there was one.
    Status<LedgerError> run();
    [[nodiscard]] LedgerError error() const;

    std::int64_t integer();
    bool flag() { return integer() != 0; }
    std::string text();
    std::optional<std::int64_t> optionalInteger();

private:
    struct Finalizer
    {
        void operator()(sqlite3_stmt *statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    sqlite3 *m_database = nullptr;
    int m_bound = 0;
    int m_column = 0;
};

/// One connection; used by one thread at a time.
class Database
{
public:
    enum class Mode : std::uint8_t {
        ReadWriteCreate,
        ReadOnly
    };

    static Result<Database, LedgerError> open(const std::string &path, Mode mode);

    /// Replaces all that is here by what \p source holds at this moment.
    Status<LedgerError> copyFrom(Database &source);
    Status<LedgerError> execute(const std::string &sql);
    Result<Statement, LedgerError> prepare(std::string_view sql);
    /// The first column of the first row, such as of a PRAGMA.
    Result<std::int64_t, LedgerError> integer(std::string_view sql);
    /// Statements fail as Interrupted when \p stop says so; it is asked every few thousand steps of
    /// SQLite's machine. Empty: never.
    void stopWhen(std::function<bool()> stop);
    /// Rows changed by the last statement.
    [[nodiscard]] std::int64_t changes() const;

private:
    struct Closer
    {
        void operator()(sqlite3 *database) const;
    };
    std::unique_ptr<std::function<bool()>> m_stop; // at one place, wherever the owner is moved to
    std::unique_ptr<sqlite3, Closer> m_database;
};

} // namespace signalbox::runtime
