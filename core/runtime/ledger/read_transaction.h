// SPDX-License-Identifier: Apache-2.0
// Several statements that see the ledger at one and the same moment.
#pragma once

#include "core/runtime/ledger/sql_database.h"

namespace signalbox::runtime {

/// While it lives, all reads of the connection see one snapshot of the ledger.
class ReadTransaction
{
public:
    explicit ReadTransaction(Database &database)
        : m_database(database)
    {
        (void)m_database.beginRead();
    }
    ~ReadTransaction() { (void)m_database.execute("COMMIT"); }
    ReadTransaction(const ReadTransaction &) = delete;
    ReadTransaction &operator=(const ReadTransaction &) = delete;

private:
    Database &m_database;
};

} // namespace signalbox::runtime
