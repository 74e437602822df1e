// SPDX-License-Identifier: Apache-2.0
#include "core/domain/trial.h"

#include <algorithm>
#include <array>

namespace signalbox {

std::string_view toString(TrialEnd end)
{
    switch (end) {
    case TrialEnd::Passed:
        return "passed";
    case TrialEnd::TakenOver:
        return "taken_over";
    case TrialEnd::MoreFailures:
        return "more_failures";
    case TrialEnd::Slower:
        return "slower";
    case TrialEnd::Dearer:
        return "dearer";
    case TrialEnd::TooFewRequests:
        return "too_few_requests";
    case TrialEnd::RolledBack:
        return "rolled_back";
    case TrialEnd::Restarted:
        return "restarted";
    case TrialEnd::Superseded:
        return "superseded";
    case TrialEnd::NotApplied:
        return "not_applied";
    }
    return "";
}

std::optional<TrialEnd> trialEndFromString(std::string_view name)
{
    using enum TrialEnd;
    constexpr std::array kAll = {Passed,
                                 TakenOver,
                                 MoreFailures,
                                 Slower,
                                 Dearer,
                                 TooFewRequests,
                                 RolledBack,
                                 Restarted,
                                 Superseded,
                                 NotApplied};
    const auto *found = std::ranges::find_if(kAll, [name](TrialEnd end) {
        return toString(end) == name;
    });
    return found == kAll.end() ? std::nullopt : std::optional(*found);
}

} // namespace signalbox
