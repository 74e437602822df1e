// SPDX-License-Identifier: Apache-2.0
// libpq behind a Database: a server, and there the tables in the schema `signalbox`.
#pragma once

#include "core/runtime/ledger/sql_database.h"

namespace signalbox::runtime {

/// With Mode::ReadOnly the session can write nothing, and a statement ends after two minutes.
Result<Database, LedgerError> openPostgres(const LedgerPlace &place, Database::Mode mode);

} // namespace signalbox::runtime
