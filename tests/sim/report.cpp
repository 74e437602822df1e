// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/report.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::sim {

namespace {

struct Mark
{
    std::string_view what;
    std::int64_t count = 0;
    std::int64_t least =
        1; ///< in 16,000 requests: half of what the poorest of twenty seeds has, at least 1
};

/// What must come about again and again, or the run is not about it.
std::vector<Mark> marksOf(const Report &report)
{
    const CacheCounts &cache = report.cache;
    return {
        {"cache hits", cache.exact, 400},
        {"hits by meaning", cache.semantic, 60},
        {"stale for an error", cache.staleForError},
        {"stale for a slow target", cache.staleForSlow, 3},
        {"shared answers", cache.shared, 50},
        {"answers given in another form", cache.otherForm, 250},
        {"answers given after a restart", cache.survivors},
        {"calls that went on for others", cache.wentOn, 4},
        {"calls that all others left, too", cache.abandoned},
        {"failed leaders", cache.failedLeaders, 4},
        {"bypasses", cache.bypasses, 250},
        {"evictions", report.evictions, 6},
        {"pins", report.pins, 2},
        {"continued streams", report.continued, 2},
        {"whole continued streams", report.continuedWhole, 2},
        {"shadows", report.shadows},
        {"graded shadows", report.gradedShadows},
        {"health checks", report.healthChecks, 5},
        {"good health checks", report.goodChecks, 3},
        {"failed health checks", report.failedChecks},
        {"warm prompts", report.warm, 120},
        {"ejections seen", report.ejections, 5},
        {"hedges", report.hedges, 40},
        {"restarts", report.shutDowns},
    };
}

} // namespace

std::string summary(const Report &report)
{
    std::string text =
        "seed " + std::to_string(report.seed) + ": " + std::to_string(report.requests)
        + " requests, " + std::to_string(report.attempts) + " attempts, "
        + std::to_string(report.streams) + " streams (" + std::to_string(report.unfinishedStreams)
        + " broken), " + std::to_string(report.breakerChanges) + " breaker changes, "
        + std::to_string(report.probes) + " probes, " + std::to_string(report.unheard)
        + " unheard, " + std::to_string(report.lateEvents) + " late events, "
        + std::to_string(report.reloads) + " reloads, " + std::to_string(report.operatorActs)
        + " acts, " + std::to_string(report.rollCalls) + " roll calls, "
        + std::to_string(report.budgetRefusals) + " budget refusals, "
        + std::to_string(report.virtualSeconds) + " virtual s, " + std::to_string(report.costNanos)
        + " nano-USD";
    for (const Mark &mark : marksOf(report)) {
        text += ", " + std::to_string(mark.count) + " " + std::string(mark.what);
    }
    text += "; status";
    for (const auto &[status, count] : report.statuses) {
        text += " " + std::to_string(status) + ":" + std::to_string(count);
    }
    text += "; attempts";
    for (int i = 0; i < kOutcomeClassCount; ++i) {
        text += " " + std::string(toString(static_cast<OutcomeClass>(i))) + ":"
                + std::to_string(report.outcomes[static_cast<std::size_t>(i)]);
    }
    return text;
}

std::string unreached(const Report &report)
{
    std::string missing;
    const auto want =
        [&missing](std::int64_t count, std::string_view what, std::int64_t least = 1) {
            if (count < least) {
                missing.append(missing.empty() ? "" : ", ").append(what);
            }
        };
    for (int i = 0; i < kOutcomeClassCount; ++i) {
        want(report.outcomes[static_cast<std::size_t>(i)], toString(static_cast<OutcomeClass>(i)));
    }
    for (const int status : {0, 200, 400, 401, 403, 404, 429, 503, 504}) {
        const auto found = report.statuses.find(status);
        want(found == report.statuses.end() ? 0 : found->second,
             "status " + std::to_string(status));
    }
    const std::pair<std::int64_t, std::string_view> marks[] = {
        {report.streams, "streams"},
        {report.unfinishedStreams, "broken streams"},
        {report.probes, "probes"},
        {report.unheard, "late verdicts"},
        {report.lateEvents, "late events"},
        {report.breakerChanges, "breaker changes"},
        {report.reloads, "reloads"},
        {report.operatorActs, "operators"},
        {report.rollCalls, "roll calls"},
        {report.costNanos, "cost"},
        {report.budgetRefusals, "spent budgets"},
        {report.comments, "comments for clients that wait"},
        {std::ranges::min(report.forms), "requests in some form"},
    };
    for (const auto &[count, what] : marks) {
        want(count, what);
    }
    for (const Mark &mark : marksOf(report)) {
        want(mark.count, mark.what, mark.least);
    }
    return missing;
}

} // namespace signalbox::sim
