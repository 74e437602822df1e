// SPDX-License-Identifier: Apache-2.0
#include "core/limits/key_pool.h"

#include "core/base/check.h"

#include <algorithm>
#include <utility>

namespace signalbox::limits {

KeyPool::KeyPool(int count)
    : m_keyless(count == 0)
    , m_keys(static_cast<std::size_t>(std::max(count, 1)))
{
    SB_CHECK(count >= 0);
}

KeyPool::Key &KeyPool::key(int index)
{
    const int slot = m_keyless && index == kNoKey ? 0 : index;
    SB_CHECK(slot >= 0 && static_cast<std::size_t>(slot) < m_keys.size());
    return m_keys[static_cast<std::size_t>(slot)];
}

std::vector<KeyStatus> KeyPool::status(SteadyTime now) const
{
    std::vector<KeyStatus> all;
    for (const Key &key : m_keys) {
        const bool cools = key.coolsUntil && *key.coolsUntil > now;
        all.push_back({.disabled = key.disabled,
                       .coolsUntil = cools ? key.coolsUntil : std::nullopt,
                       .reason = key.isUsable(now) ? std::string() : key.reason});
    }
    return all;
}

bool KeyPool::hasUsable(SteadyTime now) const
{
    return std::ranges::any_of(m_keys, [now](const Key &key) { return key.isUsable(now); });
}

std::optional<SteadyTime> KeyPool::earliest(SteadyTime now) const
{
    std::optional<SteadyTime> first;
    for (const Key &key : m_keys) {
        if (key.disabled) {
            continue;
        }
        const SteadyTime usable = std::max(key.coolsUntil.value_or(now), now);
        first = std::min(first.value_or(usable), usable);
    }
    return first;
}

std::optional<int> KeyPool::pick(SteadyTime now)
{
    for (std::size_t step = 0; step < m_keys.size(); ++step) {
        const std::size_t slot = (m_next + step) % m_keys.size();
        if (m_keys[slot].isUsable(now)) {
            m_next = slot + 1;
            return m_keyless ? kNoKey : static_cast<int>(slot);
        }
    }
    return std::nullopt;
}

void KeyPool::cool(int index, SteadyTime until, std::string reason)
{
    Key &cooled = key(index);
    if (cooled.coolsUntil && *cooled.coolsUntil >= until) {
        return;
    }
    cooled.coolsUntil = until;
    if (!cooled.disabled) {
        cooled.reason = std::move(reason);
    }
}

void KeyPool::disable(int index, std::string reason)
{
    Key &disabled = key(index);
    disabled.disabled = true;
    disabled.reason = std::move(reason);
}

void KeyPool::enable(int index)
{
    key(index) = {};
}

void KeyPool::enableAll()
{
    std::ranges::fill(m_keys, Key{});
}

} // namespace signalbox::limits
