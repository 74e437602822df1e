// SPDX-License-Identifier: Apache-2.0
// Makes a flight recording of a gateway.
#pragma once

#include "core/base/secret.h"
#include "core/gateway/ports.h"
#include "core/runtime/config_keeper.h"
#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/recording/recording.h"
#include "core/telemetry/snapshot.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace signalbox::runtime {

using Secrets = std::vector<Secret>;

/// What is known of a gateway apart from its ledger.
struct RecordingSubject
{
    std::shared_ptr<const telemetry::Snapshot> snapshot; ///< never null
    std::shared_ptr<const ConfigState> config; ///< null: it is not told
    /// The text of a revision, by its number; may wait for the disk. Empty: there are none.
    std::function<Result<std::string, std::string>(std::int64_t)> textOf;
    std::shared_ptr<const Secrets> secrets; ///< all that are in use: none of them is in the file
    std::string version; ///< the program's
};

/// A recording that was made.
struct Recorded
{
    std::string bytes; ///< of the file
    RecordingCounts counts;
};

/// Everything around \p period: the present state with the series it remembers, the configuration in
/// force and those of the period, the audit, and the requests with decisions and attempts; newest
/// requests first, as many as \p limits allow. A ledger that cannot be read is said in the counts,
/// and the rest is recorded. Reads for seconds: for a thread of its own.
[[nodiscard]] Recorded record(Result<LedgerReader, LedgerError> &ledger,
                              const RecordingSubject &subject,
                              const RecordingPeriod &period,
                              SystemTime now,
                              const RecordingLimits &limits = {});

/// All that \p credentials and \p operators hold.
[[nodiscard]] std::shared_ptr<const Secrets> secretsOf(const gateway::Credentials &credentials,
                                                       const std::vector<OperatorKey> &operators);

} // namespace signalbox::runtime
