// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/rollup.h"

#include <algorithm>
#include <span>

namespace signalbox::runtime {
namespace {

void addCost(RollupSums &sums, const Cost &cost)
{
    const Money amount = cost.amount.value_or(Money());
    sums.cost += amount;
    if (cost.estimated) {
        sums.estimatedCost += amount;
    }
}

/// Whether an attempt is the first of its request: at all, at its provider, at its model.
struct Firsts
{
    bool ofRequest = true;
    bool ofProvider = true;
    bool ofModel = true;
};

Firsts firstsAfter(std::span<const AttemptRecord> earlier,
                   const AttemptRecord &attempt,
                   bool unknownOnly)
{
    Firsts firsts;
    for (const AttemptRecord &other : earlier) {
        if (unknownOnly && !isPriceUnknown(other)) {
            continue;
        }
        firsts.ofRequest = false;
        firsts.ofProvider &= other.target.provider() != attempt.target.provider();
        firsts.ofModel &= other.target.model() != attempt.target.model();
    }
    return firsts;
}

void addAttempt(RollupSums &sums,
                std::span<const AttemptRecord> earlier,
                const AttemptRecord &attempt)
{
    ++sums.attempts;
    const Firsts firsts = firstsAfter(earlier, attempt, false);
    sums.requests += firsts.ofRequest ? 1 : 0;
    sums.providerRequests += firsts.ofProvider ? 1 : 0;
    sums.modelRequests += firsts.ofModel ? 1 : 0;
    if (isPriceUnknown(attempt)) {
        const Firsts unknown = firstsAfter(earlier, attempt, true);
        sums.unknownRequests += unknown.ofRequest ? 1 : 0;
        sums.unknownProviderRequests += unknown.ofProvider ? 1 : 0;
        sums.unknownModelRequests += unknown.ofModel ? 1 : 0;
    }
    if (attempt.usage) {
        sums.promptTokens += attempt.usage->promptTokens;
        sums.completionTokens += attempt.usage->completionTokens;
    }
    addCost(sums, attempt.cost);
}

void addUse(MoneySums &uses, const RequestRecord &record, const AttemptRecord &attempt)
{
    const Money amount = attempt.cost.amount.value_or(Money());
    switch (useOf(record, attempt)) {
    case MoneyUse::Served:
        break;
    case MoneyUse::Wasted:
        uses.wasted += amount;
        break;
    case MoneyUse::Abandoned:
        uses.abandoned += amount;
        break;
    }
    uses.promptCacheSaved += attempt.promptCacheSaved;
}

/// What a request has once, however many attempts it took.
void addOnce(MoneySums &uses, const RequestRecord &record)
{
    uses.abandonedRequests += record.abandoned ? 1 : 0;
    uses.cacheSaved += record.cacheSaved.value_or(Money());
}

void addHour(HourSums &hour,
             const RollupSums &sums,
             std::int64_t requests,
             std::int64_t unknownRequests)
{
    hour.requests += requests;
    hour.unknownRequests += unknownRequests;
    hour.promptTokens += sums.promptTokens;
    hour.completionTokens += sums.completionTokens;
    hour.cost += sums.cost;
    hour.estimatedCost += sums.estimatedCost;
    hour.uses.add(sums.uses);
}

} // namespace

void MoneySums::add(const MoneySums &other)
{
    wasted += other.wasted;
    abandoned += other.abandoned;
    abandonedRequests += other.abandonedRequests;
    promptCacheSaved += other.promptCacheSaved;
    cacheSaved += other.cacheSaved;
}

bool isPriceUnknown(const AttemptRecord &attempt)
{
    const bool billed = attempt.usage.has_value() || attempt.outcome == OutcomeClass::Success
                        || attempt.contentSent;
    return billed && !attempt.cost.amount;
}

void addTo(Rollup &rollup, const RequestRecord &record)
{
    RollupKey key{quarterOf(record.arrived), {}, {}, record.route, record.client};
    if (record.attempts.empty()) {
        RollupSums &sums = rollup[key];
        ++sums.requests;
        ++sums.providerRequests;
        ++sums.modelRequests;
        addCost(sums, record.cost);
        addOnce(sums.uses, record);
        return;
    }
    const std::span<const AttemptRecord> attempts(record.attempts);
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        key.provider = attempts[i].target.provider();
        key.model = attempts[i].target.model();
        RollupSums &sums = rollup[key];
        addAttempt(sums, attempts.first(i), attempts[i]);
        addUse(sums.uses, record, attempts[i]);
        if (i + 1 == attempts.size()) {
            addOnce(sums.uses, record);
        }
    }
}

HourRollup hoursOf(const Rollup &rollup)
{
    HourRollup hours;
    for (const auto &[key, sums] : rollup) {
        const SystemTime hour = std::chrono::floor<std::chrono::hours>(key.quarter);
        addHour(hours[{HourGroup::Provider, hour, key.provider}],
                sums,
                sums.providerRequests,
                sums.unknownProviderRequests);
        addHour(hours[{HourGroup::Model, hour, key.model}],
                sums,
                sums.modelRequests,
                sums.unknownModelRequests);
        addHour(hours[{HourGroup::Route, hour, key.route}],
                sums,
                sums.requests,
                sums.unknownRequests);
        addHour(hours[{HourGroup::Client, hour, key.client}],
                sums,
                sums.requests,
                sums.unknownRequests);
    }
    return hours;
}

} // namespace signalbox::runtime
