// SPDX-License-Identifier: Apache-2.0
// A provider's requests and tokens per minute, one pair of buckets per key.
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <map>
#include <optional>

namespace signalbox::simulator {

enum class LimitKind {
    Requests,
    Tokens
};

/// One limit as its headers tell it.
struct LimitGauge
{
    std::int64_t limit = 0;
    std::int64_t remaining = 0;
    Nanos fullAfter{0};
};

struct LimitState
{
    std::optional<LimitGauge> requests;
    std::optional<LimitGauge> tokens;
    std::optional<LimitKind> refusedBy;
    Nanos retryAfter{0}; ///< when refused: until it would fit
};

/// Holds a minute's worth and refills evenly.
class MinuteBucket
{
public:
    MinuteBucket(std::int64_t perMinute, SteadyTime now);

    [[nodiscard]] bool has(double amount, SteadyTime now);
    void take(double amount);
    [[nodiscard]] Nanos untilHas(double amount) const;
    [[nodiscard]] LimitGauge gauge() const;

private:
    std::int64_t m_perMinute;
    double m_level;
    SteadyTime m_filledAt;
};

class RateLimits
{
public:
    RateLimits(std::optional<int> requestsPerMinute, std::optional<int> tokensPerMinute);

    /// Takes one request and its tokens for the key, or says why not and takes nothing.
    LimitState admit(std::size_t keyHash, std::int64_t tokens, SteadyTime now);

private:
    struct Buckets
    {
        std::optional<MinuteBucket> requests;
        std::optional<MinuteBucket> tokens;
    };
    Buckets &bucketsOf(std::size_t keyHash, SteadyTime now);

    std::optional<int> m_requestsPerMinute;
    std::optional<int> m_tokensPerMinute;
    std::map<std::size_t, Buckets> m_byKey;
};

} // namespace signalbox::simulator
