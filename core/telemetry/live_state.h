// SPDX-License-Identifier: Apache-2.0
// What the gateway knows of the present beside what telemetry counts; it fills this when asked.
#pragma once

#include "core/domain/cache_view.h"
#include "core/telemetry/snapshot.h"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace signalbox::telemetry {

struct LiveTarget
{
    BreakerView breaker;
    int inFlight = 0;
    std::vector<EjectionView> ejections = {};
};

struct LiveProvider
{
    std::vector<KeyView> keys;
    bool disabled = false; ///< a secret could not be read
    std::optional<BudgetView> budget; ///< nothing: unbounded
};

struct LiveCache
{
    CacheTotals totals;
    std::size_t entries = 0;
    std::size_t entriesMax = 0;
    std::size_t bytes = 0;
    std::size_t bytesMax = 0;
};

/// A target or provider that is missing here is shown closed, idle and without keys; one that is
/// not configured is not shown.
struct LiveState
{
    std::string version; ///< of the program
    std::string buildRevision; ///< of the sources it was built from
    std::string listen; ///< http://HOST:PORT
    std::string configRevision;
    int requestsInFlight = 0;
    std::map<TargetId, LiveTarget> targets;
    std::map<std::string, LiveProvider, std::less<>> providers;
    LedgerHealth ledger;
    std::vector<BudgetView> budgets;
    LiveCache cache;
};

} // namespace signalbox::telemetry
