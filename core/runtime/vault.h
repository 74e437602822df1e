// SPDX-License-Identifier: Apache-2.0
// `vault:`: keys in a file of ours that a passphrase opens.
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::runtime {

enum class VaultFault : std::uint8_t {
    Absent, ///< there is no such file
    Exists, ///< create() does not overwrite
    Unreadable, ///< it cannot be read, or others could
    Damaged, ///< not what was written, whatever the passphrase; or a later version's
    WrongPassphrase, ///< it is whole, and this does not open it
    Unwritable,
    Full, ///< more than kVaultEntriesMax, or an entry longer than kSecretBytesMax
};

struct VaultError
{
    VaultFault fault = VaultFault::Absent;
    std::string message; ///< a sentence that never contains a secret
};

inline constexpr std::size_t kVaultEntriesMax = 1000;
inline constexpr std::size_t kVaultBytesMax = 4UL * 1024 * 1024;
inline constexpr std::size_t kPassphraseBytesMin = 8;

/// An open vault: its entries, and the key that was made of the passphrase, which itself is not
/// kept. What is on the disk is
///
///     "SIGNALBOX-VAULT\n", version 1, scrypt's log2 N, r, p, 16 bytes of salt, 12 of nonce,
///     the entries by AES-256-GCM with all that stands before as associated data, its 16-byte tag,
///     the SHA-256 of all that stands before
///
/// Numbers are 32 bits, least significant byte first; the entries are lengths and bytes of names
/// and secrets in turn. The SHA-256 is what tells damage from a wrong passphrase (scrypt: RFC 7914;
/// GCM: NIST SP 800-38D, a nonce of its own for each write). Not thread-safe.
class Vault
{
public:
    /// Takes about a fifth of a second and 64 MiB, on purpose.
    [[nodiscard]] static Result<Vault, VaultError> open(const std::string &path,
                                                        const Secret &passphrase);
    /// A new one without entries, 0600.
    [[nodiscard]] static Result<Vault, VaultError> create(const std::string &path,
                                                          const Secret &passphrase);

    [[nodiscard]] std::optional<Secret> read(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> names() const;
    /// Reads the file again, where another program may have written; changes nothing where that
    /// fails.
    [[nodiscard]] Status<VaultError> refresh();
    /// Each reads the file again and writes the whole anew; where that fails the file is as it was.
    [[nodiscard]] Status<VaultError> put(const std::string &name, const Secret &secret);
    [[nodiscard]] Status<VaultError> remove(const std::string &name);

private:
    using Entries = std::map<std::string, Secret, std::less<>>;

    Vault(std::string path, std::string salt, Secret key)
        : m_path(std::move(path))
        , m_salt(std::move(salt))
        , m_key(std::move(key))
    {}
    [[nodiscard]] static Result<Entries, VaultError> entriesOf(const Secret &plain,
                                                               const std::string &path);
    [[nodiscard]] Status<VaultError> write(Entries entries);

    std::string m_path;
    std::string m_salt;
    Secret m_key;
    Entries m_entries;
};

} // namespace signalbox::runtime
