// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/bucket_counts.h"

#include <algorithm>
#include <numeric>

namespace signalbox::telemetry {

BucketCounts::BucketCounts(std::span<const std::int64_t> bounds)
    : m_bounds(bounds)
    , m_counts(bounds.size())
{}

std::vector<std::int64_t> BucketCounts::cumulative() const
{
    std::vector<std::int64_t> sums(m_counts.size());
    std::partial_sum(m_counts.begin(), m_counts.end(), sums.begin());
    return sums;
}

void BucketCounts::add(std::int64_t value)
{
    const std::int64_t counted = std::max<std::int64_t>(value, 0);
    const auto bound = std::lower_bound(m_bounds.begin(), m_bounds.end(), counted);
    if (bound != m_bounds.end()) {
        ++m_counts[static_cast<std::size_t>(bound - m_bounds.begin())];
    }
    ++m_count;
    m_sum += counted;
}

} // namespace signalbox::telemetry
