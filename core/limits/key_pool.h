// SPDX-License-Identifier: Apache-2.0
// A provider's keys by number: which one is next, which rest, which are refused.
#pragma once

#include "core/base/time.h"

#include <optional>
#include <string>
#include <vector>

namespace signalbox::limits {

/// How a key stands, for display.
struct KeyStatus
{
    bool disabled = false;
    std::optional<SteadyTime> coolsUntil; ///< nothing when it does not cool
    std::string reason; ///< why disabled or cooling; empty when usable

    friend bool operator==(const KeyStatus &, const KeyStatus &) = default;
};

/// Rotates over the usable keys of one provider. Knows numbers only, never a key.
class KeyPool
{
public:
    /// What pick() gives for a provider that needs no key; it cools and is disabled like a key.
    static constexpr int kNoKey = -1;

    /// \p count keys, numbered from 0; none is fine.
    explicit KeyPool(int count);

    /// One status for each key, in their order; one for kNoKey when there are no keys.
    [[nodiscard]] std::vector<KeyStatus> status(SteadyTime now) const;
    [[nodiscard]] bool hasUsable(SteadyTime now) const;
    /// When a key can next be used, \p now if at once; nothing when all are disabled.
    [[nodiscard]] std::optional<SteadyTime> earliest(SteadyTime now) const;

    /// The usable key after the one given last; nothing when none is usable.
    [[nodiscard]] std::optional<int> pick(SteadyTime now);
    /// Lets it rest; a rest that is already longer stays.
    void cool(int index, SteadyTime until, std::string reason);
    /// Takes it out until enable() or enableAll().
    void disable(int index, std::string reason);
    /// Usable at once: neither disabled nor cooling.
    void enable(int index);
    void enableAll();

private:
    struct Key
    {
        bool disabled = false;
        std::optional<SteadyTime> coolsUntil;
        std::string reason;

        [[nodiscard]] bool isUsable(SteadyTime now) const
        {
            return !disabled && (!coolsUntil || *coolsUntil <= now);
        }
    };

    [[nodiscard]] Key &key(int index);

    bool m_keyless;
    std::vector<Key> m_keys;
    std::size_t m_next = 0;
};

} // namespace signalbox::limits
