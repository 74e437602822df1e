// SPDX-License-Identifier: Apache-2.0
// Durations counted in log-linear buckets: mergeable, so that percentiles are never averaged.
#pragma once

#include "core/base/time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace signalbox::telemetry {

/// Counts durations from 0 to one hour; what is longer counts as one hour, what is negative as 0.
/// A quantile is within 1.6 % of the true value (exact below 64 us). Count and sum are exact.
/// Holds 3.5 KB while it has values and nothing while it is empty.
class Histogram
{
public:
    [[nodiscard]] std::int64_t count() const { return m_count; }
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    /// Of the durations as counted, so none is longer than an hour.
    [[nodiscard]] Micros sum() const { return m_sum; }
    /// The duration of rank ceil(\p q x count), at least the first. Nothing when empty.
    /// \pre 0 <= q <= 1.
    [[nodiscard]] std::optional<Micros> quantile(double q) const;

    void add(Micros duration);
    void clear();
    Histogram &operator+=(const Histogram &other);
    /// \pre everything in \p other was added here before.
    Histogram &operator-=(const Histogram &other);

private:
    std::vector<std::uint32_t> m_counts; ///< empty, or one per bucket
    std::int64_t m_count = 0;
    Micros m_sum{0};
};

} // namespace signalbox::telemetry
