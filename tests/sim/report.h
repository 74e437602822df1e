// SPDX-License-Identifier: Apache-2.0
// What a simulated run came to.
#pragma once

#include "tests/sim/answer.h"
#include "tests/sim/cache_watch.h"

#include "core/domain/outcome.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace signalbox::sim {

struct Report
{
    std::uint64_t seed = 0;
    std::optional<std::string> fault; ///< the first broken promise, with what led to it

    // What was reached, so that a run can be seen to have been about something.
    std::int64_t requests = 0;
    std::int64_t streams = 0; ///< of them, those whose first bytes reached the client
    std::int64_t unfinishedStreams = 0; ///< of them, those that ended in an error event
    std::int64_t attempts = 0;
    std::int64_t probes = 0;
    std::int64_t unheard = 0; ///< attempts whose verdict came too late for the breaker
    std::int64_t lateEvents = 0; ///< delivered after an attempt's end
    std::int64_t breakerChanges = 0;
    std::int64_t reloads = 0;
    std::int64_t operatorActs = 0;
    std::int64_t shutDowns = 0;
    std::int64_t quietMoments = 0;
    std::int64_t rollCalls = 0; ///< providers whose every place was seen to be free
    std::array<std::int64_t, kFormCount> forms{}; ///< requests in each
    std::int64_t hedges = 0; ///< calls begun beside another
    std::int64_t comments = 0; ///< streams that began with one
    std::int64_t budgetRefusals = 0;
    CacheCounts cache;
    std::int64_t evictions = 0; ///< by operators
    std::int64_t pins = 0;
    std::int64_t continued = 0; ///< streams of more than one target's words
    std::int64_t continuedWhole = 0; ///< of them, those that came to their end
    std::int64_t shadows = 0;
    std::int64_t gradedShadows = 0; ///< of them, those that were answered
    std::int64_t healthChecks = 0;
    std::int64_t goodChecks = 0; ///< of them, those that a breaker took for a success
    std::int64_t failedChecks = 0; ///< and for a failure
    std::int64_t warm = 0; ///< requests whose beginning was taken to be in a prompt cache
    std::int64_t ejections = 0; ///< looks at a target that stood aside
    std::map<int, std::int64_t> statuses; ///< as the clients saw them; 0: left before one came
    std::array<std::int64_t, kOutcomeClassCount> outcomes{}; ///< of attempts
    std::int64_t costNanos = 0;
    std::int64_t virtualSeconds = 0;
    std::int64_t memoryGrowthKilobytes = 0; ///< from a fifth of the run to its end
    std::uint64_t digest = 0; ///< of all that left the gateway: equal for equal runs
};

/// One line for people.
std::string summary(const Report &report);
/// What \p report should have reached and did not; empty when all is there.
std::string unreached(const Report &report);

} // namespace signalbox::sim
