// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/ledger_error.h"

namespace signalbox::runtime {

std::string_view toString(LedgerFault fault)
{
    switch (fault) {
    case LedgerFault::CannotOpen:
        return "cannot_open";
    case LedgerFault::Unreachable:
        return "unreachable";
    case LedgerFault::ReadOnly:
        return "read_only";
    case LedgerFault::Corrupt:
        return "corrupt";
    case LedgerFault::NotALedger:
        return "not_a_ledger";
    case LedgerFault::NewerSchema:
        return "newer_schema";
    case LedgerFault::OlderSchema:
        return "older_schema";
    case LedgerFault::DiskFull:
        return "disk_full";
    case LedgerFault::Busy:
        return "busy";
    case LedgerFault::InputOutput:
        return "input_output";
    case LedgerFault::RefusedValue:
        return "refused_value";
    case LedgerFault::Other:
        return "other";
    case LedgerFault::BadCursor:
        return "bad_cursor";
    case LedgerFault::UnknownTimeZone:
        return "unknown_time_zone";
    case LedgerFault::NotAvailable:
        return "not_available";
    case LedgerFault::RangeTooLarge:
        return "range_too_large";
    case LedgerFault::Interrupted:
        return "interrupted";
    }
    return "";
}

std::string toString(const LedgerError &error)
{
    std::string text(toString(error.fault));
    if (!error.detail.empty()) {
        text.append(": ").append(error.detail);
    }
    return text;
}

} // namespace signalbox::runtime
