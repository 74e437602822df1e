// SPDX-License-Identifier: Apache-2.0
// Preloaded into the daemon: a disk that refuses to write the ledger while a test says so.
#include <cerrno>
#include <cstdlib>
#include <dlfcn.h>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using PositionedWrite = ssize_t (*)(int, const void *, size_t, off64_t);

bool isSameFile(int file, const std::string &path)
{
    struct stat open = {};
    struct stat named = {};
    return ::fstat(file, &open) == 0 && ::stat(path.c_str(), &named) == 0
           && open.st_ino == named.st_ino && open.st_dev == named.st_dev;
}

/// The error number that SIGNALBOX_TEST_DISK, a file, holds for the ledger beside it; 0: none.
int faultFor(int file)
{
    const char *control = std::getenv("SIGNALBOX_TEST_DISK");
    const int opened = control == nullptr ? -1 : ::open(control, O_RDONLY | O_CLOEXEC);
    if (opened < 0) {
        return 0;
    }
    char digits[8] = {};
    const ssize_t got = ::read(opened, digits, sizeof digits - 1);
    ::close(opened);
    const std::string path(control);
    const std::string ledger = path.substr(0, path.rfind('/')) + "/ledger.sqlite";
    const bool isLedger = isSameFile(file, ledger) || isSameFile(file, ledger + "-wal");
    return got > 0 && isLedger ? std::atoi(digits) : 0;
}

ssize_t writeAt(const char *real, int file, const void *bytes, size_t size, off64_t at)
{
    if (const int fault = faultFor(file); fault != 0) {
        errno = fault;
        return -1;
    }
    return reinterpret_cast<PositionedWrite>(::dlsym(RTLD_NEXT, real))(file, bytes, size, at);
}

} // namespace

extern "C" ssize_t pwrite(int file, const void *bytes, size_t size, off_t at)
{
    return writeAt("pwrite", file, bytes, size, at);
}

extern "C" ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at)
{
    return writeAt("pwrite64", file, bytes, size, at);
}
