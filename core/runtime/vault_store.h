// SPDX-License-Identifier: Apache-2.0
// `vault:` for a program without a desktop: opened by a passphrase that is in a file.
#pragma once

#include "core/runtime/secret_store.h"
#include "core/runtime/vault.h"

#include <optional>
#include <string>

namespace signalbox::runtime {

struct VaultPlaces
{
    std::string vault; ///< the file; `signalbox.vault` beside the configuration
    std::string passphraseFile; ///< empty: there is none
};

/// The vault beside \p configPath, or beside the default configuration where that is empty. The
/// passphrase is in the file that SIGNALBOX_VAULT_PASSPHRASE_FILE names, else in systemd's
/// credential `vault-passphrase`, if there is one.
[[nodiscard]] VaultPlaces vaultPlaces(const std::string &configPath);

/// Reads `vault:` and refuses all else. The vault is opened when it is asked for first, and again
/// after either file has changed; not thread-safe.
class VaultStore : public SecretStore
{
public:
    explicit VaultStore(VaultPlaces places)
        : m_places(std::move(places))
    {}
    Result<Secret, SecretProblem> read(const SecretRef &ref) override;

private:
    /// Empty where it is open, else why not.
    std::string ensureOpen();

    VaultPlaces m_places;
    std::string m_stamp; ///< tells both files as they were when it was tried last
    std::string m_problem;
    std::optional<Vault> m_vault;
};

} // namespace signalbox::runtime
