// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets of the keychain and of this session, as the gateway's thread may have them: at once.
#pragma once

#include "core/runtime/secret_store.h"

#include <QObject>

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::app {

/// A memory between two threads. read() never waits for a keychain: what has not arrived yet is a
/// problem for now, and `wanted` asks the UI thread to fetch it.
class DesktopSecrets
    : public QObject
    , public runtime::SecretStore
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Any thread.
    Result<Secret, runtime::SecretProblem> read(const SecretRef &ref) override;

    /// Keychain entries that were asked for and are not here, each told once.
    [[nodiscard]] std::vector<SecretRef> takeWanted();
    void put(const SecretRef &ref, Secret secret);
    /// Why it is not here, without the reference's name.
    void setProblem(const SecretRef &ref, std::string problem);
    /// What is read of the vault from now on, or why nothing can be.
    void setVault(std::map<std::string, Secret> entries, std::string problem);
    /// As if it had never been asked for.
    void forget(const SecretRef &ref);
    /// Every entry of the keychain that is not here will be asked for again.
    void forgetProblems();

Q_SIGNALS:
    /// Comes from any thread: connect queued.
    void wanted();

private:
    struct Entry
    {
        std::optional<Secret> secret;
        std::string problem;
    };

    std::mutex m_mutex;
    std::map<SecretRef, Entry> m_entries;
    std::vector<SecretRef> m_wanted;
    std::string m_vaultProblem = "the encrypted file is locked (Settings, Keys)";
};

} // namespace signalbox::app
