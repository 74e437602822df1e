// SPDX-License-Identifier: Apache-2.0
#include "core/replay/changed.h"

#include "core/replay/effects.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>

namespace signalbox::replay {

Run partOf(const Run &run, const Traffic &traffic, const std::vector<std::string> &routes)
{
    std::unordered_set<std::uint32_t> numbers;
    for (const std::string &route : routes) {
        numbers.insert(traffic.routes().find(route));
    }
    numbers.erase(Names::kNone); // nobody asked for it
    const auto isPart = [&](const RequestEnd &end) {
        const RecordedRequest &request = traffic.requests()[end.request];
        return end.counts && request.pinned == Names::kNone && numbers.contains(request.route);
    };
    Run part;
    part.targets = run.targets;
    part.tallies.resize(run.tallies.size());
    std::unordered_set<std::uint32_t> requests;
    for (const RequestEnd &end : run.ends) {
        if (!isPart(end)) {
            continue;
        }
        RequestEnd &kept = part.ends.emplace_back(end);
        kept.ending = end.ending == Ending::Refused ? Ending::Failed : end.ending;
        requests.insert(end.request);
        if (end.target < part.tallies.size()) { // else nobody was asked, at no cost
            part.tallies[end.target].costNanos += end.costNanos;
        }
    }
    std::ranges::copy_if(run.drawn, std::back_inserter(part.drawn), [&](const DrawnCall &call) {
        return requests.contains(call.request);
    });
    return part;
}

EffectRow changedRow(const BandQuestion &question,
                     const Run &now,
                     const std::vector<std::string> &routes,
                     bool banded,
                     Random &random)
{
    if (routes.empty()) {
        return {};
    }
    Run part = partOf(question.run, question.traffic, routes);
    EffectRow row{{}, effectOfAll(partOf(now, question.traffic, routes)), effectOfAll(part), {}};
    // What is not known is in no figure, and so in no band.
    std::erase_if(part.ends, [](const RequestEnd &end) { return end.ending == Ending::Unknown; });
    if (banded && !part.ends.empty()) {
        row.bands =
            bandsOf({question.traffic, question.outcomes, question.prices, part}, random).all;
    }
    return row;
}

} // namespace signalbox::replay
