// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/histogram.h"

#include "core/base/check.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace signalbox::telemetry {
namespace {

/// Each power of two is cut into 32 equal buckets, so a bucket's half width is at most 1/64 of it.
constexpr unsigned kStepBits = 5;
constexpr std::uint64_t kSteps = 1U << kStepBits;
constexpr std::uint64_t kLongest = 3'600'000'000;

constexpr std::size_t bucketOf(std::uint64_t micros)
{
    if (micros < 2 * kSteps) {
        return static_cast<std::size_t>(micros);
    }
    const unsigned shift = static_cast<unsigned>(std::bit_width(micros)) - (kStepBits + 1);
    return static_cast<std::size_t>(shift * kSteps + (micros >> shift));
}

constexpr std::size_t kBucketCount = bucketOf(kLongest) + 1;

/// The middle of a bucket, the value that stands for all in it.
constexpr std::uint64_t middleOf(std::size_t bucket)
{
    if (bucket < 2 * kSteps) {
        return bucket;
    }
    const std::uint64_t shift = bucket / kSteps - 1;
    const std::uint64_t first = (bucket - shift * kSteps) << shift;
    return first + ((1ULL << shift) - 1) / 2;
}

static_assert(bucketOf(63) == 63 && bucketOf(64) == 64 && bucketOf(65) == 64);
static_assert(bucketOf(middleOf(kBucketCount - 1)) == kBucketCount - 1);

} // namespace

std::optional<Micros> Histogram::quantile(double q) const
{
    if (isEmpty()) {
        return std::nullopt;
    }
    const double wanted = std::ceil(q * static_cast<double>(m_count));
    const std::int64_t rank = std::clamp(static_cast<std::int64_t>(wanted),
                                         std::int64_t{1},
                                         m_count);
    std::int64_t seen = 0;
    for (std::size_t bucket = 0; bucket < m_counts.size(); ++bucket) {
        seen += m_counts[bucket];
        if (seen >= rank) {
            return Micros(std::min(middleOf(bucket), kLongest));
        }
    }
    SB_CHECK(seen == m_count);
    return std::nullopt;
}

void Histogram::add(Micros duration)
{
    if (m_counts.empty()) {
        m_counts.resize(kBucketCount);
    }
    const Micros counted = std::clamp(duration, Micros(0), Micros(kLongest));
    ++m_counts[bucketOf(static_cast<std::uint64_t>(counted.count()))];
    ++m_count;
    m_sum += counted;
}

void Histogram::clear()
{
    *this = Histogram();
}

Histogram &Histogram::operator+=(const Histogram &other)
{
    if (other.isEmpty()) {
        return *this;
    }
    m_counts.resize(kBucketCount);
    for (std::size_t i = 0; i < kBucketCount; ++i) {
        m_counts[i] += other.m_counts[i];
    }
    m_count += other.m_count;
    m_sum += other.m_sum;
    return *this;
}

Histogram &Histogram::operator-=(const Histogram &other)
{
    if (other.isEmpty()) {
        return *this;
    }
    SB_CHECK(m_count >= other.m_count);
    for (std::size_t i = 0; i < kBucketCount; ++i) {
        m_counts[i] -= other.m_counts[i];
    }
    m_count -= other.m_count;
    m_sum -= other.m_sum;
    if (m_count == 0) {
        clear();
    }
    return *this;
}

} // namespace signalbox::telemetry
