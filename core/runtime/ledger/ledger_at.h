// SPDX-License-Identifier: Apache-2.0
// The ledger that stands at a place now, whatever stood there before.
#pragma once

#include "core/runtime/ledger/ledger_reader.h"

#include <sys/types.h>

namespace signalbox::runtime {

/// For one thread at a time, as its reader is.
class LedgerAt
{
public:
    explicit LedgerAt(LedgerPlace place);

    /// Opened anew where it could not be read the last time, since it may be mended by now, and
    /// where another file stands in its place, as after a damaged one was moved away, or a server hung up.
    Result<LedgerReader, LedgerError> &reader();

private:
    LedgerPlace m_place;
    ino_t m_opened;
    Result<LedgerReader, LedgerError> m_reader;
};

} // namespace signalbox::runtime
