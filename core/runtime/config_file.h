// SPDX-License-Identifier: Apache-2.0
// From a configuration file to values with their secrets.
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/config/read.h"
#include "core/domain/settings.h"
#include "core/gateway/ports.h"
#include "core/runtime/net/server_tls.h"
#include "core/runtime/secret_store.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

/// Somebody who may use the admin API.
struct OperatorKey
{
    std::string id;
    OperatorRole role = OperatorRole::Operator;
    Secret token;
};

/// A configuration ready to run.
struct ReadyConfiguration
{
    std::shared_ptr<const Configuration> configuration;
    std::string text; ///< the file's own
    gateway::Credentials credentials;
    std::vector<OperatorKey> operators;
    ServerTls tls; ///< null: none is configured
    Secret ledgerPassword; ///< of a ledger on a server; empty: libpq finds one, or needs none
    /// What the file of kept answers is encrypted with; nothing: it is not, empty: it cannot be read.
    std::optional<Secret> cacheKey = {};
    std::vector<std::string> secretProblems; ///< `FILE:LINE:COL: message`, never a secret
};

using Faults = std::vector<config::Fault>;

/// Reads and checks a text and reads its secrets and certificates, as below; \p name stands for the
/// file in what is said of secrets.
Result<ReadyConfiguration, Faults> makeReady(const std::string &text,
                                             const std::string &name,
                                             SecretStore &secrets);

/// The settings that a text says, with its revision: no secret and no certificate is read.
Result<Configuration, Faults> settingsOf(const std::string &text);

/// All of a file of at most 4 MB; else why not, in a sentence's end after its name.
Result<std::string, std::string> readConfigText(const std::string &path);

/// What is wrong with a file, a line each: `FILE:LINE:COL: message`.
using Problems = std::vector<std::string>;

/// Reads and checks \p path and reads its secrets and certificates. Secrets that cannot be read do
/// not fail it: they are listed, and their keys are empty. Certificates that cannot be used do.
Result<ReadyConfiguration, Problems> readConfigurationFile(const std::string &path,
                                                           SecretStore &secrets);

/// The same for a text that is in no file; \p name stands for the file in messages.
Result<ReadyConfiguration, Problems> readConfigurationText(const std::string &text,
                                                           const std::string &name,
                                                           SecretStore &secrets);

/// The settings alone: no secret and no certificate is read.
Result<Configuration, Problems> readSettings(const std::string &path);

/// Every problem of the file as `--check` prints them, secrets included unless told otherwise.
Problems checkConfigurationFile(const std::string &path, SecretStore *secrets);

/// The first 12 hex digits of the SHA-256 of \p text.
std::string revisionOf(const std::string &text);

/// The hour, 0..23, of \p time in the IANA zone; UTC's for an unknown one.
int hourInZone(SystemTime time, const std::string &zone);
/// When the day that holds \p time ends in \p zone, UTC where that is no zone. A day lasts 23 to 25
/// hours.
SystemTime dayEndInZone(SystemTime time, const std::string &zone);

} // namespace signalbox::runtime
