// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/report.h"

#include <algorithm>
#include <utility>

namespace signalbox::sim {

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
        + " nano-USD; status";
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
    const auto want = [&missing](std::int64_t count, std::string_view what) {
        if (count == 0) {
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
        {report.hedges, "calls beside another"},
        {report.comments, "comments for clients that wait"},
        {std::ranges::min(report.forms), "requests in some form"},
    };
    for (const auto &[count, what] : marks) {
        want(count, what);
    }
    return missing;
}

} // namespace signalbox::sim
