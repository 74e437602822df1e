// SPDX-License-Identifier: Apache-2.0
// The door of the room: TOML text in, a checked Configuration or all its faults out.
#pragma once

#include "core/base/result.h"
#include "core/config/fault.h"
#include "core/domain/settings.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::config {

/// A secret that the configuration names, and where it does.
struct SecretUse
{
    SecretRef ref;
    std::string use; ///< `provider qwen key 1`, `client support-bot`, `server.admin_token`
    int line = 1;
    int column = 1;

    friend bool operator==(const SecretUse &, const SecretUse &) = default;
};

/// A file of certificates or of a key that the configuration names, and where it does.
struct FileUse
{
    std::string path;
    std::string use; ///< `server.tls_certificate`, `server.tls_key`, `provider qwen ca_file`
    int line = 1;
    int column = 1;

    friend bool operator==(const FileUse &, const FileUse &) = default;
};

/// What only the outside world can answer.
struct ReadOptions
{
    /// Whether the time zone database has the zone; without it any well-formed name passes.
    std::function<bool(std::string_view)> zoneExists;
    /// Whether the client's library of PostgreSQL understands a URL; without it any passes.
    std::function<bool(std::string_view)> isServerUrl = {};
};

struct Loaded
{
    Configuration configuration;
    std::vector<SecretUse> secrets; ///< every use, in the file's order
    std::vector<FileUse> files; ///< likewise
};

/// Reads and checks the whole text. A syntax error comes alone, the first one; otherwise all
/// semantic faults come at once, sorted by position. \p revision is stored as given: the first 12
/// hex digits of the text's SHA-256.
Result<Loaded, std::vector<Fault>> read(std::string_view text,
                                        std::string_view revision,
                                        const ReadOptions &options = {});

} // namespace signalbox::config
