// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/private_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace signalbox::runtime {

namespace {

Failure<PrivateFileProblem> problem(std::string message, bool absent = false)
{
    return Failure{PrivateFileProblem{absent, std::move(message)}};
}

class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {}
    ~Descriptor()
    {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

/// Nothing wrong, or why this file must not be trusted with a secret.
std::string whyRefused(const struct stat &status, const std::string &path, std::size_t bytesMax)
{
    if (!S_ISREG(status.st_mode)) {
        return path + " is not a regular file";
    }
    if (status.st_uid != ::geteuid() && status.st_uid != 0) {
        return path + " belongs to somebody else; it must be owned by us or root";
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return path + " can be accessed by others; chmod 600 it";
    }
    if (status.st_size > static_cast<off_t>(bytesMax)) {
        return path + " is larger than " + std::to_string(bytesMax / 1024) + " KiB";
    }
    return {};
}

} // namespace

Result<Secret, PrivateFileProblem> readPrivateFile(const std::string &path, std::size_t bytesMax)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0) {
        const int error = errno;
        return problem("cannot open " + path + ": "
                           + std::strerror(error), // NOLINT(concurrency-mt-unsafe)
                       error == ENOENT);
    }
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0) {
        return problem("cannot examine " + path);
    }
    if (std::string why = whyRefused(status, path, bytesMax); !why.empty()) {
        return problem(std::move(why));
    }
    // Its whole room at once: text that grows leaves pieces of itself behind.
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t got = ::read(file.get(), text.data() + size, text.size() - size);
        if (got < 0) {
            return problem("cannot read " + path);
        }
        if (got == 0) {
            break;
        }
        size += static_cast<std::size_t>(got);
    }
    text.resize(size);
    return Secret(std::move(text));
}

} // namespace signalbox::runtime
