// SPDX-License-Identifier: Apache-2.0
// Who may be asked, and who is asked first: the question that the gateway puts to the router.
#include "core/gateway/forecast.h"
#include "core/replay/replayer.h"
#include "core/routing/router.h"

#include <algorithm>
#include <utility>

namespace signalbox::replay {
namespace {

/// What forecasts are told of a request.
RequestRecord recordFor(const RecordedRequest &request)
{
    RequestRecord record;
    record.arrived = request.arrived;
    record.operation = request.embeddings ? "embeddings" : "chat";
    record.facts.task = request.facts.task;
    record.facts.maxOutputTokens = request.facts.maxOutputTokens;
    return record;
}

/// A rule asks for something that the record does not have: it was not asked for then.
bool isBlind(const RuleSettings &rule, const RequestFacts &facts)
{
    return std::ranges::any_of(rule.when, [&](const Condition &condition) {
        return (condition.fact == Fact::Language && facts.language.empty())
               || (condition.fact == Fact::Header && !facts.headers.contains(condition.key));
    });
}

} // namespace

routing::Availability Replayer::availability(const Journey &journey, const TargetId &target) const
{
    const RecordedRequest &request = journey.recorded();
    const std::uint32_t number = m_run.targets.find(target.name());
    for (const RecordedVeto &veto : m_traffic.vetoesOf(request)) {
        if (veto.target == number) {
            return {veto.veto, {}};
        }
    }
    const ModelSettings *model = m_configuration->model(target);
    if (model == nullptr) {
        return {Veto::NotServable, {}};
    }
    // A context bounds each text of a request for embeddings, not their sum.
    routing::Availability able = routing::capabilityOf(*model,
                                                       request.needs,
                                                       request.embeddings
                                                           ? 0
                                                           : request.facts.promptTokens);
    if (able.veto == Veto::None) {
        able = m_upstreams.availability(target, request.facts.promptTokens, m_now);
    }
    if (able.veto == Veto::None && tooDear(journey, target)) {
        able.veto = Veto::BudgetExhausted;
    }
    if (able.veto == Veto::None && journey.route().ejectSlow
        && m_outliers.ejected(journey.route().name, target, m_now)) {
        able.veto = Veto::TooSlow;
    }
    return able;
}

std::optional<BudgetView> Replayer::tooDear(const Journey &journey, const TargetId &target) const
{
    const RecordedRequest &request = journey.recorded();
    if (!m_hasBudgets || !m_budgets.areBounded(request.facts.client, target)) {
        return std::nullopt;
    }
    return m_budgets.obstacle(request.facts.client,
                              target,
                              expectedCost(journey, target),
                              request.arrived);
}

Money Replayer::expectedCost(const Journey &journey, const TargetId &target) const
{
    const RecordedRequest &request = journey.recorded();
    return gateway::expectedCost(target,
                                 recordFor(request),
                                 request.facts.promptTokens,
                                 *m_configuration,
                                 m_experience,
                                 m_now);
}

void Replayer::decide(Journey &journey)
{
    const RecordedRequest &request = journey.recorded();
    const RouteSettings &route = journey.route();
    const routing::AvailabilityLookup lookup = [&](const TargetId &target, FeatureSet) {
        return availability(journey, target);
    };
    const auto warm = route.promptCacheAffinity ? request.warm : std::nullopt;
    const routing::ForecastLookup forecast = [&](const TargetId &target) {
        return m_configuration->model(target) == nullptr
                   ? Forecast{}
                   : gateway::forecastOf(target,
                                         recordFor(request),
                                         request.facts.promptTokens,
                                         *m_configuration,
                                         m_experience,
                                         m_now,
                                         warm);
    };
    const std::uint64_t seed = m_options.freshDraws ? m_random.next() : request.seed;
    Decision decision = routing::decide({route,
                                         request.facts,
                                         request.needs,
                                         lookup,
                                         seed,
                                         forecast,
                                         m_options.freshDraws ? std::nullopt : request.draw,
                                         warm},
                                        m_draws);
    for (std::size_t i = 0; i < decision.trials.size(); ++i) {
        const bool blind = isBlind(route.rules[i], request.facts);
        if (!blind && !decision.trials[i].matched) {
            continue;
        }
        RuleTally &tally = m_run.rules[{route.name, decision.trials[i].rule}];
        tally.blind += blind ? 1 : 0;
        tally.caught += decision.trials[i].matched ? 1 : 0;
    }
    journey.decided(std::move(decision));
}

} // namespace signalbox::replay
