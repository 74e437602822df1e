// SPDX-License-Identifier: Apache-2.0
// The few words of SQL that SQLite and PostgreSQL do not share; all other statements are the same text.
#pragma once

#include "core/runtime/ledger/sql_database.h"

#include <string_view>

namespace signalbox::runtime {

/// The task class of a request `r`, as RequestRecord::taskName() says it.
constexpr std::string_view taskSql(Dialect dialect)
{
    return dialect == Dialect::Sqlite ? "CASE WHEN r.operation='embeddings' THEN r.operation"
                                        " ELSE coalesce(json_extract(r.facts,'$.task'),'other') END"
                                      : "CASE WHEN r.operation='embeddings' THEN r.operation"
                                        " ELSE coalesce(r.facts::json->>'task','other') END";
}

/// A text is like a pattern, whatever the case of ASCII letters: in PostgreSQL because the columns'
/// collation is C.
constexpr std::string_view likeSql(Dialect dialect)
{
    return dialect == Dialect::Sqlite ? " LIKE " : " ILIKE ";
}

} // namespace signalbox::runtime
