// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/postgres_error.h"

#include "core/base/text.h"

#include <array>
#include <string_view>

namespace signalbox::runtime {
namespace {

struct Meaning
{
    std::string_view state; ///< or how it begins
    LedgerFault fault;
};

/// The first that fits. Damage on the server is its operator's to mend: nothing of ours is moved aside.
constexpr std::array kMeanings = {
    Meaning{"08", LedgerFault::Unreachable}, // connection exception
    Meaning{"57P", LedgerFault::Unreachable}, // shut down, starting, dropped
    Meaning{"57014", LedgerFault::Interrupted}, // query canceled
    Meaning{"53100", LedgerFault::DiskFull},
    Meaning{"53", LedgerFault::Busy}, // out of memory, too many connections
    Meaning{"40", LedgerFault::Busy}, // deadlock, serialization
    Meaning{"55P03", LedgerFault::Busy}, // lock not available
    Meaning{"25006", LedgerFault::ReadOnly}, // a standby
    Meaning{"25P03", LedgerFault::Unreachable}, // idle in a transaction for too long
    Meaning{"42501", LedgerFault::ReadOnly}, // insufficient privilege
    Meaning{"58030", LedgerFault::InputOutput},
    Meaning{"XX", LedgerFault::InputOutput}, // internal error, data corrupted
    Meaning{"22", LedgerFault::RefusedValue}, // data exception
    Meaning{"23", LedgerFault::RefusedValue}, // constraint violation
    Meaning{"54", LedgerFault::RefusedValue}, // program limit exceeded
    Meaning{"P0001", LedgerFault::RefusedValue}, // raised by a trigger
};

LedgerFault faultOf(std::string_view state)
{
    for (const Meaning &meaning : kMeanings) {
        if (state.starts_with(meaning.state)) {
            return meaning.fault;
        }
    }
    return state.empty() ? LedgerFault::Unreachable : LedgerFault::Other;
}

} // namespace

LedgerError postgresError(const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const LedgerFault fault = faultOf(state == nullptr ? "" : state);
    return {fault, inOneLine(words == nullptr ? PQresultErrorMessage(result) : words)};
}

std::string inOneLine(std::string text)
{
    for (char &c : text) {
        c = c == '\n' || c == '\t' ? ' ' : c;
    }
    return std::string(trimmed(text));
}

} // namespace signalbox::runtime
