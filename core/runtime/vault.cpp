// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/vault.h"

#include "core/base/bounds.h"
#include "core/runtime/aes_gcm.h"
#include "core/runtime/private_file.h"
#include "core/runtime/vault_cipher.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <utility>

namespace signalbox::runtime {

namespace {

Failure<VaultError> fault(VaultFault fault, std::string message)
{
    return Failure{VaultError{fault, std::move(message)}};
}

void appendText(std::string &out, std::string_view text)
{
    appendNumber(out, static_cast<std::uint32_t>(text.size()));
    out.append(text);
}

/// Takes a length and that many bytes off the front.
std::optional<std::string_view> takeText(std::string_view &bytes)
{
    const auto size = takeNumber(bytes);
    if (!size || *size > bytes.size()) {
        return std::nullopt;
    }
    const std::string_view text = bytes.substr(0, *size);
    bytes.remove_prefix(*size);
    return text;
}

} // namespace

Result<Vault, VaultError> Vault::open(const std::string &path, const Secret &passphrase)
{
    const auto file = readPrivateFile(path, kVaultBytesMax);
    if (!file) {
        return fault(file.error().absent ? VaultFault::Absent : VaultFault::Unreadable,
                     file.error().message);
    }
    const auto sealed = parseSealed(file->expose());
    if (!sealed) {
        return fault(VaultFault::Damaged,
                     path + " is damaged: it is not what was written there; restore a copy of it");
    }
    auto key = keyFrom(passphrase, *sealed);
    if (!key) {
        return fault(VaultFault::Unreadable, "there is no memory to open " + path + " with");
    }
    const auto plain = unseal(*sealed, *key);
    if (!plain) {
        return fault(VaultFault::WrongPassphrase, "the passphrase does not open " + path);
    }
    auto entries = entriesOf(*plain, path);
    if (!entries) {
        return Failure{entries.error()};
    }
    Vault vault(path, std::string(sealed->salt), std::move(*key));
    vault.m_entries = std::move(*entries);
    return vault;
}

Result<Vault::Entries, VaultError> Vault::entriesOf(const Secret &plain, const std::string &path)
{
    Entries entries;
    std::string_view rest = plain.expose();
    while (!rest.empty()) {
        const auto name = takeText(rest);
        const auto secret = name ? takeText(rest) : std::nullopt;
        if (!secret) {
            return fault(VaultFault::Damaged, path + " is damaged inside; restore a copy of it");
        }
        entries.insert_or_assign(std::string(*name), Secret(std::string(*secret)));
    }
    return entries;
}

Status<VaultError> Vault::refresh()
{
    const auto file = readPrivateFile(m_path, kVaultBytesMax);
    if (!file) {
        return fault(file.error().absent ? VaultFault::Absent : VaultFault::Unreadable,
                     file.error().message);
    }
    const auto sealed = parseSealed(file->expose());
    if (!sealed) {
        return fault(VaultFault::Damaged,
                     m_path
                         + " is damaged: it is not what was written there; restore a copy of it");
    }
    const auto plain = sealed->salt == m_salt ? unseal(*sealed, m_key) : std::nullopt;
    if (!plain) {
        return fault(VaultFault::WrongPassphrase,
                     m_path + " was made anew with another passphrase; open it again");
    }
    auto entries = entriesOf(*plain, m_path);
    if (!entries) {
        return Failure{entries.error()};
    }
    m_entries = std::move(*entries);
    return Nothing();
}

Result<Vault, VaultError> Vault::create(const std::string &path, const Secret &passphrase)
{
    if (passphrase.expose().size() < kPassphraseBytesMin) {
        return fault(VaultFault::WrongPassphrase,
                     "a passphrase needs at least " + std::to_string(kPassphraseBytesMin)
                         + " characters");
    }
    const QFileInfo file(QString::fromStdString(path));
    if (file.exists() || file.isSymLink()) {
        return fault(VaultFault::Exists, path + " is there already");
    }
    if (!QDir().mkpath(file.absolutePath())) {
        return fault(VaultFault::Unwritable, "the folder of " + path + " cannot be made");
    }
    std::string salt = randomBytes(kSaltBytes);
    Sealed parameters;
    parameters.salt = salt;
    auto key = keyFrom(passphrase, parameters);
    if (!key) {
        return fault(VaultFault::Unwritable, "no key can be made of the passphrase: no memory");
    }
    Vault vault(path, std::move(salt), std::move(*key));
    if (auto written = vault.write({}); !written) {
        return Failure{written.error()};
    }
    return vault;
}

std::optional<Secret> Vault::read(std::string_view name) const
{
    const auto found = m_entries.find(name);
    return found == m_entries.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Vault::names() const
{
    std::vector<std::string> names;
    names.reserve(m_entries.size());
    for (const auto &[name, secret] : m_entries) {
        names.push_back(name);
    }
    return names;
}

Status<VaultError> Vault::put(const std::string &name, const Secret &secret)
{
    if (auto fresh = refresh(); !fresh) {
        return fresh;
    }
    Entries entries = m_entries;
    entries.insert_or_assign(name, secret);
    return write(std::move(entries));
}

Status<VaultError> Vault::remove(const std::string &name)
{
    if (auto fresh = refresh(); !fresh) {
        return fresh;
    }
    Entries entries = m_entries;
    entries.erase(name);
    return write(std::move(entries));
}

Status<VaultError> Vault::write(Entries entries)
{
    std::size_t room = 0;
    for (const auto &[name, secret] : entries) {
        room += name.size() + secret.expose().size() + 2 * kNumberBytes;
        if (name.size() + secret.expose().size() > bounds::kSecretBytesMax) {
            return fault(VaultFault::Full, "the key is longer than 64 KiB");
        }
    }
    if (entries.size() > kVaultEntriesMax || room > kVaultBytesMax / 2) {
        return fault(VaultFault::Full, m_path + " is full");
    }
    std::string plain;
    plain.reserve(room); // text that grows leaves pieces of itself behind
    for (const auto &[name, secret] : entries) {
        appendText(plain, name);
        appendText(plain, secret.expose());
    }
    const std::string bytes = seal(Secret(std::move(plain)), m_key, m_salt);
    QSaveFile file(QString::fromStdString(m_path));
    const auto size = static_cast<qint64>(bytes.size());
    // commit() of Qt 6.4 does not hear of what fails while the buffer is written out.
    const bool done = file.open(QIODevice::WriteOnly)
                      && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
                      && file.write(bytes.data(), size) == size && file.flush() && file.commit();
    if (!done) {
        return fault(VaultFault::Unwritable,
                     m_path + " cannot be written: " + file.errorString().toStdString());
    }
    m_entries = std::move(entries);
    return Nothing();
}

} // namespace signalbox::runtime
