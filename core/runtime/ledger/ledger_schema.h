// SPDX-License-Identifier: Apache-2.0
// The ledger's tables and the steps that bring an older file, or server, up to them.
#pragma once

#include "core/runtime/ledger/sql_database.h"

#include <span>

namespace signalbox::runtime {

/// The SQL that leads from one schema version to the next. A released step is never edited.
using SchemaStep = const char *;

/// Step 0 makes version 1 from an empty file, and so on; the size is the current version.
std::span<const SchemaStep> ledgerSchema();

// Parts of ledgerSchema().
SchemaStep stepToVersion5();
SchemaStep stepToVersion6();

/// Brings the file to version steps.size(), each step in a transaction of its own that either
/// happens whole, version number included, or not at all. A file of a later version is
/// NewerSchema, a foreign one NotALedger; both stay untouched.
Status<LedgerError> migrate(Database &database, std::span<const SchemaStep> steps);

/// For readers: the file is a ledger of exactly the current version.
Status<LedgerError> checkSchema(Database &database);

/// The same on a server, where the version stands in a table of its own, `ledger_version`. All steps happen
/// in one transaction, and one gateway at a time takes them.
Status<LedgerError> migrateServer(Database &database);
Status<LedgerError> checkServerSchema(Database &database);
/// What the error of a version that we do not know says, wherever it was found.
LedgerError newerSchema(std::int64_t found, std::size_t known);

} // namespace signalbox::runtime
