// SPDX-License-Identifier: Apache-2.0
// Reading the secrets that a configuration names, from wherever they are kept.
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/domain/settings.h"

#include <string>

namespace signalbox::runtime {

/// Why a secret could not be read: a sentence for people that never contains the secret.
struct SecretProblem
{
    std::string message;
};

/// Somewhere secrets are kept. Implementations outside this room (the desktop's keychain) are
/// handed in by the program.
class SecretStore
{
public:
    virtual ~SecretStore() = default;
    /// May block for as long as the store needs; called at start and reload, never per request.
    virtual Result<Secret, SecretProblem> read(const SecretRef &ref) = 0;
};

/// Environment and files of ours; every other scheme goes to \a desktop, or is refused with a
/// reason when there is none. A file must be a regular one, owned by us or root, at most 64 KiB,
/// with no access for group and others; one trailing newline is not part of the secret.
class SystemSecretStore : public SecretStore
{
public:
    explicit SystemSecretStore(SecretStore *desktop = nullptr);
    Result<Secret, SecretProblem> read(const SecretRef &ref) override;

private:
    SecretStore *m_desktop;
};

} // namespace signalbox::runtime
