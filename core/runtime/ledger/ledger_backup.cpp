// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/ledger_backup.h"

#include "core/runtime/ledger/sql_database.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace signalbox::runtime {
namespace {

LedgerError cannot(const std::string &path, const std::string &why)
{
    return {LedgerFault::CannotOpen, path + ": " + why};
}

/// Makes an empty file that only we may read; a leftover of the same name is ours.
Status<LedgerError> makeEmpty(const std::string &path)
{
    const int file = ::open(path.c_str(),
                            O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
                            0600);
    if (file < 0) {
        return Failure{cannot(path, std::strerror(errno))}; // NOLINT(concurrency-mt-unsafe)
    }
    ::close(file);
    return Nothing{};
}

Status<LedgerError> copyAndCheck(Database &source, const std::string &to)
{
    auto copy = Database::open(to, Database::Mode::ReadWriteCreate);
    if (!copy) {
        return Failure{copy.error()};
    }
    if (auto copied = copy->copyFrom(source); !copied) {
        return copied;
    }
    // One file, not three; and what was read is what was written.
    if (auto plain = copy->execute("PRAGMA journal_mode=DELETE"); !plain) {
        return plain;
    }
    auto check = copy->prepare("PRAGMA quick_check(1)");
    if (!check) {
        return Failure{check.error()};
    }
    if (check->step() != Statement::Step::Row) {
        return Failure{check->error()};
    }
    if (const std::string verdict = check->text(); verdict != "ok") {
        return Failure{LedgerError{LedgerFault::Corrupt, verdict}};
    }
    return Nothing{};
}

} // namespace

Status<LedgerError> backUpLedger(const std::string &from, const std::string &to)
{
    std::error_code error;
    if (std::filesystem::exists(std::filesystem::symlink_status(to, error))) {
        return Failure{cannot(to, "it exists already and is not replaced")};
    }
    auto source = Database::open(from, Database::Mode::ReadOnly);
    if (!source) {
        return Failure{source.error()};
    }
    if (auto patient = source->execute("PRAGMA busy_timeout=2000"); !patient) {
        return patient;
    }
    const std::string partial = to + ".partial";
    auto made = makeEmpty(partial);
    if (made) {
        made = copyAndCheck(*source, partial);
    }
    // A link and not a rename: it fails where a file of that name has come meanwhile.
    if (made && ::link(partial.c_str(), to.c_str()) != 0) {
        made = Failure{cannot(to, std::strerror(errno))}; // NOLINT(concurrency-mt-unsafe)
    }
    ::unlink(partial.c_str());
    return made;
}

} // namespace signalbox::runtime
