// SPDX-License-Identifier: Apache-2.0
#include "core/limits/provider_limits.h"

#include "core/base/check.h"

#include <utility>

namespace signalbox::limits {
namespace {

std::optional<TokenBucket> bucketOf(std::optional<std::int64_t> perMinute)
{
    return perMinute ? std::optional(TokenBucket(*perMinute)) : std::nullopt;
}

SteadyTime roomIn(const std::optional<TokenBucket> &bucket, std::int64_t count, SteadyTime now)
{
    return bucket ? bucket->availableAt(count, now) : now;
}

std::optional<std::int64_t> leftIn(const std::optional<TokenBucket> &bucket, SteadyTime now)
{
    return bucket ? std::optional(bucket->available(now)) : std::nullopt;
}

void change(std::optional<TokenBucket> &bucket, std::optional<std::int64_t> perMinute)
{
    if (bucket && perMinute) {
        bucket->setPerMinute(*perMinute);
    } else {
        bucket = bucketOf(perMinute);
    }
}

void book(std::optional<TokenBucket> &bucket, std::int64_t count, SteadyTime now)
{
    if (bucket) {
        bucket->settle(count, now);
    }
}

} // namespace

Permit::Permit(ConcurrencyPermit place, std::int64_t tokens, SteadyTime from)
    : m_place(std::move(place))
    , m_tokens(tokens)
    , m_from(from)
{}

ProviderLimits::ProviderLimits(const LimitSettings &settings)
    : m_settings(settings)
    , m_requests(bucketOf(settings.requestsPerMinute))
    , m_tokens(bucketOf(settings.tokensPerMinute))
    , m_gate(settings.concurrent)
{}

std::optional<NoRoom> ProviderLimits::obstacle(std::int64_t tokens, SteadyTime now) const
{
    if (!m_gate.hasRoom()) {
        return NoRoom{LimitKind::Concurrent, std::nullopt};
    }
    const SteadyTime requestsAt = roomIn(m_requests, 1, now);
    const SteadyTime tokensAt = roomIn(m_tokens, tokens, now);
    if (requestsAt <= now && tokensAt <= now) {
        return std::nullopt;
    }
    return tokensAt > requestsAt ? NoRoom{LimitKind::Tokens, tokensAt}
                                 : NoRoom{LimitKind::Requests, requestsAt};
}

std::optional<std::int64_t> ProviderLimits::requestsLeft(SteadyTime now) const
{
    return leftIn(m_requests, now);
}

std::optional<std::int64_t> ProviderLimits::tokensLeft(SteadyTime now) const
{
    return leftIn(m_tokens, now);
}

std::optional<Permit> ProviderLimits::tryAdmit(std::int64_t estimatedTokens,
                                               SteadyTime now,
                                               SteadyTime until)
{
    SB_CHECK(estimatedTokens >= 0);
    const auto inTheWay = obstacle(estimatedTokens, now);
    if (inTheWay && (!inTheWay->roomAt || *inTheWay->roomAt > until)) {
        return std::nullopt;
    }
    auto place = m_gate.tryEnter();
    SB_CHECK(place.has_value());
    book(m_requests, 1, now);
    book(m_tokens, estimatedTokens, now);
    return Permit(std::move(*place), estimatedTokens, inTheWay ? *inTheWay->roomAt : now);
}

void ProviderLimits::settle(Permit &permit, std::int64_t usedTokens, SteadyTime now)
{
    book(m_tokens, usedTokens - permit.m_tokens, now);
    permit.m_tokens = usedTokens;
}

void ProviderLimits::giveBack(Permit permit, SteadyTime now)
{
    settle(permit, 0, now);
    book(m_requests, -1, now);
    permit.m_place.release();
}

void ProviderLimits::apply(const LimitSettings &settings)
{
    m_settings = settings;
    change(m_requests, settings.requestsPerMinute);
    change(m_tokens, settings.tokensPerMinute);
    m_gate.setLimit(settings.concurrent);
}

} // namespace signalbox::limits
