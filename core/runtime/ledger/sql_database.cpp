// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/sql_database.h"

#include "core/runtime/ledger/postgres_database.h"
#include "core/runtime/ledger/sqlite_database.h"

namespace signalbox::runtime {

Result<Database, LedgerError> Database::open(const LedgerPlace &place, Mode mode)
{
    return place.isServer() ? openPostgres(place, mode) : openSqlite(place.where(), mode);
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

} // namespace signalbox::runtime
