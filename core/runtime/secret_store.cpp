// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/secret_store.h"

#include "core/base/bounds.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace signalbox::runtime {
namespace {

using SecretResult = Result<Secret, SecretProblem>;

Failure<SecretProblem> problem(std::string message)
{
    return Failure{SecretProblem{std::move(message)}};
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

SecretResult fromEnvironment(const std::string &name)
{
    const char *value = std::getenv(name.c_str()); // NOLINT(concurrency-mt-unsafe): nobody sets it
    if (value == nullptr) {
        return problem("the environment variable " + name + " is not set");
    }
    if (*value == '\0') {
        return problem("the environment variable " + name + " is empty");
    }
    return Secret(value);
}

/// Nothing wrong, or why this file must not be trusted with a secret.
std::string whyRefused(const struct stat &status, const std::string &path)
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
    if (status.st_size > static_cast<off_t>(bounds::kSecretBytesMax)) {
        return path + " is larger than 64 KiB";
    }
    return {};
}

SecretResult fromFile(const std::string &path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0) {
        return problem("cannot open " + path + ": "
                       + std::strerror(errno)); // NOLINT(concurrency-mt-unsafe)
    }
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0) {
        return problem("cannot examine " + path);
    }
    if (std::string why = whyRefused(status, path); !why.empty()) {
        return problem(std::move(why));
    }
    std::string text;
    std::array<char, 4096> buffer{};
    while (text.size() <= bounds::kSecretBytesMax) {
        const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
        if (got < 0) {
            return problem("cannot read " + path);
        }
        if (got == 0) {
            break;
        }
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    if (text.ends_with('\n')) {
        text.pop_back();
    }
    if (text.ends_with('\r')) {
        text.pop_back();
    }
    if (text.empty()) {
        return problem(path + " is empty");
    }
    return Secret(std::move(text));
}

} // namespace

SystemSecretStore::SystemSecretStore(SecretStore *desktop)
    : m_desktop(desktop)
{}

Result<Secret, SecretProblem> SystemSecretStore::read(const SecretRef &ref)
{
    switch (ref.store) {
    case SecretRef::Store::Env:
        return fromEnvironment(ref.name);
    case SecretRef::Store::File:
        return fromFile(ref.name);
    case SecretRef::Store::Keychain:
    case SecretRef::Store::Vault:
    case SecretRef::Store::Session:
        if (m_desktop != nullptr) {
            return m_desktop->read(ref);
        }
        return problem(ref.toString() + " cannot be read by this program; use env: or file:");
    }
    return problem("unknown kind of secret");
}

} // namespace signalbox::runtime
