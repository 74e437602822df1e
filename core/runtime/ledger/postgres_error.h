// SPDX-License-Identifier: Apache-2.0
// What a PostgreSQL server complains of, in our words.
#pragma once

#include "core/runtime/ledger/ledger_error.h"

#include <libpq-fe.h>
#include <string>

namespace signalbox::runtime {

/// By the SQLSTATE (PostgreSQL's manual, appendix A); the detail is the server's primary message, which
/// holds no values of rows. A result without a SQLSTATE is of a line that broke.
LedgerError postgresError(const PGresult *result);

/// Without line breaks and the blanks around them.
std::string inOneLine(std::string text);

} // namespace signalbox::runtime
