// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/upstreams.h"

#include "core/base/check.h"
#include "core/resilience/failure_policy.h"
#include "core/resilience/retry_after.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

using resilience::BreakerEffect;
using resilience::FailureScope;
using resilience::ForcedState;
using resilience::KeyAction;

namespace {

std::vector<Secret> secretsFor(const Credentials &credentials, std::string_view provider)
{
    const auto found = std::ranges::find(credentials.providers,
                                         provider,
                                         &Credentials::ProviderKeys::provider);
    return found == credentials.providers.end() ? std::vector<Secret>() : found->keys;
}

bool sameSecrets(const std::vector<Secret> &a, const std::vector<Secret> &b)
{
    return std::ranges::equal(a, b, [](const Secret &x, const Secret &y) {
        return x.expose() == y.expose();
    });
}

std::vector<std::string> keyNames(const ProviderSettings &settings)
{
    std::vector<std::string> names;
    for (const SecretRef &ref : settings.keys) {
        names.push_back(ref.toString());
    }
    return names;
}

bool isSamePlace(const ProviderState &provider, const ProviderSettings &settings)
{
    return provider.id == settings.id && provider.kind == settings.kind
           && provider.baseUrl == settings.baseUrl;
}

} // namespace

ProviderState::ProviderState(const ProviderSettings &settings, std::vector<Secret> own)
    : id(settings.id)
    , kind(settings.kind)
    , baseUrl(settings.baseUrl)
    , limitSettings(settings.limits)
    , keyNames(signalbox::gateway::keyNames(settings))
    , secrets(std::move(own))
    , keys(static_cast<int>(secrets.size()), settings.keyLimits)
    , limits(settings.limits)
{
    enableKeys();
    disabled = !secrets.empty() && std::ranges::all_of(secrets, [](const Secret &secret) {
        return secret.isEmpty();
    });
}

void ProviderState::enableKeys()
{
    keys.enableAll();
    for (std::size_t i = 0; i < secrets.size(); ++i) {
        if (secrets[i].isEmpty()) {
            keys.disable(static_cast<int>(i), "could not be read");
        }
    }
}

TargetState::TargetState(TargetId target,
                         std::shared_ptr<ProviderState> owner,
                         const BreakerSettings &settings)
    : id(std::move(target))
    , provider(std::move(owner))
    , breaker(settings)
    , told(provider->keys.size())
{}

void Upstreams::configure(const Configuration &configuration,
                          const Credentials &credentials,
                          SteadyTime now)
{
    const auto oldTargets = std::exchange(m_targets, {});
    const auto oldProviders = std::exchange(m_providers, {});
    m_byName.clear();
    m_lines.clear();
    for (const ProviderSettings &settings : configuration.providers) {
        std::vector<Secret> secrets = secretsFor(credentials, settings.id);
        const auto before = std::ranges::find_if(oldProviders, [&](const auto &provider) {
            return isSamePlace(*provider, settings) && sameSecrets(provider->secrets, secrets)
                   && provider->keyNames == keyNames(settings);
        });
        if (before != oldProviders.end()) {
            m_providers.push_back(*before);
            m_providers.back()->limitSettings = settings.limits;
            m_providers.back()->limits.apply(settings.limits);
            m_providers.back()->keys.applyLimits(settings.keyLimits);
        } else {
            m_providers.push_back(std::make_shared<ProviderState>(settings, std::move(secrets)));
        }
        for (const ModelSettings &model : settings.models) {
            const TargetId id(settings.id, model.name);
            const auto known = std::ranges::find_if(oldTargets, [&](const auto &target) {
                return target->id == id && isSamePlace(*target->provider, settings);
            });
            if (known != oldTargets.end()) {
                m_targets.push_back(*known);
                if (m_targets.back()->provider != m_providers.back()) {
                    m_targets.back()->provider = m_providers.back();
                    m_targets.back()->told.assign(m_providers.back()->keys.size(), {});
                }
                if (m_targets.back()->breaker.settings() != settings.breaker) {
                    m_targets.back()->breaker.apply(settings.breaker, now);
                }
            } else {
                m_targets.push_back(
                    std::make_shared<TargetState>(id, m_providers.back(), settings.breaker));
            }
            m_targets.back()->misconfigured = false;
            m_byName[id] = m_targets.back().get();
        }
    }
}

TargetState *Upstreams::find(const TargetId &target) const
{
    const auto found = m_byName.find(target);
    return found == m_byName.end() ? nullptr : found->second;
}

ProviderState *Upstreams::findProvider(std::string_view id) const
{
    const auto found = std::ranges::find_if(m_providers, [id](const auto &provider) {
        return provider->id == id;
    });
    return found == m_providers.end() ? nullptr : found->get();
}

routing::Availability Upstreams::availability(const TargetId &target,
                                              std::int64_t tokens,
                                              SteadyTime now) const
{
    const TargetState *state = find(target);
    if (state == nullptr) {
        return {Veto::NotServable, "no longer configured"};
    }
    routing::Availability reach = reachable(*state, now);
    if (reach.veto != Veto::None) {
        return reach;
    }
    if (!state->provider->keys.hasUsable(now)) {
        const auto why = state->provider->keysLostTo;
        return {Veto::NoUsableKey, why ? std::string(toString(*why)) : ""};
    }
    if (state->provider->limits.obstacle(tokens, now)) {
        return {Veto::RateLimited, ""};
    }
    if (state->provider->keys.roomAt(tokens, now, state->told) != now) {
        return {Veto::RateLimited, "none of its keys has room"};
    }
    return {};
}

