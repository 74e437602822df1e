// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/ledger_at.h"

#include <sys/stat.h>
#include <utility>

namespace signalbox::runtime {

namespace {

/// Tells one file from another of the same name; 0: there is none.
ino_t fileNumber(const std::string &path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

} // namespace

LedgerAt::LedgerAt(std::string path)
    : m_path(std::move(path))
    , m_opened(fileNumber(m_path))
    , m_reader(LedgerReader::open(m_path))
{}

Result<LedgerReader, LedgerError> &LedgerAt::reader()
{
    if (const ino_t present = fileNumber(m_path); !m_reader || present != m_opened) {
        m_reader = LedgerReader::open(m_path);
        m_opened = present;
    }
    return m_reader;
}

} // namespace signalbox::runtime
