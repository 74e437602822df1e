// SPDX-License-Identifier: Apache-2.0
// A copy of a ledger that is in use.
#pragma once

#include "core/base/result.h"
#include "core/runtime/ledger/ledger_error.h"

#include <string>

namespace signalbox::runtime {

/// Copies the ledger \p from, which a gateway may be writing, as it is at this moment into the new
/// file \p to: one file, readable by its owner only, checked before it gets its name. An existing
/// file is never replaced. The writer is not held up; its log grows until the copy is done.
Status<LedgerError> backUpLedger(const std::string &from, const std::string &to);

} // namespace signalbox::runtime
