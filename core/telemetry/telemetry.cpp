// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/telemetry.h"

#include "core/base/bounds.h"
#include "core/telemetry/views.h"

#include <algorithm>
#include <utility>

namespace signalbox::telemetry {
namespace {

void addOne(std::int64_t &count)
{
    ++count;
}

template <typename Named>
Named *findNamed(std::vector<Named> &list, std::string Named::*name, std::string_view wanted)
{
    const auto found = std::find_if(list.begin(), list.end(), [&](const Named &one) {
        return one.*name == wanted;
    });
    return found == list.end() ? nullptr : &*found;
}

/// Moves the counts of \p before that \p after still names.
void keepTargets(ProviderCounters &after, ProviderCounters &before)
{
    for (TargetCounters &target : after.targets) {
        for (TargetCounters &old : before.targets) {
            if (old.target == target.target) {
                target = std::move(old);
                target.misconfigured = false; // perhaps just what the new configuration mends
                break;
            }
        }
    }
}

void keepProvider(ProviderCounters &after, ProviderCounters &before)
{
    after.headRoom = before.headRoom;
    after.abandoned = before.abandoned;
    after.starts = std::move(before.starts);
    after.recent = std::move(before.recent);
    keepTargets(after, before);
}

bool sameTargets(const RouteCounters &a, const RouteCounters &b)
{
    return std::equal(a.shares.begin(),
                      a.shares.end(),
                      b.shares.begin(),
                      b.shares.end(),
                      [](const ShareCounter &x, const ShareCounter &y) {
                          return x.target == y.target;
                      });
}

void keepRoute(RouteCounters &after, RouteCounters &before)
{
    after.requests = std::move(before.requests);
    after.starts = std::move(before.starts);
    if (!sameTargets(after, before)) {
        return;
    }
    after.attempts = std::move(before.attempts);
    for (std::size_t i = 0; i < after.shares.size(); ++i) {
        after.shares[i].attempts = std::move(before.shares[i].attempts);
    }
}

} // namespace

Telemetry::Telemetry(const Configuration &configuration, Now start)
    : m_counters(start)
    , m_series(configuration.providers.size(), start)
{
    configureProviders(configuration, start.steady);
    configureRoutes(configuration, start.steady);
}

SnapshotPtr Telemetry::snapshot(Now now, const LiveState &live)
{
    m_series.advance(now);
    auto result = std::make_shared<Snapshot>();
    result->sequence = ++m_sequence;
    result->at = now;
    result->startedAt = m_counters.startedAt;
    result->listen = live.listen;
    result->revision = live.configRevision;
    result->totals = totalsOf(m_counters, now.steady);
    result->totals.inFlight = live.requestsInFlight;
    for (const ProviderCounters &provider : m_counters.providers) {
        result->providers.push_back(viewOf(provider, live, now.steady));
    }
    for (const RouteCounters &route : m_counters.routes) {
        result->routes.push_back(viewOf(route, now.steady));
    }
    result->transitions.assign(m_transitions.begin(), m_transitions.end());
    result->ledger = live.ledger;
    result->budgets = live.budgets;
    result->seconds = m_series.published(TimeSeries::Width::Second);
    result->tens = m_series.published(TimeSeries::Width::TenSeconds);
    result->minutes = m_series.published(TimeSeries::Width::Minute);
    result->hours = m_series.published(TimeSeries::Width::Hour);
    return result;
}

void Telemetry::configure(const Configuration &configuration, Now now)
{
    std::vector<std::optional<std::size_t>> before;
    for (const ProviderSettings &provider : configuration.providers) {
        const ProviderCounters *known = providerOf(provider.id);
        before.push_back(known == nullptr ? std::nullopt
                                          : std::optional(static_cast<std::size_t>(
                                              known - m_counters.providers.data())));
    }
    m_series.advance(now);
    m_series.rearrange(before);
    configureProviders(configuration, now.steady);
    configureRoutes(configuration, now.steady);
}

void Telemetry::requestStarted(std::string_view route, Now now)
{
    m_counters.arrivals.record(now.steady, addOne);
    if (RouteCounters *known = routeOf(route)) {
        known->starts.record(now.steady, addOne);
    }
}

void Telemetry::requestEnded(const RequestRecord &request, Now now)
{
    const CallSample sample = sampleOf(request);
    ++m_counters.requests;
    m_counters.failedRequests += sample.failed ? 1 : 0;
    m_counters.recentRequests.record(now.steady, [&](Tally &tally) { tally.add(sample); });
    if (RouteCounters *route = routeOf(request.route)) {
        route->add(request, now.steady);
    } else {
        addRequest(m_counters.otherRequests, request);
    }
    if (!request.attempts.empty()) {
        m_counters.decode.add(request.stages.decode.count());
        m_counters.decide.add(request.stages.decide.count());
        m_counters.encode.add(request.stages.encode.count());
    }
    if (request.abandoned) {
        countAbandoned(request);
    }
}

void Telemetry::attemptStarted(const TargetId &target, Now now)
{
    if (const auto place = placeOf(target)) {
        m_counters.providers[place->provider].starts.record(now.steady, addOne);
    }
}

void Telemetry::attemptEnded(const AttemptRecord &attempt, Now now, std::string_view operation)
{
    const CallSample sample = sampleOf(attempt);
    const auto addSample = [&sample](Tally &tally) { tally.add(sample); };
    const auto place = placeOf(attempt.target);
    countersOf(attempt.target).add(attempt, operationFromString(operation), now.steady);
    m_counters.recentAttempts.record(now.steady, addSample);
    if (place) {
        m_counters.providers[place->provider].recent.record(now.steady, addSample);
    }
    m_series.add(place ? std::optional(place->provider) : std::nullopt, sample, now);
}

void Telemetry::breakerChanged(const BreakerTransition &transition)
{
    if (m_transitions.size() == bounds::kTransitionsShownMax) {
        m_transitions.pop_front();
    }
    m_transitions.push_back(transition);
    if (transition.from != transition.to) {
        ++countersOf(transition.target).transitions[static_cast<std::size_t>(transition.to)];
    }
}

void Telemetry::shortCircuited(const TargetId &target)
{
    ++countersOf(target).shortCircuited;
}

void Telemetry::streamInterrupted(const TargetId &target, OutcomeClass outcome)
{
    ++countersOf(target).interruptions[static_cast<std::size_t>(outcome)];
}

void Telemetry::healthChecked(const AttemptRecord &attempt)
{
    TargetCounters &counters = countersOf(attempt.target);
    ++counters.healthChecks[static_cast<std::size_t>(attempt.outcome)];
    counters.healthCheckCost += attempt.cost.amount.value_or(Money());
}

void Telemetry::embedded(const AttemptRecord &attempt)
{
    TargetCounters &counters = countersOf(attempt.target);
    ++counters.embeddings[static_cast<std::size_t>(attempt.outcome)];
    counters.embeddingCost += attempt.cost.amount.value_or(Money());
}

void Telemetry::shadowed(const AttemptRecord &attempt)
{
    TargetCounters &counters = countersOf(attempt.target);
    ++counters.shadows[static_cast<std::size_t>(attempt.outcome)];
    counters.shadowCost += attempt.cost.amount.value_or(Money());
}

void Telemetry::headRoom(std::string_view provider, const HeadRoom &headRoom)
{
    if (ProviderCounters *known = providerOf(provider)) {
        known->headRoom = headRoom;
    }
}

void Telemetry::configureProviders(const Configuration &configuration, SteadyTime now)
{
    std::vector<ProviderCounters> providers;
    for (const ProviderSettings &settings : configuration.providers) {
        ProviderCounters &added = providers.emplace_back(settings, now);
        if (ProviderCounters *known = providerOf(settings.id)) {
            keepProvider(added, *known);
        }
    }
    m_counters.providers = std::move(providers);
    m_places.clear();
    for (std::size_t i = 0; i < m_counters.providers.size(); ++i) {
        const auto &targets = m_counters.providers[i].targets;
        for (std::size_t j = 0; j < targets.size(); ++j) {
            m_places[targets[j].target] = {i, j};
        }
    }
}

void Telemetry::configureRoutes(const Configuration &configuration, SteadyTime now)
{
    std::vector<RouteCounters> routes;
    for (const RouteSettings &settings : configuration.routes) {
        RouteCounters &added = routes.emplace_back(settings, now);
        if (RouteCounters *known = routeOf(settings.name)) {
            keepRoute(added, *known);
        }
    }
    m_counters.routes = std::move(routes);
}

std::optional<Telemetry::Place> Telemetry::placeOf(const TargetId &target) const
{
    const auto found = m_places.find(target);
    return found == m_places.end() ? std::nullopt : std::optional(found->second);
}

TargetCounters &Telemetry::countersOf(const TargetId &target)
{
    const auto place = placeOf(target);
    return place ? m_counters.providers[place->provider].targets[place->target]
                 : m_counters.elsewhere;
}

ProviderCounters *Telemetry::providerOf(std::string_view id)
{
    return findNamed(m_counters.providers, &ProviderCounters::id, id);
}

RouteCounters *Telemetry::routeOf(std::string_view name)
{
    return findNamed(m_counters.routes, &RouteCounters::name, name);
}

/// The provider the client was waiting for is that of the last attempt.
void Telemetry::countAbandoned(const RequestRecord &request)
{
    ++m_counters.abandoned;
    const auto place = request.attempts.empty() ? std::nullopt
                                                : placeOf(request.attempts.back().target);
    if (place) {
        ++m_counters.providers[place->provider].abandoned;
    } else {
        ++m_counters.abandonedElsewhere;
    }
}

} // namespace signalbox::telemetry
