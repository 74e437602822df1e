// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/rate_limits.h"

#include <algorithm>
#include <cmath>

namespace signalbox::simulator {

namespace {

constexpr std::size_t kKeysMax = 1000;
constexpr double kMinuteNanos = 60e9;

} // namespace

MinuteBucket::MinuteBucket(std::int64_t perMinute, SteadyTime now)
    : m_perMinute(perMinute)
    , m_level(static_cast<double>(perMinute))
    , m_filledAt(now)
{}

bool MinuteBucket::has(double amount, SteadyTime now)
{
    const double capacity = static_cast<double>(m_perMinute);
    const double nanos = static_cast<double>((now - m_filledAt).count());
    m_level = std::min(capacity, m_level + capacity * nanos / kMinuteNanos);
    m_filledAt = now;
    return m_level + 1e-9 >= std::min(amount, capacity);
}

void MinuteBucket::take(double amount)
{
    m_level -= std::min(amount, static_cast<double>(m_perMinute));
}

Nanos MinuteBucket::untilHas(double amount) const
{
    const double capacity = static_cast<double>(m_perMinute);
    const double missing = std::max(0.0, std::min(amount, capacity) - m_level);
    return Nanos(static_cast<std::int64_t>(std::ceil(missing / capacity * kMinuteNanos)));
}

LimitGauge MinuteBucket::gauge() const
{
    return {m_perMinute,
            static_cast<std::int64_t>(std::floor(std::max(0.0, m_level))),
            untilHas(static_cast<double>(m_perMinute))};
}

RateLimits::RateLimits(std::optional<int> requestsPerMinute, std::optional<int> tokensPerMinute)
    : m_requestsPerMinute(requestsPerMinute)
    , m_tokensPerMinute(tokensPerMinute)
{}

LimitState RateLimits::admit(std::size_t keyHash, std::int64_t tokens, SteadyTime now)
{
    Buckets &buckets = bucketsOf(keyHash, now);
    const auto amount = static_cast<double>(tokens);
    LimitState state;
    if (buckets.requests && !buckets.requests->has(1, now)) {
        state.refusedBy = LimitKind::Requests;
        state.retryAfter = buckets.requests->untilHas(1);
    }
    if (buckets.tokens && !buckets.tokens->has(amount, now)) {
        state.refusedBy = state.refusedBy.value_or(LimitKind::Tokens);
        state.retryAfter = std::max(state.retryAfter, buckets.tokens->untilHas(amount));
    }
    if (buckets.requests && !state.refusedBy) {
        buckets.requests->take(1);
    }
    if (buckets.tokens && !state.refusedBy) {
        buckets.tokens->take(amount);
    }
    if (buckets.requests) {
        state.requests = buckets.requests->gauge();
    }
    if (buckets.tokens) {
        state.tokens = buckets.tokens->gauge();
    }
    return state;
}

RateLimits::Buckets &RateLimits::bucketsOf(std::size_t keyHash, SteadyTime now)
{
    if (m_byKey.size() >= kKeysMax && !m_byKey.contains(keyHash)) {
        m_byKey.erase(m_byKey.begin());
    }
    const auto [at, isNew] = m_byKey.try_emplace(keyHash);
    if (isNew && m_requestsPerMinute) {
        at->second.requests.emplace(*m_requestsPerMinute, now);
    }
    if (isNew && m_tokensPerMinute) {
        at->second.tokens.emplace(*m_tokensPerMinute, now);
    }
    return at->second;
}

} // namespace signalbox::simulator
