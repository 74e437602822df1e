// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/postgres_connection.h"

#include "core/base/text.h"
#include "core/runtime/ledger/postgres_error.h"

#include <array>
#include <poll.h>
#include <utility>

namespace signalbox::runtime {

LedgerError PostgresConnection::lost(std::string why) const
{
    return {LedgerFault::Unreachable, m_shown + ": " + inOneLine(std::move(why))};
}

/// What a server says when it hangs up is readable before anything is asked.
bool PostgresConnection::isAlive()
{
    PGconn *connection = m_connection.get();
    while (!m_silent && PQstatus(connection) == CONNECTION_OK) {
        pollfd line{PQsocket(connection), POLLIN, 0};
        if (::poll(&line, 1, 0) <= 0) {
            return true;
        }
        if (PQconsumeInput(connection) != 1) {
            return false; // its last words came before
        }
    }
    return false;
}

void PostgresConnection::claim(RowsOnTheWay *reader)
{
    RowsOnTheWay *before = std::exchange(m_reader, nullptr);
    if (before != nullptr && before != reader) {
        before->takeAll();
    }
    m_reader = reader;
    m_cancelled = false;
}

Status<LedgerError> PostgresConnection::execute(const std::string &sql)
{
    claim(nullptr);
    if (m_silent || PQsendQuery(m_connection.get(), sql.c_str()) != 1) {
        return Failure{lost(PQerrorMessage(m_connection.get()))};
    }
    return readAll();
}

Status<LedgerError> PostgresConnection::prepare(const std::string &name, const std::string &sql)
{
    claim(nullptr);
    if (m_silent || PQsendPrepare(m_connection.get(), name.c_str(), sql.c_str(), 0, nullptr) != 1) {
        return Failure{lost(PQerrorMessage(m_connection.get()))};
    }
    return readAll();
}

void PostgresConnection::forget(const std::string &name)
{
    if (isAlive() && PQtransactionStatus(m_connection.get()) == PQTRANS_IDLE) {
        (void)execute("DEALLOCATE " + name);
    }
}

Status<LedgerError> PostgresConnection::readAll()
{
    Status<LedgerError> done = Nothing{};
    for (;;) {
        auto result = next();
        if (!result) {
            return Failure{result.error()};
        }
        if (*result == nullptr) {
            return done;
        }
        if (auto problem = problemIn(result->get()); problem && done) {
            done = Failure{std::move(*problem)};
        }
    }
}

Status<LedgerError> PostgresConnection::ask(const std::string &name,
                                            const PostgresValues &values,
                                            RowsOnTheWay &reader)
{
    claim(&reader);
    if (m_stop && m_stop()) {
        m_reader = nullptr;
        return Failure{LedgerError{LedgerFault::Interrupted, {}}};
    }
    if (auto sent = send(name, values); !sent) {
        m_reader = nullptr;
        return sent;
    }
    PQsetSingleRowMode(m_connection.get());
    return Nothing{};
}

Status<LedgerError> PostgresConnection::send(const std::string &name, const PostgresValues &values)
{
    if (m_silent
        || PQsendQueryPrepared(m_connection.get(),
                               name.c_str(),
                               static_cast<int>(values.values.size()),
                               values.values.data(),
                               values.lengths.data(),
                               values.formats.data(),
                               0)
               != 1) {
        return Failure{lost(PQerrorMessage(m_connection.get()))};
    }
    ++m_sent;
    return Nothing{};
}

Result<PostgresResult, LedgerError> PostgresConnection::next()
{
    if (auto ready = await(); !ready) {
        m_reader = nullptr;
        return Failure{ready.error()};
    }
    PostgresResult result(PQgetResult(m_connection.get()));
    if (result == nullptr) {
        m_reader = nullptr;
    }
    return result;
}

/// Until a result can be taken without waiting.
Status<LedgerError> PostgresConnection::await()
{
    Millis silence{0};
    constexpr Millis step{5};
    PGconn *connection = m_connection.get();
    for (;;) {
        if (m_silent) {
            return Failure{lost("the server says nothing")};
        }
        if (m_stop && !m_cancelled && !m_gathering && m_reader != nullptr && m_stop()) {
            cancel();
        }
        const int unsent = PQflush(connection);
        if (unsent < 0) {
            return Failure{lost(PQerrorMessage(connection))};
        }
        if (unsent == 0 && PQisBusy(connection) == 0) {
            return Nothing{};
        }
        pollfd line{PQsocket(connection), POLLIN, 0};
        line.events = static_cast<short>(unsent == 1 ? POLLIN | POLLOUT : POLLIN);
        const int ready = ::poll(&line, 1, static_cast<int>(step.count()));
        silence = ready == 0 ? silence + step : Millis(0);
        m_silent = silence > m_patience;
        if (ready > 0 && PQconsumeInput(connection) != 1) {
            return Failure{lost(PQerrorMessage(connection))};
        }
    }
}

/// By a line of its own, which libpq opens and closes.
void PostgresConnection::cancel()
{
    m_cancelled = true;
    std::array<char, 256> why{};
    const std::unique_ptr<PGcancel, decltype(&PQfreeCancel)> line(PQgetCancel(m_connection.get()),
                                                                  PQfreeCancel);
    PQcancel(line.get(), why.data(), static_cast<int>(why.size())); // else it ends by its time
}

void PostgresConnection::abandon()
{
    constexpr int few = 16; // a row more than a page has
    int count = 0;
    for (auto result = next(); result && *result != nullptr; result = next()) {
        if (++count == few && !m_cancelled) {
            cancel();
        }
    }
    m_reader = nullptr;
}

Result<BatchChanges, BatchFailure> PostgresConnection::together(
    const std::function<Status<LedgerError>()> &runAll)
{
    claim(nullptr);
    PGconn *connection = m_connection.get();
    if (m_silent || PQenterPipelineMode(connection) != 1) {
        return Failure{BatchFailure{lost(PQerrorMessage(connection)), 0}};
    }
    m_gathering = true;
    m_sent = 0;
    const auto ran = runAll();
    BatchChanges changes;
    std::optional<BatchFailure> failure;
    if (PQpipelineSync(connection) == 1) {
        readBatch(m_sent, changes, failure);
    } else {
        failure = BatchFailure{lost(PQerrorMessage(connection)), m_sent};
    }
    m_gathering = false;
    PQexitPipelineMode(connection);
    if (!ran && !failure) {
        failure = BatchFailure{ran.error(), m_sent};
    }
    if (failure) {
        return Failure{std::move(*failure)};
    }
    return changes;
}

/// Each statement's result and the null behind it, and the mark at the end.
void PostgresConnection::readBatch(std::size_t sent,
                                   BatchChanges &changes,
                                   std::optional<BatchFailure> &failure)
{
    for (std::size_t at = 0; at <= sent; ++at) {
        for (bool more = true; more;) {
            const auto result = next();
            if (!result) {
                failure = failure.value_or(BatchFailure{result.error(), at});
                return;
            }
            more = *result != nullptr && PQresultStatus(result->get()) != PGRES_PIPELINE_SYNC;
            const auto problem = more ? problemIn(result->get()) : std::nullopt;
            if (problem && !failure) {
                failure = BatchFailure{*problem, at};
            } else if (more) {
                setChanges(result->get());
                changes.push_back(m_changes);
            }
        }
    }
}

std::optional<LedgerError> PostgresConnection::problemIn(const PGresult *result) const
{
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_SINGLE_TUPLE:
    case PGRES_EMPTY_QUERY:
    case PGRES_PIPELINE_SYNC:
        return std::nullopt;
    case PGRES_COPY_OUT:
    case PGRES_COPY_IN:
    case PGRES_COPY_BOTH:
    case PGRES_BAD_RESPONSE:
    case PGRES_NONFATAL_ERROR:
    case PGRES_FATAL_ERROR:
    case PGRES_PIPELINE_ABORTED:
        break;
    }
    LedgerError error = postgresError(result);
    if (error.fault == LedgerFault::Interrupted && !m_cancelled) {
        error.fault = LedgerFault::Busy; // its own time limit, or an administrator
    }
    return error;
}

void PostgresConnection::setChanges(const PGresult *result)
{
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): libpq's own parameter is not const
    m_changes = parseInteger(PQcmdTuples(const_cast<PGresult *>(result))).value_or(0);
}

} // namespace signalbox::runtime
