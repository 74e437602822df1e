// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/effect_sample.h"

#include "core/telemetry/tally.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace signalbox::gateway {

namespace {

constexpr double kNormal = 1.645; ///< of the normal distribution, five hundredths lie above it
constexpr double kQuantile = 0.95;

/// The value with so many of \p sorted below it; the last where there are fewer.
template <typename T>
T ranked(const std::vector<T> &sorted, double rank)
{
    const double last = static_cast<double>(sorted.size() - 1);
    return sorted[static_cast<std::size_t>(std::clamp(rank, 0.0, last))];
}

Expected<double> shareBand(std::int64_t hits, std::size_t count)
{
    const auto n = static_cast<double>(count);
    const double share = static_cast<double>(hits) / n;
    const double square = kNormal * kNormal;
    const double middle = (share + square / (2 * n)) / (1 + square / n);
    const double reach = kNormal / (1 + square / n)
                         * std::sqrt(share * (1 - share) / n + square / (4 * n * n));
    return {share, std::max(0.0, std::min(share, middle - reach)), std::max(share, middle + reach)};
}

Expected<Micros> quantileBand(std::vector<Micros> times)
{
    std::ranges::sort(times);
    const auto n = static_cast<double>(times.size());
    const double rank = kQuantile * n;
    const double reach = kNormal * std::sqrt(n * kQuantile * (1 - kQuantile));
    return {ranked(times, rank),
            ranked(times, rank - reach),
            ranked(times, std::ceil(rank + reach))};
}

Expected<Money> meanBand(const std::vector<Money> &costs)
{
    const auto n = static_cast<double>(costs.size());
    double sum = 0;
    double squares = 0;
    for (const Money cost : costs) {
        const auto nanos = static_cast<double>(cost.nanos());
        sum += nanos;
        squares += nanos * nanos;
    }
    const double mean = sum / n;
    const double error = kNormal * std::sqrt(std::max(0.0, squares / n - mean * mean) / n);
    const auto money = [](double nanos) { return Money::fromNanos(std::llround(nanos)); };
    return {money(mean), money(std::max(0.0, mean - error)), money(mean + error)};
}

} // namespace

std::optional<Effect> effectOf(const RequestRecord &record)
{
    const bool failed = telemetry::isFailedRequest(record);
    const bool answered = record.outcome == OutcomeClass::Success;
    if (record.isOwn() || record.abandoned || (!failed && (!answered || record.attempts.empty()))
        || record.outcome == OutcomeClass::ShutDown) {
        return std::nullopt;
    }
    return Effect{record.arrived,
                  failed,
                  answered ? std::optional(record.total) : std::nullopt,
                  record.cost.amount};
}

void EffectSample::add(const Effect &effect)
{
    ++m_requests;
    m_failed += effect.failed ? 1 : 0;
    m_unknownPrice += effect.cost ? 0 : 1;
    m_kept.push_back(effect);
    if (m_kept.size() > kKept) {
        m_kept.pop_front();
    }
}

EffectFigures EffectSample::figures() const
{
    EffectFigures figures{m_requests, m_failed, {}, {}, m_unknownPrice};
    std::vector<Micros> times;
    std::int64_t nanos = 0;
    std::int64_t priced = 0;
    for (const Effect &effect : m_kept) {
        if (effect.total) {
            times.push_back(*effect.total);
        }
        nanos += effect.cost ? effect.cost->nanos() : 0;
        priced += effect.cost ? 1 : 0;
    }
    if (!times.empty()) {
        std::ranges::sort(times);
        figures.p95 = ranked(times, kQuantile * static_cast<double>(times.size()));
    }
    if (priced > 0) {
        figures.costPerRequest = Money::fromNanos(nanos / priced);
    }
    return figures;
}

std::optional<ExpectedEffect> expectedBy(const std::vector<Effect> &effects)
{
    if (effects.size() < EffectSample::kEnough) {
        return std::nullopt;
    }
    std::vector<Micros> times;
    std::vector<Money> costs;
    std::int64_t failed = 0;
    for (const Effect &effect : effects) {
        failed += effect.failed ? 1 : 0;
        if (effect.total) {
            times.push_back(*effect.total);
        }
        if (effect.cost) {
            costs.push_back(*effect.cost);
        }
    }
    ExpectedEffect expected;
    expected.failureShare = shareBand(failed, effects.size());
    if (times.size() >= EffectSample::kEnough) {
        expected.p95 = quantileBand(std::move(times));
    }
    if (costs.size() == effects.size()) {
        expected.costPerRequest = meanBand(costs);
    }
    return expected;
}

} // namespace signalbox::gateway