/// All but keys and limits.
routing::Availability Upstreams::reachable(const TargetState &state, SteadyTime now)
{
    if (state.provider->disabled) {
        return {Veto::ProviderDisabled, "its key could not be read"};
    }
    if (state.breaker.isDrained()) {
        return {Veto::Drained, ""};
    }
    if (!state.breaker.isAvailable(now)) {
        const bool forced = state.breaker.forced(now) == ForcedState::Open;
        return {forced ? Veto::ForcedOpen : Veto::BreakerOpen, state.breaker.forcedReason()};
    }
    return {};
}

bool Upstreams::isServedBy(const TargetId &target, const ProviderSettings &settings) const
{
    const TargetState *state = find(target);
    return state != nullptr && isSamePlace(*state->provider, settings);
}

std::optional<SteadyTime> Upstreams::keyUsableAt(const TargetId &target, SteadyTime now) const
{
    const TargetState *state = find(target);
    return state == nullptr ? std::nullopt : state->provider->keys.earliest(now);
}

std::optional<SteadyTime> Upstreams::earliestRecovery(const Decision &decision,
                                                      SteadyTime now) const
{
    std::optional<SteadyTime> earliest;
    for (const Candidate &candidate : decision.candidates) {
        const TargetState *state = find(candidate.target);
        if (state == nullptr || candidate.veto == Veto::MissingFeature
            || candidate.veto == Veto::NotPinned || candidate.veto == Veto::NotServable
            || state->breaker.isDrained()) {
            continue;
        }
        std::optional<SteadyTime> at = now;
        if (!state->breaker.isAvailable(now)) {
            at = state->breaker.retryAt(now);
        }
        const auto usableAt = state->provider->keys.earliest(now);
        if (!at || !usableAt) {
            continue;
        }
        const auto keyAt = state->provider->keys.roomAt(0, now, state->told).value_or(*usableAt);
        SteadyTime free = std::max(*at, keyAt);
        const auto obstacle = state->provider->limits.obstacle(0, now);
        if (obstacle && obstacle->roomAt) {
            free = std::max(free, *obstacle->roomAt);
        }
        earliest = earliest ? std::min(*earliest, free) : free;
    }
    return earliest;
}

Secret Upstreams::key(const Grant &grant) const
{
    if (grant.keyIndex < 0) {
        return {};
    }
    return grant.provider->secrets[static_cast<std::size_t>(grant.keyIndex)];
}

bool Upstreams::settle(
    Grant &grant, const Outcome &outcome, std::int64_t usedTokens, SteadyTime now, Lesson lesson)
{
    SB_CHECK(grant.permit.has_value()); // settled once
    TargetState &state = *grant.state;
    ProviderState &provider = *grant.provider;
    provider.limits.settle(*grant.permit, usedTokens, now);
    provider.keys.settle(*grant.keyUse, usedTokens, now);
    grant.permit.reset();
    grant.keyUse.reset();
    --state.inFlight;
    if (lesson == Lesson::None) {
        state.breaker.released(grant.ticket, now);
        return false;
    }
    const auto policy = resilience::policyFor(outcome.outcome);
    if (lesson == Lesson::Client && policy.breaker != BreakerEffect::Ignores) {
        state.provedAt = now;
    }
    const std::string source = lesson == Lesson::HealthCheck ? "health check" : "";
    state.misconfigured = policy.misconfigured
                          || (state.misconfigured && outcome.outcome != OutcomeClass::Success);
    const std::string why(toString(outcome.outcome));
    if (const auto cooling = resilience::coolingFor(policy.key, outcome.hint)) {
        provider.keys.cool(grant.keyIndex, now + *cooling, why);
        provider.keysLostTo = outcome.outcome;
    } else if (policy.key == KeyAction::Disable) {
        provider.keys.disable(grant.keyIndex, why);
        provider.keysLostTo = outcome.outcome;
    }
    switch (policy.breaker) {
    case BreakerEffect::Success:
        return state.breaker.succeeded(grant.ticket, now, source);
    case BreakerEffect::Ignores:
        state.breaker.released(grant.ticket, now);
        return false;
    case BreakerEffect::Counts:
        break;
    }
    if (policy.scope == FailureScope::Provider) {
        countElsewhere(state, outcome.outcome, now);
    }
    return state.breaker.failed(grant.ticket, now, outcome.outcome, source);
}

/// What failed is the provider's door: it is the same one for its other targets.
void Upstreams::countElsewhere(const TargetState &failed, OutcomeClass outcome, SteadyTime now)
{
    for (const auto &target : m_targets) {
        if (target.get() != &failed && target->provider == failed.provider) {
            target->breaker.failedElsewhere(now, outcome);
        }
    }
}

void Upstreams::noteHeadRoom(const Grant &grant, const providers::HeadRoom &room, Now now)
{
    TargetState &state = *grant.state;
    if (room == providers::HeadRoom() || state.provider != grant.provider) {
        return;
    }
    const auto wordOf = [](const providers::HeadRoomGauge &gauge) {
        return limits::ToldLimit{gauge.limit, gauge.remaining, gauge.resetIn};
    };
    limits::ToldRooms &told = state.told[grant.provider->keys.slotOf(grant.keyIndex)];
    told.requests.tell(wordOf(room.requests), now.steady);
    told.tokens.tell(wordOf(room.tokens), now.steady);
    state.provider->headRoom = room;
    state.provider->headRoomAt = now.system;
}

} // namespace signalbox::gateway
