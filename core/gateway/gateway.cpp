// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/gateway.h"

#include "core/telemetry/prometheus.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

std::string_view toString(Act act)
{
    switch (act) {
    case Act::Trip:
        return "trip";
    case Act::Hold:
        return "hold";
    case Act::Reset:
        return "reset";
    case Act::Drain:
        return "drain";
    case Act::Undrain:
        return "undrain";
    }
    return "";
}

std::optional<Act> actFromString(std::string_view name)
{
    for (const Act act : {Act::Trip, Act::Hold, Act::Reset, Act::Drain, Act::Undrain}) {
        if (toString(act) == name) {
            return act;
        }
    }
    return std::nullopt;
}

Gateway::Gateway(GatewayOptions options,
                 std::shared_ptr<const Configuration> configuration,
                 const Credentials &credentials,
                 Now now)
    : m_options(std::move(options))
    , m_configuration(std::move(configuration))
    , m_random(m_options.seed)
    , m_draws(m_options.seed)
    , m_budgets(m_options.dayEndIn)
    , m_telemetry(*m_configuration, now)
    , m_healthChecks({m_upstreams, m_budgets, m_telemetry, m_lastAttempt}, ~m_options.seed)
    , m_shadows({m_upstreams, m_budgets, m_telemetry, m_lastAttempt},
                m_tokens,
                m_options.seed ^ 0x5AD0'5AD0ULL)
    , m_embedder({m_upstreams, m_budgets, m_telemetry, m_lastAttempt},
                 m_options.seed ^ 0xE3BE'DDE2ULL)
{
    m_budgets.configure(*m_configuration, now.system);
    m_upstreams.configure(*m_configuration, credentials, now.steady);
    m_admission.configure(m_configuration, credentials);
    m_cache.configure(m_configuration, now);
    m_embedder.configure(m_configuration);
    m_healthChecks.configure(m_configuration, now.steady);
}

Gateway::~Gateway() = default;

void Gateway::configure(std::shared_ptr<const Configuration> configuration,
                        const Credentials &credentials,
                        Now now)
{
    m_configuration = std::move(configuration);
    if (m_trial && m_trial->base() != m_configuration->revision) {
        m_trial.reset();
    }
    std::erase_if(m_effects, [this](const auto &entry) {
        return m_configuration->route(entry.first) == nullptr;
    });
    m_upstreams.configure(*m_configuration, credentials, now.steady);
    m_admission.configure(m_configuration, credentials);
    m_cache.configure(m_configuration, now);
    m_budgets.configure(*m_configuration, now.system);
    m_telemetry.configure(*m_configuration, now);
    m_experience.keepOnly(
        [this](const TargetId &target) { return m_configuration->model(target) != nullptr; });
    m_affinity.keepOnly(
        [this](const TargetId &target) { return m_configuration->model(target) != nullptr; });
    m_outliers.configure(m_configuration->routes);
    if (!m_ownCallsEnded) {
        m_healthChecks.configure(m_configuration, now.steady);
        m_embedder.configure(
            m_configuration); // who waits for another is told when it is next looked at
    }
    letWaitingReconsider(now.steady);
}

void Gateway::upstream(AttemptId attempt, const UpstreamEvent &event, Now now, Actions &out)
{
    const auto found = m_attempts.find(attempt);
    if (found == m_attempts.end()) {
        if (m_healthChecks.onUpstream(attempt, event, now, out)
            || m_shadows.onUpstream(attempt, event, now, out)
            || m_embedder.onUpstream(attempt, event, now, out)) {
            takePoints(now, out);
            letNextIn(now, out);
        }
        return;
    }
    const ExchangeId id = found->second;
    const std::size_t before = out.size();
    Exchange &exchange = *m_exchanges.at(id).exchange;
    exchange.onUpstream(attempt, event, now, out);
    if (!exchange.isInTheAir(attempt)) {
        m_attempts.erase(attempt);
    }
    after(id, before, now, out);
}

void Gateway::picture(
    ExchangeId id, std::size_t number, PictureResult result, Now now, Actions &out)
{
    const auto found = m_exchanges.find(id);
    if (found != m_exchanges.end()) {
        const std::size_t before = out.size();
        found->second.exchange->onPicture(number, std::move(result), now, out);
        after(id, before, now, out);
    }
}

void Gateway::clientSlow(ExchangeId id, bool slow, Now now)
{
    const auto found = m_exchanges.find(id);
    if (found != m_exchanges.end()) {
        found->second.exchange->setPaused(slow, now);
        schedule(id, found->second); // the idle timer runs again
    }
}

void Gateway::advance(Now now, Actions &out)
{
    while (!m_deadlines.empty() && m_deadlines.begin()->first <= now.steady) {
        const ExchangeId id = m_deadlines.begin()->second;
        m_deadlines.erase(m_deadlines.begin());
        Running &running = m_exchanges.at(id);
        running.registered = SteadyTime::max();
        if (running.exchange->mustBeDecided(now.steady)) {
            compared(id, std::nullopt, now, out);
            continue;
        }
        const std::size_t before = out.size();
        running.exchange->onTime(now, out);
        after(id, before, now, out);
    }
    if (m_healthChecks.deadline().value_or(SteadyTime::max()) <= now.steady) {
        m_healthChecks.advance(now, out);
        letNextIn(now, out);
    }
    if (m_shadows.deadline().value_or(SteadyTime::max()) <= now.steady) {
        m_shadows.advance(now, out);
        letNextIn(now, out);
    }
    if (m_embedder.deadline().value_or(SteadyTime::max()) <= now.steady) {
        m_embedder.advance(now, out);
        letNextIn(now, out);
    }
    takePoints(now, out);
}

void Gateway::endOwnCalls(Now now, Actions &out)
{
    m_ownCallsEnded = true;
    m_healthChecks.stop(now, out);
    m_shadows.stop(now, out);
    m_embedder.stop(now, out);
    takePoints(now, out);
    letNextIn(now, out);
}

void Gateway::shutDown(Now now, Actions &out)
{
    m_shutDown = true; // nothing is begun any more
    endOwnCalls(now, out);
    while (!m_exchanges.empty()) {
        const ExchangeId id = m_exchanges.begin()->first;
        const std::size_t before = out.size();
        m_exchanges.begin()->second.exchange->onShutDown(now, out);
        after(id, before, now, out);
    }
}

std::optional<SteadyTime> Gateway::nextDeadline() const
{
    auto next = m_healthChecks.deadline();
    if (const auto shadow = m_shadows.deadline()) {
        next = std::min(next.value_or(SteadyTime::max()), *shadow);
    }
    if (const auto embedder = m_embedder.deadline()) {
        next = std::min(next.value_or(SteadyTime::max()), *embedder);
    }
    if (!m_deadlines.empty()) {
        next = std::min(next.value_or(SteadyTime::max()), m_deadlines.begin()->first);
    }
    return next;
}

std::optional<AttemptId> Gateway::attemptOf(ExchangeId id) const
{
    const auto found = m_exchanges.find(id);
    return found == m_exchanges.end() ? std::nullopt : found->second.exchange->attempt();
}

/// Keeps the books after an exchange has acted: which attempts are its, when it wants to be woken,
/// and whether it is over. A deadline that moved later is left where it stands: a stream moves it
/// with every piece, and being woken early costs less than moving it each time.
void Gateway::keepBooks(ExchangeId id, std::size_t firstAction, Now now, Actions &out)
{
    for (std::size_t i = firstAction; i < out.size(); ++i) {
        if (const auto *call = std::get_if<CallUpstream>(&out[i])) {
            m_attempts[call->attempt] = id;
        } else if (const auto *cancel = std::get_if<CancelUpstream>(&out[i])) {
            m_attempts.erase(cancel->attempt);
        } else if (const auto *release = std::get_if<ReleaseUpstream>(&out[i])) {
            m_attempts.erase(release->attempt);
        } else if (const auto *end = std::get_if<Finished>(&out[i]);
                   end != nullptr && end->record) {
            learnEffect(*end->record, now);
        }
    }
    const auto found = m_exchanges.find(id);
    Running &running = found->second;
    if (running.exchange->isForOthers()) {
        withholdFromClient(id, firstAction, out);
    }
    if (running.exchange->isOver()) {
        auto shadow = running.exchange->takeShadow();
        const auto answer = running.exchange->takeAnswer();
        m_deadlines.erase({running.registered, id});
        m_exchanges.erase(found);
        if (shadow && !m_ownCallsEnded) {
            m_shadows.begin(std::move(*shadow), now, out);
        }
        land(id, answer, now, out);
        return;
    }
    schedule(id, running);
}

void Gateway::after(ExchangeId id, std::size_t firstAction, Now now, Actions &out)
{
    keepBooks(id, firstAction, now, out);
    letNextIn(now, out);
}

void Gateway::letNextIn(Now now, Actions &out)
{
    // What has ended may have left its place in the air to one that waits for it.
    while (const auto next = m_upstreams.nextInLine(now.steady)) {
        const std::size_t before = out.size();
        m_exchanges.at(*next).exchange->onPlace(now, out);
        keepBooks(*next, before, now, out);
    }
}

void Gateway::letWaitingReconsider(SteadyTime now)
{
    for (auto &[id, running] : m_exchanges) {
        running.exchange->reconsider(now);
        schedule(id, running);
    }
}

void Gateway::schedule(ExchangeId id, Running &running)
{
    const SteadyTime deadline = running.exchange->deadline();
    if (deadline < running.registered) {
        m_deadlines.erase({running.registered, id});
        m_deadlines.emplace(deadline, id);
        running.registered = deadline;
    }
}

bool Gateway::operate(Act act,
                      const TargetId &target,
                      std::optional<Millis> duration,
                      const std::string &reason,
                      Now now)
{
    const auto done = [&] {
        switch (act) {
        case Act::Trip:
            return m_upstreams.trip(target, now.steady, duration, reason);
        case Act::Hold:
            return m_upstreams.hold(target, now.steady, duration, reason);
        case Act::Reset:
            return m_upstreams.reset(target, now.steady, reason);
        case Act::Drain:
            return m_upstreams.drain(target, now.steady, reason);
        case Act::Undrain:
            return m_upstreams.undrain(target, now.steady, reason);
        }
        return false;
    }();
    publishTransitions(now);
    letWaitingReconsider(now.steady);
    return done;
}

telemetry::SnapshotPtr Gateway::snapshot(Now now)
{
    publishTransitions(now);
    return m_telemetry.snapshot(now, liveState(now));
}

std::string Gateway::metrics(Now now)
{
    publishTransitions(now);
    return telemetry::prometheusText(m_telemetry, liveState(now), now);
}

} // namespace signalbox::gateway
