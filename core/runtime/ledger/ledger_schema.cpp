// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/ledger_schema.h"

namespace signalbox::runtime {
namespace {

/// Marks the file as ours: "SGBX".
constexpr std::int64_t kApplicationId = 0x53474258;

struct FileMarks
{
    std::int64_t version = 0;
    std::int64_t application = 0;
    std::int64_t tables = 0;
};

Result<FileMarks, LedgerError> readMarks(Database &database)
{
    const auto version = database.integer("PRAGMA user_version");
    if (!version) {
        return Failure{version.error()};
    }
    const auto application = database.integer("PRAGMA application_id");
    if (!application) {
        return Failure{application.error()};
    }
    const auto tables = database.integer("SELECT count(*) FROM sqlite_master");
    if (!tables) {
        return Failure{tables.error()};
    }
    return FileMarks{*version, *application, *tables};
}

bool isForeign(const FileMarks &marks)
{
    const bool empty = marks.version == 0 && marks.application == 0 && marks.tables == 0;
    return !empty && marks.application != kApplicationId;
}

/// Inside the transaction. The version is read again under the lock: another process may have been
/// faster.
Status<LedgerError> applyLocked(Database &database, SchemaStep step, std::size_t version)
{
    const auto found = database.integer("PRAGMA user_version");
    if (!found) {
        return Failure{found.error()};
    }
    if (*found >= static_cast<std::int64_t>(version)) {
        return Nothing{};
    }
    return database.execute(std::string(step) + ";PRAGMA user_version=" + std::to_string(version)
                            + ";PRAGMA application_id=" + std::to_string(kApplicationId));
}

Status<LedgerError> applyStep(Database &database, SchemaStep step, std::size_t version)
{
    auto done = database.execute("BEGIN IMMEDIATE");
    if (done) {
        done = applyLocked(database, step, version);
    }
    if (done) {
        done = database.execute("COMMIT");
    }
    if (done) {
        return done;
    }
    (void)database.execute("ROLLBACK");
    LedgerError error = done.error();
    error.detail.insert(0, "step to version " + std::to_string(version) + ": ");
    return Failure{std::move(error)};
}

} // namespace

LedgerError newerSchema(std::int64_t found, std::size_t known)
{
    return {LedgerFault::NewerSchema,
            "the ledger has version " + std::to_string(found) + ", this program knows "
                + std::to_string(known)};
}

Status<LedgerError> migrate(Database &database, std::span<const SchemaStep> steps)
{
    const auto marks = readMarks(database);
    if (!marks) {
        return Failure{marks.error()};
    }
    if (isForeign(*marks)) {
        return Failure{LedgerError{LedgerFault::NotALedger, "the file belongs to another program"}};
    }
    if (marks->version > static_cast<std::int64_t>(steps.size())) {
        return Failure{newerSchema(marks->version, steps.size())};
    }
    for (auto at = static_cast<std::size_t>(marks->version); at < steps.size(); ++at) {
        if (auto done = applyStep(database, steps[at], at + 1); !done) {
            return done;
        }
    }
    return Nothing{};
}

Status<LedgerError> checkSchema(Database &database)
{
    const auto marks = readMarks(database);
    if (!marks) {
        return Failure{marks.error()};
    }
    if (isForeign(*marks)) {
        return Failure{LedgerError{LedgerFault::NotALedger, "the file belongs to another program"}};
    }
    const auto current = static_cast<std::int64_t>(ledgerSchema().size());
    if (marks->version > current) {
        return Failure{newerSchema(marks->version, ledgerSchema().size())};
    }
    if (marks->version < current) {
        return Failure{LedgerError{LedgerFault::OlderSchema, std::to_string(marks->version)}};
    }
    return Nothing{};
}

} // namespace signalbox::runtime
