// SPDX-License-Identifier: Apache-2.0
// A provider's keys by number: which one is next, which rest, which are refused, what each bears.
#pragma once

#include "core/base/time.h"
#include "core/domain/settings.h"
#include "core/limits/provider_limits.h"
#include "core/limits/told_room.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace signalbox::limits {

/// How a key stands, for display.
struct KeyStatus
{
    bool disabled = false;
    std::optional<SteadyTime> coolsUntil; ///< nothing when it does not cool
    std::string reason; ///< why disabled or cooling; empty when usable
    std::int64_t inUse = 0; ///< requests in the air with it

    friend bool operator==(const KeyStatus &, const KeyStatus &) = default;
};

/// Leave to use a key once: settled or given back to its pool, which must outlive it.
struct KeyUse
{
    int index = 0; ///< KeyPool::kNoKey when there is none
    Permit permit;
};

/// The keys of one provider, each with limits of its own: the healthy one is given that can be used
/// first, of several the one with the fewest requests in the air, of those the one whose turn it is.
/// Knows numbers only, never a key.
class KeyPool
{
public:
    /// The index where a provider needs no key; it cools, is disabled and has limits like a key.
    static constexpr int kNoKey = -1;
    /// What a target's provider told of each key, in their order; empty: nothing.
    using Told = std::span<const ToldRooms>;

    /// \p count keys, numbered from 0; none is fine. Each bears \p each.
    explicit KeyPool(int count, const LimitSettings &each = {});

    /// How many keys there are; 1 without any: the one for kNoKey.
    [[nodiscard]] std::size_t size() const { return m_keys.size(); }
    /// Where \p index stands in a list of that size.
    [[nodiscard]] std::size_t slotOf(int index) const;
    /// One status for each.
    [[nodiscard]] std::vector<KeyStatus> status(SteadyTime now) const;
    [[nodiscard]] bool hasUsable(SteadyTime now) const;
    /// When a key can next be used, \p now if at once; nothing when all are disabled.
    [[nodiscard]] std::optional<SteadyTime> earliest(SteadyTime now) const;
    /// When a key can be used that has room for a request of so many tokens, \p now if at once;
    /// nothing when all are disabled, or when another request must end first.
    [[nodiscard]] std::optional<SteadyTime> roomAt(std::int64_t tokens,
                                                   SteadyTime now,
                                                   Told told = {}) const;
    /// Whether keys can be used, yet each has as many requests in the air as it may.
    [[nodiscard]] bool lacksPlace(SteadyTime now) const;

    /// Takes room for a request of so many tokens with the key that has it first, by \p until;
    /// nothing when none has.
    [[nodiscard]] std::optional<KeyUse> take(std::int64_t tokens,
                                             SteadyTime now,
                                             SteadyTime until,
                                             Told told = {});
    /// Whether the key of \p use is neither disabled nor resting.
    [[nodiscard]] bool isUsable(const KeyUse &use, SteadyTime now) const;
    /// Replaces the tokens it was taken for by those used; its place is free when \p use goes.
    void settle(KeyUse &use, std::int64_t usedTokens, SteadyTime now);
    /// As if it had never been taken: nothing was sent.
    void giveBack(KeyUse use, SteadyTime now);

    /// Lets it rest; a rest that is already longer stays.
    void cool(int index, SteadyTime until, std::string reason);
    /// Takes it out until enable() or enableAll().
    void disable(int index, std::string reason);
    /// Usable at once: neither disabled nor cooling.
    void enable(int index);
    void enableAll();
    /// New limits for each, the old use.
    void applyLimits(const LimitSettings &each);

private:
    struct Key
    {
        bool disabled = false;
        std::optional<SteadyTime> coolsUntil;
        std::string reason;
        std::unique_ptr<ProviderLimits> limits; ///< stays where it is while permits are out

        [[nodiscard]] bool isUsable(SteadyTime now) const
        {
            return !disabled && (!coolsUntil || *coolsUntil <= now);
        }
        void enable();
    };

    [[nodiscard]] std::optional<SteadyTime> roomAt(std::size_t slot,
                                                   std::int64_t tokens,
                                                   SteadyTime now,
                                                   Told told) const;

    bool m_keyless;
    std::vector<Key> m_keys;
    std::size_t m_next = 0;
};

} // namespace signalbox::limits
