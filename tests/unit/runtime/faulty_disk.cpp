// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/faulty_disk.h"

#include "core/base/check.h"

#include <atomic>
#include <map>
#include <mutex>
#include <sqlite3.h>

namespace signalbox::tests {
namespace {

std::atomic<int> g_fault{SQLITE_OK};
std::atomic<int> g_refusals{0};
sqlite3_vfs g_vfs{};
sqlite3_vfs *g_real = nullptr;

/// The real methods and, beside them, ours; one pair per kind of file.
struct Methods
{
    const sqlite3_io_methods *real = nullptr;
    sqlite3_io_methods faulty{};
};
std::mutex g_mutex;
std::map<const sqlite3_io_methods *, Methods> g_byReal;

const sqlite3_io_methods *realOf(const sqlite3_file *file)
{
    const std::lock_guard lock(g_mutex);
    for (const auto &[real, methods] : g_byReal) {
        if (&methods.faulty == file->pMethods) {
            return real;
        }
    }
    SB_CHECK(false);
}

int refusal()
{
    const int fault = g_fault.load();
    if (fault != SQLITE_OK) {
        ++g_refusals;
    }
    return fault;
}

int writeFaulty(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    const int fault = refusal();
    return fault != SQLITE_OK ? fault : realOf(file)->xWrite(file, bytes, size, offset);
}

int syncFaulty(sqlite3_file *file, int flags)
{
    const int fault = refusal();
    return fault != SQLITE_OK ? fault : realOf(file)->xSync(file, flags);
}

int openFaulty(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    const int code = g_real->xOpen(g_real, name, file, flags, outFlags);
    if (code != SQLITE_OK || file->pMethods == nullptr) {
        return code;
    }
    const std::lock_guard lock(g_mutex);
    Methods &methods = g_byReal[file->pMethods];
    if (methods.real == nullptr) {
        methods.real = file->pMethods;
        methods.faulty = *file->pMethods;
        methods.faulty.xWrite = writeFaulty;
        methods.faulty.xSync = syncFaulty;
    }
    file->pMethods = &methods.faulty;
    return code;
}

} // namespace

FaultyDisk::FaultyDisk()
{
    g_real = sqlite3_vfs_find(nullptr);
    g_vfs = *g_real;
    g_vfs.zName = "faulty";
    g_vfs.xOpen = openFaulty;
    repair();
    g_refusals = 0;
    SB_CHECK(sqlite3_vfs_register(&g_vfs, 1) == SQLITE_OK);
}

FaultyDisk::~FaultyDisk()
{
    repair();
    sqlite3_vfs_unregister(&g_vfs);
    sqlite3_vfs_register(g_real, 1);
}

void FaultyDisk::failFull()
{
    g_fault = SQLITE_FULL;
}

void FaultyDisk::failInputOutput()
{
    g_fault = SQLITE_IOERR_WRITE;
}

void FaultyDisk::repair()
{
    g_fault = SQLITE_OK;
}

int FaultyDisk::refusals() const
{
    return g_refusals;
}

} // namespace signalbox::tests
