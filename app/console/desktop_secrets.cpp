// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/desktop_secrets.h"

#include <algorithm>
#include <utility>

namespace signalbox::app {

namespace {

using Store = SecretRef::Store;

std::string notHere(const SecretRef &ref)
{
    switch (ref.store) {
    case Store::Keychain:
        return "the keychain has not answered yet";
    case Store::Session:
        return "it was not typed in since the console started (Settings, Keys)";
    case Store::Vault:
    case Store::Env:
    case Store::File:
        break;
    }
    return "it cannot be read by this program; use keychain:, vault:, env: or file:";
}

} // namespace

Result<Secret, runtime::SecretProblem> DesktopSecrets::read(const SecretRef &ref)
{
    bool isNew = false;
    std::string problem;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_entries.find(ref);
        if (found != m_entries.end() && found->second.secret) {
            return *found->second.secret;
        }
        if (ref.store == Store::Vault) {
            problem = m_vaultProblem;
        } else if (found != m_entries.end()) {
            problem = found->second.problem;
        } else if (ref.store == Store::Keychain) {
            isNew = true;
            m_entries.emplace(ref, Entry{{}, notHere(ref)});
            m_wanted.push_back(ref);
        }
    }
    if (isNew) {
        Q_EMIT wanted();
    }
    if (problem.empty()) {
        problem = notHere(ref);
    }
    return Failure{runtime::SecretProblem{ref.toString() + ": " + problem}};
}

std::vector<SecretRef> DesktopSecrets::takeWanted()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_wanted, {});
}

void DesktopSecrets::put(const SecretRef &ref, Secret secret)
{
    const std::lock_guard lock(m_mutex);
    m_entries[ref] = {std::move(secret), {}};
}

void DesktopSecrets::setProblem(const SecretRef &ref, std::string problem)
{
    const std::lock_guard lock(m_mutex);
    Entry &entry = m_entries[ref];
    if (!entry.secret) { // what was read once serves on while the keychain is locked
        entry.problem = std::move(problem);
    }
}

void DesktopSecrets::setVault(std::map<std::string, Secret> entries, std::string problem)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_entries, [](const auto &entry) { return entry.first.store == Store::Vault; });
    for (auto &[name, secret] : entries) {
        m_entries[{Store::Vault, name}] = {std::move(secret), {}};
    }
    m_vaultProblem = std::move(problem);
}

void DesktopSecrets::forget(const SecretRef &ref)
{
    const std::lock_guard lock(m_mutex);
    m_entries.erase(ref);
}

void DesktopSecrets::forgetProblems()
{
    bool any = false;
    {
        const std::lock_guard lock(m_mutex);
        for (auto &[ref, entry] : m_entries) {
            const bool asked = std::ranges::find(m_wanted, ref) != m_wanted.end();
            if (!entry.secret && ref.store == Store::Keychain && !asked) {
                m_wanted.push_back(ref);
                any = true;
            }
        }
    }
    if (any) {
        Q_EMIT wanted();
    }
}

} // namespace signalbox::app
