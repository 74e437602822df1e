// SPDX-License-Identifier: Apache-2.0
#include "core/limits/key_pool.h"

#include "core/base/check.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace signalbox::limits {

KeyPool::KeyPool(int count, const LimitSettings &each)
    : m_keyless(count == 0)
    , m_keys(static_cast<std::size_t>(std::max(count, 1)))
{
    SB_CHECK(count >= 0);
    for (Key &key : m_keys) {
        key.limits = std::make_unique<ProviderLimits>(each);
    }
}

std::size_t KeyPool::slotOf(int index) const
{
    const int slot = m_keyless && index == kNoKey ? 0 : index;
    SB_CHECK(slot >= 0 && static_cast<std::size_t>(slot) < m_keys.size());
    return static_cast<std::size_t>(slot);
}

std::vector<KeyStatus> KeyPool::status(SteadyTime now) const
{
    std::vector<KeyStatus> all;
    for (const Key &key : m_keys) {
        const bool cools = key.coolsUntil && *key.coolsUntil > now;
        all.push_back({.disabled = key.disabled,
                       .coolsUntil = cools ? key.coolsUntil : std::nullopt,
                       .reason = key.isUsable(now) ? std::string() : key.reason,
                       .inUse = key.limits->inUse()});
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

/// Of one key.
std::optional<SteadyTime> KeyPool::roomAt(std::size_t slot,
                                          std::int64_t tokens,
                                          SteadyTime now,
                                          Told told) const
{
    const Key &key = m_keys[slot];
    const auto obstacle = key.limits->obstacle(tokens, now);
    if (key.disabled || (obstacle && !obstacle->roomAt)) {
        return std::nullopt;
    }
    SteadyTime at = std::max(key.coolsUntil.value_or(now), now);
    if (obstacle) {
        at = std::max(at, *obstacle->roomAt);
    }
    return slot < told.size() ? std::max(at, told[slot].roomAt(tokens, now)) : at;
}

std::optional<SteadyTime> KeyPool::roomAt(std::int64_t tokens, SteadyTime now, Told told) const
{
    std::optional<SteadyTime> first;
    for (std::size_t slot = 0; slot < m_keys.size(); ++slot) {
        if (const auto at = roomAt(slot, tokens, now, told)) {
            first = std::min(first.value_or(*at), *at);
        }
    }
    return first;
}

bool KeyPool::lacksPlace(SteadyTime now) const
{
    return hasUsable(now) && std::ranges::none_of(m_keys, [now](const Key &key) {
               return key.isUsable(now) && key.limits->hasPlace();
           });
}

std::optional<KeyUse> KeyPool::take(std::int64_t tokens,
                                    SteadyTime now,
                                    SteadyTime until,
                                    Told told)
{
    using Rank = std::tuple<SteadyTime, std::int64_t, std::size_t>;
    std::optional<Rank> best;
    std::size_t chosen = 0;
    for (std::size_t step = 0; step < m_keys.size(); ++step) {
        const std::size_t slot = (m_next + step) % m_keys.size();
        const auto at = roomAt(slot, tokens, now, told);
        if (!at || *at > until) {
            continue;
        }
        const Rank rank(*at, m_keys[slot].limits->inUse(), step);
        if (!best || rank < *best) {
            best = rank;
            chosen = slot;
        }
    }
    if (!best) {
        return std::nullopt;
    }
    m_next = chosen + 1;
    auto permit = m_keys[chosen].limits->tryAdmit(tokens, now, std::get<0>(*best));
    SB_CHECK(permit.has_value());
    return KeyUse{m_keyless ? kNoKey : static_cast<int>(chosen), std::move(*permit)};
}

bool KeyPool::isUsable(const KeyUse &use, SteadyTime now) const
{
    return m_keys[slotOf(use.index)].isUsable(now);
}

void KeyPool::settle(KeyUse &use, std::int64_t usedTokens, SteadyTime now)
{
    m_keys[slotOf(use.index)].limits->settle(use.permit, usedTokens, now);
}

void KeyPool::giveBack(KeyUse use, SteadyTime now)
{
    m_keys[slotOf(use.index)].limits->giveBack(std::move(use.permit), now);
}

void KeyPool::cool(int index, SteadyTime until, std::string reason)
{
    Key &cooled = m_keys[slotOf(index)];
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
    Key &disabled = m_keys[slotOf(index)];
    disabled.disabled = true;
    disabled.reason = std::move(reason);
}

void KeyPool::Key::enable()
{
    disabled = false;
    coolsUntil.reset();
    reason.clear();
}

void KeyPool::enable(int index)
{
    m_keys[slotOf(index)].enable();
}

void KeyPool::enableAll()
{
    std::ranges::for_each(m_keys, &Key::enable);
}

void KeyPool::applyLimits(const LimitSettings &each)
{
    for (Key &key : m_keys) {
        key.limits->apply(each);
    }
}

} // namespace signalbox::limits
