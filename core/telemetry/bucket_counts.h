// SPDX-License-Identifier: Apache-2.0
// A histogram with given bounds, as Prometheus wants it: every `le` count is exact.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace signalbox::telemetry {

/// Counts whole numbers (microseconds, tokens) by given upper bounds, each bound inclusive.
class BucketCounts
{
public:
    /// \p bounds ascend and outlive this: they are constants.
    explicit BucketCounts(std::span<const std::int64_t> bounds);

    [[nodiscard]] std::span<const std::int64_t> bounds() const { return m_bounds; }
    [[nodiscard]] std::int64_t count() const { return m_count; }
    [[nodiscard]] std::int64_t sum() const { return m_sum; }
    /// How many values were at most each bound, in the order of bounds().
    [[nodiscard]] std::vector<std::int64_t> cumulative() const;

    /// A negative value counts as 0.
    void add(std::int64_t value);

private:
    std::span<const std::int64_t> m_bounds;
    std::vector<std::int64_t> m_counts; ///< per bound; what is above the last is in m_count only
    std::int64_t m_count = 0;
    std::int64_t m_sum = 0;
};

} // namespace signalbox::telemetry
