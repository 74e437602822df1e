// SPDX-License-Identifier: Apache-2.0
// How a session begins: what libpq is told beside the URL, and what the server is asked for.
#include "core/runtime/ledger/postgres_connection.h"

#include <array>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace signalbox::runtime {
namespace {

/// A question's end on the server, and a little more than that here: a network that was cut says nothing.
constexpr auto kReadSettings = "SET default_transaction_read_only=on;SET statement_timeout='120s';"
                               "SET idle_in_transaction_session_timeout='60s';"
                               "SET plan_cache_mode=force_custom_plan;";
constexpr Millis kReadPatience{130'000};
/// Locks of ours are held for one batch, a tenth of a second.
constexpr auto kWriteSettings = "SET statement_timeout='20s';SET lock_timeout='10s';"
                                "SET idle_in_transaction_session_timeout='60s';";
constexpr Millis kWritePatience{25'000};
/// Rows are few and plans are many: compiling them costs more than it gains.
constexpr auto kSettings = "SET search_path=signalbox,pg_catalog;SET jit=off;"
                           "SET client_min_messages=warning;";
constexpr int kOldestServer = 120'000; ///< 12.0; the tests run on 15

std::string hostName()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data())
                                                            : std::string("unknown");
}

/// Later keywords count: the defaults stand before the URL, what is ours behind it.
PGconn *connectTo(const LedgerPlace &place)
{
    const std::string host = hostName();
    const std::string password(place.password().expose());
    std::vector<const char *> names = {"connect_timeout",
                                       "tcp_user_timeout",
                                       "keepalives_idle",
                                       "keepalives_interval",
                                       "fallback_application_name",
                                       "dbname",
                                       "client_encoding"};
    std::vector<const char *> values =
        {"5", "20000", "30", "10", host.c_str(), place.where().c_str(), "UTF8"};
    if (!password.empty()) {
        names.push_back("password");
        values.push_back(password.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    return PQconnectdbParams(names.data(), values.data(), 1);
}

} // namespace

PostgresConnection::PostgresConnection(const LedgerPlace &place,
                                       PGconn *connection,
                                       Database::Mode mode)
    : m_shown(place.shown())
    , m_patience(mode == Database::Mode::ReadOnly ? kReadPatience : kWritePatience)
    , m_connection(connection)
{}

Result<std::shared_ptr<PostgresConnection>, LedgerError> PostgresConnection::open(
    const LedgerPlace &place, Database::Mode mode)
{
    const std::shared_ptr<PostgresConnection> made(
        new PostgresConnection(place, connectTo(place), mode));
    PGconn *connection = made->m_connection.get();
    if (PQstatus(connection) != CONNECTION_OK) {
        return Failure{
            made->lost(connection == nullptr ? "out of memory" : PQerrorMessage(connection))};
    }
    if (auto ready = made->setUp(mode); !ready) {
        return Failure{ready.error()};
    }
    return made;
}

Status<LedgerError> PostgresConnection::setUp(Database::Mode mode)
{
    PGconn *connection = m_connection.get();
    PQsetNoticeProcessor(
        connection, [](void *, const char *) {}, nullptr);
    PQsetnonblocking(connection, 1);
    if (PQserverVersion(connection) < kOldestServer) {
        return Failure{LedgerError{LedgerFault::CannotOpen,
                                   m_shown + ": the server is older than PostgreSQL 12"}};
    }
    const char *encoding = PQparameterStatus(connection, "server_encoding");
    if (encoding == nullptr || std::string_view(encoding) != "UTF8") {
        return Failure{LedgerError{LedgerFault::CannotOpen,
                                   m_shown + ": the database's encoding is not UTF8"}};
    }
    const bool reads = mode == Database::Mode::ReadOnly;
    return execute(std::string(kSettings) + (reads ? kReadSettings : kWriteSettings));
}

} // namespace signalbox::runtime
