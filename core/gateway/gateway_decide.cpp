// SPDX-License-Identifier: Apache-2.0
// What the decision is told of each target: whether it could serve, is free, and at what cost.
#include "core/gateway/forecast.h"
#include "core/gateway/gateway.h"
#include "core/providers/adapter.h"
#include "core/routing/router.h"

#include <array>
#include <cstdio>
#include <functional>

namespace signalbox::gateway {

/// Whether \p target could serve the request, were it free.
routing::Availability Gateway::capability(const Deciding &asked,
                                          std::int64_t promptTokens,
                                          const TargetId &target,
                                          const std::string &client) const
{
    const ProviderSettings *provider = m_configuration->provider(target.provider());
    const ModelSettings *model = m_configuration->model(target);
    const providers::Adapter &adapter = providers::adapterFor(provider->kind);
    // A context bounds each text of a request for embeddings, not their sum.
    routing::Availability capability = routing::capabilityOf(*model,
                                                             asked.request.needs,
                                                             asked.embeddings ? 0 : promptTokens);
    if (capability.veto != Veto::None) {
        return capability;
    }
    const auto vetoOf = [](const providers::Refusal &refusal) -> routing::Availability {
        const bool feature = refusal.feature.has_value();
        return {feature ? Veto::MissingFeature : Veto::NotServable,
                feature ? std::string(toString(*refusal.feature)) : refusal.text};
    };
    if (asked.embeddings) {
        const auto refusal = adapter.refusesEmbeddings(*asked.embeddings);
        return refusal ? vetoOf(*refusal) : routing::Availability();
    }
    if (const auto refusal = adapter.refuses(asked.request, model->name)) {
        return vetoOf(*refusal);
    }
    if (asked.rest.strict) {
        const auto reminded = m_reasoning.remind(asked.request, client, provider->kind);
        const auto call = adapter.encodeChat(reminded ? *reminded : asked.request,
                                             model->name,
                                             *model);
        if (call && !call->dropped.empty()) {
            return {Veto::NotServable, "it does not know " + call->dropped.front()};
        }
    }
    return {};
}

/// Whether \p target is too slow to serve in \p route.
routing::Availability Gateway::standsAside(const std::string &route,
                                           const TargetId &target,
                                           SteadyTime now) const
{
    const auto ejection = m_outliers.ejected(route, target, now);
    if (!ejection) {
        return {};
    }
    std::array<char, 64> detail{};
    std::snprintf(detail.data(),
                  detail.size(),
                  "takes %.1f times as long as the others, for %lld s more",
                  ejection->timesSlower,
                  static_cast<long long>(
                      std::chrono::ceil<Seconds>(ejection->until - now).count()));
    return {Veto::TooSlow, detail.data()};
}

Gateway::Deciding Gateway::decidingOf(const Considered &considered)
{
    const auto &embeddings = considered.asked.embeddings;
    return {considered.asked.request,
            embeddings ? &*embeddings : nullptr,
            considered.prompt,
            considered.rest};
}

void Gateway::decide(const Deciding &asked,
                     const Chance &chance,
                     RequestRecord &record,
                     Now now) const
{
    const Undecided &rest = asked.rest;
    const auto promptTokens = [&](const TargetId &target) {
        return m_tokens.promptTokens(asked.prompt, *m_configuration, target);
    };
    const auto lookup = [&](const TargetId &target, FeatureSet) -> routing::Availability {
        routing::Availability able = capability(asked, promptTokens(target), target, record.client);
        if (able.veto == Veto::None) {
            able = m_upstreams.availability(target, record.facts.promptTokens, now.steady);
        }
        if (able.veto == Veto::None && m_budgets.areBounded(record.client, target)) {
            const Money cost = expectedCost(target,
                                            record,
                                            promptTokens(target),
                                            *m_configuration,
                                            m_experience,
                                            now.steady);
            if (const auto budget = m_budgets.obstacle(record.client, target, cost, now.system)) {
                able = {Veto::BudgetExhausted, nameOfOwner(*budget)};
            }
        }
        if (able.veto == Veto::None && rest.route->ejectSlow) {
            able = standsAside(rest.route->name, target, now.steady);
        }
        return able;
    };
    const routing::AvailabilityLookup availability = std::cref(lookup); // asked in here alone
    const auto warm = m_affinity.warm(rest.prefixes, now.steady);
    const auto expected = [&](const TargetId &target) {
        return forecastOf(
            target, record, promptTokens(target), *m_configuration, m_experience, now.steady, warm);
    };
    const std::string routeName = record.route;
    record.decision = routing::decide({*rest.route,
                                       record.facts,
                                       asked.request.needs,
                                       availability,
                                       chance.seed,
                                       std::cref(expected),
                                       {},
                                       warm},
                                      chance.draws);
    record.decision.route = routeName;
    record.rule = record.decision.rule;
}

} // namespace signalbox::gateway
