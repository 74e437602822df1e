// SPDX-License-Identifier: Apache-2.0
// SQLite's C API behind a Database: one file.
#pragma once

#include "core/runtime/ledger/sql_database.h"

#include <string>

namespace signalbox::runtime {

/// With Mode::ReadWriteCreate the file is made where there is none; its folder must exist.
Result<Database, LedgerError> openSqlite(const std::string &path, Database::Mode mode);

} // namespace signalbox::runtime
