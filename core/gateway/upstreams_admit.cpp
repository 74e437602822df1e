// SPDX-License-Identifier: Apache-2.0
// How calls get leave: room that is looked for, taken ahead and given back, and the lines before it.
#include "core/base/check.h"
#include "core/gateway/upstreams.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace signalbox::gateway {

std::optional<Grant> Upstreams::admit(const TargetId &target, std::int64_t tokens, SteadyTime now)
{
    if (roomAt(target, tokens, now) != now) {
        return std::nullopt;
    }
    return admit(reserve(target, tokens, now), now);
}

std::optional<Grant> Upstreams::admitSpare(const TargetId &target,
                                           std::int64_t tokens,
                                           SteadyTime now,
                                           SpareRoom left)
{
    const TargetState *state = find(target);
    if (state == nullptr || m_lines.contains(state->provider.get())) {
        return std::nullopt;
    }
    const limits::ProviderLimits &limits = state->provider->limits;
    const LimitSettings &most = limits.settings();
    const bool lastPlace = most.concurrent && limits.inUse() + 1 + left.places > *most.concurrent;
    const auto requests = limits.requestsLeft(now);
    const auto room = limits.tokensLeft(now);
    if (lastPlace || (requests && *requests - 1 < *most.requestsPerMinute * left.quarters / 4)
        || (room && *room - tokens < *most.tokensPerMinute * left.quarters / 4)
        || roomAt(target, tokens, now) != now) {
        return std::nullopt;
    }
    Place place = reserve(target, tokens, now);
    if (roomAt(target, tokens, now) != now) { // a key has limits too: one more must fit beside it
        giveBack(std::move(place), now);
        return std::nullopt;
    }
    return admit(std::move(place), now);
}

std::optional<SteadyTime> Upstreams::roomAt(const TargetId &target,
                                            std::int64_t tokens,
                                            SteadyTime now) const
{
    const TargetState *state = find(target);
    if (state == nullptr || reachable(*state, now).veto != Veto::None) {
        return std::nullopt;
    }
    const auto keyAt = state->provider->keys.roomAt(tokens, now, state->told);
    const auto obstacle = state->provider->limits.obstacle(tokens, now);
    if (!keyAt || (obstacle && !obstacle->roomAt)) {
        return std::nullopt;
    }
    return obstacle ? std::max(*keyAt, *obstacle->roomAt) : *keyAt;
}

Place Upstreams::reserve(const TargetId &target, std::int64_t tokens, SteadyTime now)
{
    const auto from = roomAt(target, tokens, now);
    SB_CHECK(from.has_value());
    TargetState *state = find(target);
    const auto &provider = state->provider;
    auto permit = provider->limits.tryAdmit(tokens, now, *from);
    auto key = provider->keys.take(tokens, now, *from, state->told);
    SB_CHECK(permit && key); // both were just said to have room by then
    state->told[provider->keys.slotOf(key->index)].take(tokens);
    return {target,
            *from,
            state->shared_from_this(),
            provider,
            std::move(*permit),
            std::move(*key)};
}

std::optional<Grant> Upstreams::admit(Place place, SteadyTime now)
{
    SB_CHECK(now >= place.from);
    TargetState *state = find(place.target);
    // While it waited the provider may have become another one, of another address.
    if (state == nullptr || state->provider != place.provider
        || reachable(*state, now).veto != Veto::None) {
        giveBack(std::move(place), now);
        return std::nullopt;
    }
    if (!place.provider->keys.isUsable(place.keyUse, now)) { // another one may be
        const TargetId target = place.target;
        const std::int64_t tokens = place.permit.bookedTokens();
        giveBack(std::move(place), now);
        return admit(target, tokens, now);
    }
    const auto ticket = state->breaker.admit(now);
    SB_CHECK(ticket.has_value()); // it was just said to be available
    ++state->inFlight;
    return Grant{std::move(place.target),
                 *ticket,
                 place.keyUse.index,
                 std::move(place.state),
                 std::move(place.provider),
                 std::move(place.permit),
                 std::move(place.keyUse)};
}

void Upstreams::giveBack(Place place, SteadyTime now)
{
    if (place.state->provider == place.provider) {
        limits::ToldRooms &told =
            place.state->told[place.provider->keys.slotOf(place.keyUse.index)];
        told.requests.take(-1);
        told.tokens.take(-place.permit.bookedTokens());
    }
    place.provider->limits.giveBack(std::move(place.permit), now);
    place.provider->keys.giveBack(std::move(place.keyUse), now);
}

bool Upstreams::joinLine(const TargetId &target,
                         std::string_view client,
                         ExchangeId waiting,
                         SteadyTime now)
{
    TargetState *state = find(target);
    if (state == nullptr || reachable(*state, now).veto != Veto::None
        || !state->provider->keys.hasUsable(now)) {
        return false;
    }
    if (!lacksPlace(*state->provider, now)) {
        return false;
    }
    m_lines[state->provider.get()].join(client, waiting);
    return true;
}

/// Whether what is lacking is a place in the air, which another request must leave first.
bool Upstreams::lacksPlace(const ProviderState &provider, SteadyTime now)
{
    return !provider.limits.hasPlace() || provider.keys.lacksPlace(now);
}

void Upstreams::leaveLines(ExchangeId waiting)
{
    for (auto line = m_lines.begin(); line != m_lines.end();) {
        line->second.leave(waiting);
        line = line->second.isEmpty() ? m_lines.erase(line) : std::next(line);
    }
}

std::optional<ExchangeId> Upstreams::nextInLine(SteadyTime now)
{
    const auto line = std::ranges::find_if(m_lines, [now](const auto &entry) {
        return !lacksPlace(*entry.first, now);
    });
    if (line == m_lines.end()) {
        return std::nullopt;
    }
    const ExchangeId next = *line->second.next();
    line->second.letIn(next);
    leaveLines(next);
    return next;
}

} // namespace signalbox::gateway
