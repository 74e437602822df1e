// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/replace_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace signalbox::runtime {
namespace {

Failure<std::string> failed(const std::string &path)
{
    const int error = errno;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): the C library's own texts
    return Failure{path + " cannot be written: " + std::strerror(error)};
}

/// Where a link leads to, also where nothing is there yet.
std::filesystem::path resolved(const std::string &path)
{
    std::error_code error;
    const auto real = std::filesystem::weakly_canonical(path, error);
    return error ? std::filesystem::path(path) : real;
}

bool writeAll(int file, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return true;
}

/// The name's way to the disk; without it a crash may bring the old file back, never a mixture.
void syncFolder(const std::string &folder)
{
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file >= 0) {
        (void)::fsync(file);
        ::close(file);
    }
}

/// As the old file was; only root may also give it to whom it belonged.
bool takeOver(int file, const std::string &old)
{
    struct stat status = {};
    if (::stat(old.c_str(), &status) != 0) {
        return true;
    }
    (void)!::fchown(file, status.st_uid, status.st_gid);
    return ::fchmod(file, status.st_mode & 07777U) == 0;
}

} // namespace

Status<std::string> replaceFile(const std::string &path, std::string_view text)
{
    const std::filesystem::path target = resolved(path);
    const std::string folder = target.parent_path().string();
    std::error_code error;
    std::filesystem::create_directories(folder, error); // what is wrong, open() says
    const std::string fresh = folder + "/." + target.filename().string() + ".new";
    constexpr mode_t kOwnerOnly = 0600;
    const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC;
    const int file = ::open(fresh.c_str(), flags, kOwnerOnly);
    if (file < 0) {
        return failed(fresh);
    }
    const bool written = takeOver(file, target.string()) && writeAll(file, text)
                         && ::fsync(file) == 0;
    auto outcome = written ? Status<std::string>(Nothing{}) : Status<std::string>(failed(fresh));
    if (::close(file) != 0 && outcome) {
        outcome = failed(fresh);
    }
    if (outcome && std::rename(fresh.c_str(), target.c_str()) != 0) {
        outcome = failed(target.string());
    }
    if (!outcome) {
        ::unlink(fresh.c_str());
        return outcome;
    }
    syncFolder(folder);
    return outcome;
}

std::string whyNotReplaceable(const std::string &path)
{
    const std::string folder = resolved(path).parent_path().string();
    const bool known = ::access(folder.c_str(), F_OK) == 0;
    if (known && ::faccessat(AT_FDCWD, folder.c_str(), W_OK, AT_EACCESS) != 0) {
        return "The gateway may not write into " + folder + ".";
    }
    return {};
}

} // namespace signalbox::runtime
