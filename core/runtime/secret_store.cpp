// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/secret_store.h"

#include "core/base/bounds.h"
#include "core/runtime/private_file.h"

#include <cstdlib>
#include <string_view>
#include <utility>

namespace signalbox::runtime {
namespace {

using SecretResult = Result<Secret, SecretProblem>;

Failure<SecretProblem> problem(std::string message)
{
    return Failure{SecretProblem{std::move(message)}};
}

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

SecretResult fromFile(const std::string &path)
{
    const auto file = readPrivateFile(path, bounds::kSecretBytesMax);
    if (!file) {
        return problem(file.error().message);
    }
    std::string_view text = file->expose();
    if (text.ends_with('\n')) {
        text.remove_suffix(1);
    }
    if (text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    if (text.empty()) {
        return problem(path + " is empty");
    }
    return Secret(std::string(text));
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
