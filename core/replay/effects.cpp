// SPDX-License-Identifier: Apache-2.0
#include "core/replay/effects.h"

#include <algorithm>
#include <cmath>

namespace signalbox::replay {
namespace {

/// One group's figures while they are added up.
struct Sum
{
    Effect effect;
    std::vector<std::int64_t> totals;
    std::vector<std::int64_t> firstTokens;

    void add(const RequestEnd &end)
    {
        ++effect.requests;
        switch (end.ending) {
        case Ending::Answered:
            ++effect.answered;
            totals.push_back(end.totalMicros);
            if (end.stream && end.firstTokenMicros >= 0) {
                firstTokens.push_back(end.firstTokenMicros);
            }
            break;
        case Ending::Failed:
            ++effect.failed;
            break;
        case Ending::Refused:
            ++effect.refused;
            break;
        case Ending::Abandoned:
            ++effect.abandoned;
            break;
        case Ending::Unknown:
            ++effect.unknown;
            break;
        }
    }

    void addMoney(const RequestEnd &end)
    {
        effect.calls += end.calls;
        effect.cost += Money::fromNanos(end.costNanos);
        effect.unknownPriceCalls += end.priceUnknown;
        effect.estimated |= end.estimated;
    }

    void addMoney(const TargetTally &tally)
    {
        effect.calls += tally.calls;
        effect.trips += tally.trips;
        effect.cost += Money::fromNanos(tally.costNanos);
        effect.unknownPriceCalls += tally.unknownPriceCalls;
        effect.estimated |= tally.estimated;
    }

    [[nodiscard]] Effect close()
    {
        for (auto [times, values] :
             {std::pair(&effect.total, &totals), std::pair(&effect.firstToken, &firstTokens)}) {
            times->p50 = quantile(*values, 0.5);
            times->p95 = quantile(*values, 0.95);
            times->p99 = quantile(*values, 0.99);
        }
        return effect;
    }
};

std::vector<Effect> closed(std::vector<Sum> &sums)
{
    std::vector<Effect> effects;
    effects.reserve(sums.size());
    for (Sum &sum : sums) {
        effects.push_back(sum.close());
    }
    return effects;
}

} // namespace

std::optional<Micros> quantile(std::vector<std::int64_t> &values, double share)
{
    if (values.empty()) {
        return std::nullopt;
    }
    const auto rank = static_cast<std::ptrdiff_t>(
        std::ceil(share * static_cast<double>(values.size())));
    const auto at = values.begin() + std::max<std::ptrdiff_t>(rank - 1, 0);
    std::nth_element(values.begin(), at, values.end());
    return Micros(*at);
}

Effect effectOfAll(const Run &run)
{
    Sum sum;
    sum.totals.reserve(run.ends.size());
    for (const RequestEnd &end : run.ends) {
        sum.add(end);
        sum.addMoney(end);
    }
    for (const TargetTally &tally : run.tallies) {
        sum.effect.trips += tally.trips;
    }
    return sum.close();
}

std::vector<Effect> effectsByTarget(const Run &run)
{
    std::vector<Sum> sums(run.tallies.size());
    for (const RequestEnd &end : run.ends) {
        if (end.target < sums.size()) {
            sums[end.target].add(end);
        }
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
        sums[i].addMoney(run.tallies[i]);
    }
    return closed(sums);
}

Effect effectOfTargets(const Run &run, std::span<const std::uint32_t> members)
{
    Sum sum;
    std::vector<bool> isMember(run.tallies.size());
    for (const std::uint32_t member : members) {
        if (member < isMember.size()) {
            isMember[member] = true;
            sum.addMoney(run.tallies[member]);
        }
    }
    for (const RequestEnd &end : run.ends) {
        if (end.target < isMember.size() && isMember[end.target]) {
            sum.add(end);
        }
    }
    return sum.close();
}

SystemTime hourAt(const Traffic &traffic, std::size_t index)
{
    const auto first = std::chrono::floor<std::chrono::hours>(
        traffic.requests().front().arrived.time_since_epoch());
    return SystemTime(first + std::chrono::hours(index));
}

std::vector<Effect> effectsByHour(const Traffic &traffic, const Run &run)
{
    std::vector<Sum> sums;
    for (const RequestEnd &end : run.ends) {
        const SystemTime arrived = traffic.requests()[end.request].arrived;
        const auto hour = static_cast<std::size_t>((arrived - hourAt(traffic, 0))
                                                   / std::chrono::hours(1));
        if (hour >= sums.size()) {
            sums.resize(hour + 1);
        }
        sums[hour].add(end);
        sums[hour].addMoney(end);
    }
    return closed(sums);
}

} // namespace signalbox::replay
