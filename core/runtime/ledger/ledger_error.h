// SPDX-License-Identifier: Apache-2.0
// What can go wrong with the ledger, as values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox::runtime {

enum class LedgerFault : std::uint8_t {
    CannotOpen, ///< the file or its folder cannot be opened or made; a server that does not serve
    Unreachable, ///< a server cannot be reached, does not let us in, or hung up
    ReadOnly, ///< the file or its folder may not be written; a server lets us only read
    Corrupt, ///< damaged, or no SQLite file at all
    NotALedger, ///< a sound SQLite file of somebody else, or tables in a schema of our name
    NewerSchema, ///< written by a later version
    OlderSchema, ///< a reader met a file that no store has opened with this version yet
    DiskFull,
    Busy, ///< another process holds the write lock; a server has no time or room for us now
    InputOutput,
    RefusedValue, ///< this one entry cannot be stored; the others can
    Other,
    BadCursor, ///< a query's cursor is not one of ours
    UnknownTimeZone,
    NotAvailable, ///< a question the records cannot answer yet
    RangeTooLarge, ///< the answer would exceed its row limit
    Interrupted, ///< who asked does not want to know any more
};

/// A stable snake_case name, used in logs: `disk_full`.
std::string_view toString(LedgerFault fault);

struct LedgerError
{
    LedgerFault fault = LedgerFault::Other;
    std::string detail; ///< the path, the statement or the database's own words

    friend bool operator==(const LedgerError &, const LedgerError &) = default;
};

/// For health and log: `disk_full: database or disk is full`.
std::string toString(const LedgerError &error);

} // namespace signalbox::runtime
