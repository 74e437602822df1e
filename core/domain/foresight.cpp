// SPDX-License-Identifier: Apache-2.0
#include "core/domain/foresight.h"

#include <algorithm>
#include <cmath>

namespace signalbox {

namespace {

constexpr std::int64_t kRequestsMin = 100; ///< as many as a trial has to see
constexpr double kUnknownMost = 0.02; ///< of the requests

/// The band is of other draws than the figure, and need not hold it.
template <typename T>
Expected<T> around(T value, T low, T high)
{
    return {value, std::max(T(), std::min(value, low)), std::max(value, high)};
}

Micros microsOf(double seconds)
{
    return Micros(std::llround(seconds * 1e6));
}

} // namespace

std::optional<ExpectedEffect> expectedOf(const Foresight &foresight)
{
    const Effect &after = foresight.changed.after;
    const auto &bands = foresight.changed.bands;
    const std::int64_t known = after.requests - after.unknown;
    const double unknownMost = kUnknownMost * static_cast<double>(after.requests);
    if (foresight.isSample() || !bands || known < kRequestsMin
        || static_cast<double>(after.unknown) > unknownMost) {
        return std::nullopt;
    }
    const auto count = static_cast<double>(known);
    ExpectedEffect expected;
    expected.failureShare = around(static_cast<double>(after.failed) / count,
                                   bands->failedShare.low,
                                   std::min(1.0, bands->failedShare.high));
    if (after.total.p95 && bands->p95Seconds) {
        expected.p95 = around(*after.total.p95,
                              microsOf(bands->p95Seconds->low),
                              microsOf(bands->p95Seconds->high));
    }
    if (after.unknownPriceCalls == 0) {
        const auto each = [count](double usd) {
            return Money::fromNanos(std::llround(usd * 1e9 / count));
        };
        expected.costPerRequest = around(Money::fromNanos(after.cost.nanos() / known),
                                         each(bands->costUsd.low),
                                         each(bands->costUsd.high));
    }
    return expected;
}

} // namespace signalbox
