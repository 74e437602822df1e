// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/ledger_at.h"

#include <sys/stat.h>
#include <utility>

namespace signalbox::runtime {

namespace {

/// Tells one file from another of the same name; 0: there is none, or it is a server.
ino_t fileNumber(const LedgerPlace &place)
{
    struct stat status = {};
    return !place.isServer() && ::stat(place.where().c_str(), &status) == 0 ? status.st_ino : 0;
}

} // namespace

LedgerAt::LedgerAt(LedgerPlace place)
    : m_place(std::move(place))
    , m_opened(fileNumber(m_place))
    , m_reader(LedgerReader::open(m_place))
{}

Result<LedgerReader, LedgerError> &LedgerAt::reader()
{
    const ino_t present = fileNumber(m_place);
    if (!m_reader || present != m_opened || !m_reader->isAlive()) {
        m_reader = LedgerReader::open(m_place);
        m_opened = present;
    }
    return m_reader;
}

} // namespace signalbox::runtime
