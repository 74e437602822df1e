// SPDX-License-Identifier: Apache-2.0
// The file of kept answers: SQLite, beside the ledger and apart from it.
#pragma once

#include "core/gateway/answer_cache.h"
#include "core/runtime/cache/answer_seal.h"
#include "core/runtime/ledger/sqlite_database.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

/// Used by one thread at a time. What is in it can be made again: a file that is damaged, foreign or
/// of another version is dropped, and never repaired.
class CacheFile
{
public:
    struct Contents
    {
        std::vector<gateway::KeptAnswer> answers; ///< the oldest first
        std::size_t damaged = 0; ///< rows that were not what was written, and are gone now
        std::string dropped; ///< why the whole file was, for people; empty: it was not
        bool isPlain = false; ///< the answers were not encrypted, though there is a key by now
    };

    /// Opens or makes the file at \p path; its owner's alone. An error is for people. With a \p secret what is
    /// written is encrypted; a file that is, by another or none, is dropped.
    static Result<CacheFile, std::string> open(const std::string &path,
                                               Contents &contents,
                                               const Secret &secret = {});

    /// All of \p changes or nothing.
    Status<std::string> write(const std::vector<gateway::CacheChange> &changes);
    /// Takes away the file at \p path and what SQLite keeps beside it. No CacheFile may have it open.
    static void remove(const std::string &path);

private:
    static Result<CacheFile, LedgerError> openDatabase(const std::string &path,
                                                       const Secret &secret,
                                                       Contents &contents);
    Status<LedgerError> openSeal(const Secret &secret, Contents &contents);
    Status<LedgerError> beginSeal(const Secret &secret);
    [[nodiscard]] std::optional<gateway::KeptAnswer> answerIn(Statement &row) const;
    Status<LedgerError> read(Contents &contents);
    Status<LedgerError> writeOne(const gateway::CacheChange &change);

    std::optional<Database> m_database; // the statements go first
    std::optional<AnswerSeal> m_seal;
    Statement m_put;
    Statement m_touch;
    Statement m_erase;
};

} // namespace signalbox::runtime
