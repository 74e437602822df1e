// SPDX-License-Identifier: Apache-2.0
// What a configuration file says in vain, by itself and by the ledger's requests.
#pragma once

#include "core/base/result.h"
#include "core/routing/lint.h"
#include "core/runtime/config_file.h"
#include "core/runtime/ledger/ledger_reader.h"

#include <string>
#include <vector>

namespace signalbox::runtime {

/// Warnings, a line each: `FILE: route "chat", rule "night" can never match: ...`. A faulty file has
/// problems instead, see checkConfigurationFile().
Result<std::vector<std::string>, Problems> lintConfigurationFile(const std::string &path);

/// Those of the newest requests of a ledger, at most a hundred thousand; an error is a
/// sentence or a problem of the file.
Result<std::vector<std::string>, Problems> lintTraffic(const std::string &path,
                                                       const LedgerPlace &ledger);

struct TrafficFindings
{
    std::vector<routing::LintFinding> findings;
    std::size_t requests = 0; ///< that were looked at
};

/// The same as values, of a reader's requests.
Result<TrafficFindings, LedgerError> lintTraffic(const Configuration &configuration,
                                                 LedgerReader &reader);

} // namespace signalbox::runtime
