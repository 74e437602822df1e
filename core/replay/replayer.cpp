// SPDX-License-Identifier: Apache-2.0
#include "core/replay/replayer.h"

#include "core/routing/router.h"

#include <algorithm>
#include <utility>

namespace signalbox::replay {
namespace {

/// Requests between two looks at whether to go on.
constexpr std::uint32_t kLookEvery = 4096;

/// As many keys as are configured; what they say does not matter, since nothing is sent.
gateway::Credentials standIns(const Configuration &configuration)
{
    gateway::Credentials credentials;
    for (const ProviderSettings &provider : configuration.providers) {
        credentials.providers.push_back(
            {provider.id, std::vector<Secret>(provider.keys.size(), Secret("replayed"))});
    }
    return credentials;
}

bool looksBack(const std::vector<RouteSettings> &routes)
{
    const auto looksAhead = [](Strategy strategy) {
        return strategy == Strategy::Cheapest || strategy == Strategy::Fastest
               || strategy == Strategy::Balanced;
    };
    return std::ranges::any_of(routes, [&](const RouteSettings &route) {
        return looksAhead(route.strategy) || route.ejectSlow || route.promptCacheAffinity
               || (route.hedgeAfter && std::holds_alternative<double>(*route.hedgeAfter))
               || std::ranges::any_of(route.rules, [&](const RuleSettings &rule) {
                      return looksAhead(rule.strategy);
                  });
    });
}

bool bounds(const Configuration &configuration)
{
    return std::ranges::any_of(configuration.providers,
                               [](const ProviderSettings &provider) {
                                   return provider.budgetPerDay.has_value();
                               })
           || std::ranges::any_of(configuration.clients, [](const ClientSettings &client) {
                  return client.budgetPerDay.has_value();
              });
}

} // namespace

Replayer::Replayer(const Traffic &traffic,
                   const Outcomes &outcomes,
                   std::shared_ptr<const Configuration> configuration,
                   ReplayOptions options)
    : m_traffic(traffic)
    , m_outcomes(outcomes)
    , m_configuration(std::move(configuration))
    , m_options(std::move(options))
    , m_prices(*m_configuration, m_run.targets, traffic.models())
    , m_budgets(m_options.dayEnd)
    , m_draws(m_options.seed)
    , m_random(m_options.seed)
{
    m_run.targets = traffic.targets();
    m_run.tallies.resize(m_run.targets.size());
    m_hasBudgets = m_options.dayEnd && bounds(*m_configuration);
    m_learns = m_hasBudgets || looksBack(m_configuration->routes);
    if (!traffic.requests().empty()) {
        const SystemTime first = traffic.requests().front().arrived;
        m_now = SteadyTime(first.time_since_epoch());
        if (m_hasBudgets) {
            m_budgets.configure(*m_configuration, first);
        }
    }
    m_upstreams.configure(*m_configuration, standIns(*m_configuration), m_now);
    m_outliers.configure(m_configuration->routes);
}

Replayer::~Replayer() = default;

bool Replayer::isInSample(std::size_t request) const
{
    return static_cast<int>(request / ReplayOptions::kStretch % ReplayOptions::kBlocks)
           < m_options.blocks;
}

std::optional<Run> Replayer::run()
{
    const auto &requests = m_traffic.requests();
    m_run.ends.reserve(requests.size());
    for (std::uint32_t i = 0; i < requests.size(); ++i) {
        if (!isInSample(i)) {
            continue;
        }
        if (i % kLookEvery == 0 && m_options.goOn
            && !m_options.goOn(static_cast<double>(i) / static_cast<double>(requests.size()))) {
            return std::nullopt;
        }
        const SteadyTime at(requests[i].arrived.time_since_epoch());
        while (!m_events.empty() && m_events.top().at <= at) {
            const Event event = m_events.top();
            m_events.pop();
            happen(event);
        }
        m_now = std::max(m_now, at);
        arrive(i);
    }
    while (!m_events.empty()) {
        const Event event = m_events.top();
        m_events.pop();
        happen(event);
    }
    std::ranges::sort(m_run.ends, {}, &RequestEnd::request);
    return std::move(m_run);
}

void Replayer::arrive(std::uint32_t number)
{
    const RecordedRequest &request = m_traffic.requests()[number];
    if (request.standing == Standing::AsRecorded) {
        asRecorded(number);
        return;
    }
    auto route = routeOf(request);
    Journey &journey = openJourney();
    journey.begin(++m_lastJourney, number, std::move(route));
    decide(journey);
    journey.tryNext();
    letNextIn();
}

void Replayer::asRecorded(std::uint32_t number)
{
    const RecordedRequest &request = m_traffic.requests()[number];
    RequestEnd end;
    end.request = number;
    end.target = request.target;
    end.stream = request.stream;
    end.counts = request.counts;
    end.totalMicros = request.total.count();
    end.firstTokenMicros = request.firstToken ? request.firstToken->count() : -1;
    if (request.outcome == OutcomeClass::ClientGone) {
        end.ending = Ending::Abandoned;
    } else if (request.outcome != OutcomeClass::Success) {
        end.ending = request.limited ? Ending::Refused : Ending::Failed;
    }
    m_run.ends.push_back(end);
}

void Replayer::plan(Journey &journey, Kind kind, SteadyTime at, std::uint32_t call)
{
    m_events.push({at, ++m_order, journey.id(), journey.slot(), call, kind});
}

void Replayer::happen(const Event &event)
{
    Journey &journey = m_journeys[event.slot];
    if (journey.isOver() || journey.id() != event.journey) {
        return;
    }
    m_now = std::max(m_now, event.at);
    switch (event.kind) {
    case Kind::CallEnds:
        journey.callEnded(event.call);
        break;
    case Kind::CallBegins:
        journey.callBegan(event.call);
        break;
    case Kind::Hedge:
        journey.hedge();
        break;
    case Kind::Wake:
        journey.wake();
        break;
    case Kind::Deadline:
        journey.deadline();
        break;
    }
    letNextIn();
}

/// What has ended may have left its place in the air to one that waits for it.
void Replayer::letNextIn()
{
    while (!m_inLine.empty()) {
        const auto next = m_upstreams.nextInLine(m_now);
        if (!next) {
            return;
        }
        m_journeys[m_inLine.at(*next)].onPlace();
    }
}

Journey &Replayer::openJourney()
{
    if (m_free.empty()) {
        return m_journeys.emplace_back(*this, static_cast<std::uint32_t>(m_journeys.size()));
    }
    const std::uint32_t slot = m_free.back();
    m_free.pop_back();
    return m_journeys[slot];
}

void Replayer::closeJourney(Journey &journey)
{
    m_free.push_back(journey.slot());
}

/// The configuration's own, or one of the single target that the request asked for; one without
/// targets where the configuration does not have it any more.
std::shared_ptr<const RouteSettings> Replayer::routeOf(const RecordedRequest &request)
{
    auto &kept = m_routes[{request.route, request.pinned}];
    if (kept) {
        return kept;
    }
    const RouteSettings *named = request.route == Names::kNone
                                     ? nullptr
                                     : m_configuration->route(
                                         m_traffic.routes().name(request.route));
    if (request.pinned == Names::kNone) {
        kept = named == nullptr ? std::make_shared<const RouteSettings>()
                                : std::shared_ptr<const RouteSettings>(m_configuration, named);
        return kept;
    }
    const TargetId target(m_traffic.targets().name(request.pinned));
    RouteSettings route = m_configuration->model(target) == nullptr
                              ? RouteSettings()
                              : routing::routeToTarget(target);
    if (named != nullptr) {
        route.name = named->name;
        route.retry = named->retry;
        route.deadline = named->deadline;
        route.onStreamBreak = named->onStreamBreak;
    }
    kept = std::make_shared<const RouteSettings>(std::move(route));
    return kept;
}

std::uint32_t Replayer::numberOf(const TargetId &target)
{
    const std::uint32_t number = m_run.targets.number(target.name());
    if (number >= m_run.tallies.size()) {
        m_run.tallies.resize(number + 1);
    }
    return number;
}

} // namespace signalbox::replay
