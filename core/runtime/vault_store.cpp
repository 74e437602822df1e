// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/vault_store.h"

#include "core/base/bounds.h"
#include "core/runtime/private_file.h"
#include "core/runtime/service.h"

#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <sys/stat.h>
#include <utility>

namespace signalbox::runtime {

namespace {

constexpr const char *kPassphraseVariable = "SIGNALBOX_VAULT_PASSPHRASE_FILE";

std::string environment(const char *name)
{
    const char *value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody sets it
    return value == nullptr ? std::string() : std::string(value);
}

/// Another text whenever the file is another one.
std::string stampOf(const std::string &path)
{
    struct stat status = {};
    if (path.empty() || ::stat(path.c_str(), &status) != 0) {
        return "none";
    }
    return std::to_string(status.st_ino) + ' ' + std::to_string(status.st_size) + ' '
           + std::to_string(status.st_mtim.tv_sec) + ' ' + std::to_string(status.st_mtim.tv_nsec)
           + ' ' + std::to_string(status.st_mode);
}

Secret withoutLineEnd(const Secret &secret)
{
    std::string_view text = secret.expose();
    while (text.ends_with('\n') || text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    return Secret(std::string(text));
}

} // namespace

VaultPlaces vaultPlaces(const std::string &configPath)
{
    const std::filesystem::path config(configPath.empty() ? defaultConfigPath() : configPath);
    VaultPlaces places{(config.parent_path() / "signalbox.vault").string(),
                       environment(kPassphraseVariable)};
    const std::string credentials = environment("CREDENTIALS_DIRECTORY");
    if (places.passphraseFile.empty() && !credentials.empty()) {
        const std::string file = credentials + "/vault-passphrase";
        std::error_code ignored;
        places.passphraseFile = std::filesystem::exists(file, ignored) ? file : std::string();
    }
    return places;
}

Result<Secret, SecretProblem> VaultStore::read(const SecretRef &ref)
{
    if (ref.store != SecretRef::Store::Vault) {
        return Failure{SecretProblem{
            ref.toString() + " cannot be read by this program; use env:, file: or vault:"}};
    }
    if (const std::string why = ensureOpen(); !why.empty()) {
        return Failure{SecretProblem{ref.toString() + ": " + why}};
    }
    auto secret = m_vault->read(ref.name);
    if (!secret) {
        return Failure{
            SecretProblem{ref.toString() + ": " + m_places.vault + " has no such entry"}};
    }
    return std::move(*secret);
}

std::string VaultStore::ensureOpen()
{
    const std::string stamp = stampOf(m_places.vault) + '/' + stampOf(m_places.passphraseFile);
    if (stamp == m_stamp) {
        return m_problem;
    }
    m_stamp = stamp;
    m_vault.reset();
    if (m_places.passphraseFile.empty()) {
        return m_problem = std::string("nothing opens the vault: ") + kPassphraseVariable
                           + " names no file with its passphrase";
    }
    const auto file = readPrivateFile(m_places.passphraseFile, bounds::kSecretBytesMax);
    if (!file) {
        return m_problem = "the vault's passphrase: " + file.error().message;
    }
    auto opened = Vault::open(m_places.vault, withoutLineEnd(*file));
    if (!opened) {
        return m_problem = opened.error().message;
    }
    m_vault = std::move(*opened);
    m_problem.clear();
    return {};
}

} // namespace signalbox::runtime
