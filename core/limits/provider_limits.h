// SPDX-License-Identifier: Apache-2.0
// The limits of one provider or one client taken together: requests, tokens, concurrency.
#pragma once

#include "core/base/time.h"
#include "core/domain/settings.h"
#include "core/limits/concurrency.h"
#include "core/limits/token_bucket.h"

#include <cstdint>
#include <optional>

namespace signalbox::limits {

enum class LimitKind : std::uint8_t {
    Requests,
    Tokens,
    Concurrent
};

/// What stands in the way of a request.
struct NoRoom
{
    LimitKind limit = LimitKind::Requests; ///< the one that takes longest, concurrency above all
    std::optional<SteadyTime> roomAt; ///< nothing: when another one ends

    friend bool operator==(const NoRoom &, const NoRoom &) = default;
};

/// One admitted request: its place in the air, and the tokens it was booked with.
class Permit
{
public:
    /// It may begin then, not before.
    [[nodiscard]] SteadyTime from() const { return m_from; }
    [[nodiscard]] std::int64_t bookedTokens() const { return m_tokens; }

private:
    friend class ProviderLimits;
    Permit(ConcurrencyPermit place, std::int64_t tokens, SteadyTime from);

    ConcurrencyPermit m_place;
    std::int64_t m_tokens;
    SteadyTime m_from;
};

/// Takes from all limits or from none. Must outlive its permits.
class ProviderLimits
{
public:
    explicit ProviderLimits(const LimitSettings &settings);

    /// What stands in the way of a request of so many tokens; nothing when it has room.
    [[nodiscard]] std::optional<NoRoom> obstacle(std::int64_t tokens, SteadyTime now) const;
    /// Whether one more may be in the air.
    [[nodiscard]] bool hasPlace() const { return m_gate.hasRoom(); }
    [[nodiscard]] std::int64_t inUse() const { return m_gate.inUse(); }
    /// Nothing means unlimited.
    [[nodiscard]] std::optional<std::int64_t> requestsLeft(SteadyTime now) const;
    [[nodiscard]] std::optional<std::int64_t> tokensLeft(SteadyTime now) const;
    [[nodiscard]] const LimitSettings &settings() const { return m_settings; }

    [[nodiscard]] std::optional<Permit> tryAdmit(std::int64_t estimatedTokens, SteadyTime now)
    {
        return tryAdmit(estimatedTokens, now, now);
    }
    /// Also when room comes by \p until: it is taken ahead of time, so that whoever asks later gets
    /// a later turn. There must be a place in the air at once; it is held from now on.
    [[nodiscard]] std::optional<Permit> tryAdmit(std::int64_t estimatedTokens,
                                                 SteadyTime now,
                                                 SteadyTime until);
    /// Replaces the tokens booked by those used; may be called again with a better figure.
    void settle(Permit &permit, std::int64_t usedTokens, SteadyTime now);
    /// As if it had never been admitted: nothing was sent.
    void giveBack(Permit permit, SteadyTime now);
    /// New limits, the old use.
    void apply(const LimitSettings &settings);

private:
    LimitSettings m_settings;
    std::optional<TokenBucket> m_requests;
    std::optional<TokenBucket> m_tokens;
    ConcurrencyGate m_gate;
};

} // namespace signalbox::limits
