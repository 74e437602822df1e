// SPDX-License-Identifier: Apache-2.0
// A period's requests, out of the ledger.
#pragma once

#include "core/replay/traffic.h"
#include "core/runtime/ledger/ledger_reader.h"

#include <functional>
#include <memory>

namespace signalbox::runtime {

struct TrafficPeriod
{
    SystemTime since{};
    SystemTime until{};

    friend bool operator==(const TrafficPeriod &, const TrafficPeriod &) = default;
};

/// Those that arrived in \p period; the newest Traffic::kRequestsMax of them. Null when \p goOn, which
/// is asked after each page, says no.
[[nodiscard]] Result<std::shared_ptr<const replay::Traffic>, LedgerError> readTraffic(
    LedgerReader &reader,
    const Configuration &inForce,
    const TrafficPeriod &period,
    const std::function<bool()> &goOn);

} // namespace signalbox::runtime
