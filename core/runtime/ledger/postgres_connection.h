// SPDX-License-Identifier: Apache-2.0
// One session with a PostgreSQL server by libpq: what is asked can be taken back, and no answer is waited
// for without end.
#pragma once

#include "core/base/time.h"
#include "core/runtime/ledger/sql_database.h"

#include <cstdint>
#include <functional>
#include <libpq-fe.h>
#include <memory>
#include <span>
#include <string>

namespace signalbox::runtime {

struct PostgresResultDeleter
{
    void operator()(PGresult *result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, PostgresResultDeleter>;

/// Values of a prepared statement, as libpq takes them.
struct PostgresValues
{
    std::span<const char *const> values;
    std::span<const int> lengths;
    std::span<const int> formats; ///< 0: text that ends in a zero; 1: bytes of its length
};

/// Somebody whose rows are still on their way.
class RowsOnTheWay
{
public:
    virtual ~RowsOnTheWay() = default;
    /// Takes all of them off the line: another statement wants it.
    virtual void takeAll() = 0;
};

/// Used by one thread at a time.
class PostgresConnection
{
public:
    static Result<std::shared_ptr<PostgresConnection>, LedgerError> open(const LedgerPlace &place,
                                                                         Database::Mode mode);

    [[nodiscard]] bool isAlive();
    void stopWhen(std::function<bool()> stop) { m_stop = std::move(stop); }
    /// One or more statements without values; rows are thrown away.
    Status<LedgerError> execute(const std::string &sql);
    /// \p sql has `$1` for the first value.
    Status<LedgerError> prepare(const std::string &name, const std::string &sql);
    /// As far as the server can be told.
    void forget(const std::string &name);

    /// Sends a prepared statement; its rows come one by one to \p reader by next(), which must be
    /// called until it gives null.
    Status<LedgerError> ask(const std::string &name,
                            const PostgresValues &values,
                            RowsOnTheWay &reader);
    Result<PostgresResult, LedgerError> next();
    /// Throws away what the server still says, and asks it to stop where that is much.
    void abandon();

    /// See Database::together(): meanwhile send() is how statements go.
    Result<BatchChanges, BatchFailure> together(const std::function<Status<LedgerError>()> &runAll);
    [[nodiscard]] bool isGathering() const { return m_gathering; }
    Status<LedgerError> send(const std::string &name, const PostgresValues &values);

    /// What \p result, which is none of rows, says is wrong; nothing when it is fine.
    [[nodiscard]] std::optional<LedgerError> problemIn(const PGresult *result) const;
    void setChanges(const PGresult *result);
    [[nodiscard]] std::int64_t changes() const { return m_changes; }

private:
    struct Closer
    {
        void operator()(PGconn *connection) const { PQfinish(connection); }
    };

    PostgresConnection(const LedgerPlace &place, PGconn *connection, Database::Mode mode);
    Status<LedgerError> setUp(Database::Mode mode);
    void claim(RowsOnTheWay *reader);
    Status<LedgerError> await();
    Status<LedgerError> readAll();
    void readBatch(std::size_t sent, BatchChanges &changes, std::optional<BatchFailure> &failure);
    void cancel();
    [[nodiscard]] LedgerError lost(std::string why) const;

    const std::string m_shown; ///< of the place, for messages
    const Millis m_patience; ///< how long a server may say nothing
    std::unique_ptr<PGconn, Closer> m_connection;
    std::function<bool()> m_stop;
    RowsOnTheWay *m_reader = nullptr;
    bool m_cancelled = false;
    bool m_silent = false; ///< given up; nothing more is asked of it
    bool m_gathering = false;
    std::size_t m_sent = 0; ///< since the gathering began
    std::int64_t m_changes = 0;
};

} // namespace signalbox::runtime
