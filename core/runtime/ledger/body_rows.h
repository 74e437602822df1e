// SPDX-License-Identifier: Apache-2.0
// Bodies as rows and back: without keys, and compressed.
#pragma once

#include "core/domain/request_bodies.h"
#include "core/runtime/ledger/sql_database.h"

#include <string>

namespace signalbox::runtime {

std::string insertBodiesSql();
/// Of one request, whose id is the only parameter.
std::string selectBodiesSql();

/// What is kept of \p bodies: streams joined, keys taken out, each at most as long as it says.
RequestBodies readyToKeep(RequestBodies bodies);
/// \pre \p bodies are ready to keep
Status<LedgerError> insertBodies(Statement &statement, const RequestBodies &bodies);
Result<RequestBodies, LedgerError> readBodies(Statement &row);

} // namespace signalbox::runtime
