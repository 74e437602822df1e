// SPDX-License-Identifier: Apache-2.0
// Two configurations side by side: one for a share of the requests, one for the others.
#include "core/gateway/gateway.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace signalbox::gateway {

namespace {

/// What is older says little of how things are.
constexpr Seconds kBeforeTrial = std::chrono::hours(1);

} // namespace

Status<std::string> Gateway::beginTrial(std::shared_ptr<const Configuration> draft,
                                        TrialTerms terms,
                                        Now now)
{
    if (m_trial) {
        return Failure{std::string("Another change is on trial already.")};
    }
    auto routes = routesOnTrial(*m_configuration, *draft);
    if (!routes) {
        return Failure{routes.error()};
    }
    std::vector<Effect> before;
    for (const std::string &route : *routes) {
        const auto known = m_effects.find(route);
        if (known == m_effects.end()) {
            continue;
        }
        std::ranges::copy_if(known->second.kept(),
                             std::back_inserter(before),
                             [since = now.system - kBeforeTrial](const Effect &effect) {
                                 return effect.arrived >= since;
                             });
    }
    m_trial = std::make_unique<Trial>(std::move(draft),
                                      *std::move(routes),
                                      m_configuration->revision,
                                      std::move(terms),
                                      before,
                                      m_random.next(),
                                      now);
    return Nothing{};
}

void Gateway::learnEffect(const RequestRecord &record, Now now)
{
    if (m_trial) {
        m_trial->observe(record);
        (void)m_trial->verdict(now.steady);
    }
    const auto effect = effectOf(record);
    if (effect && record.configRevision == m_configuration->revision
        && m_configuration->route(record.route) != nullptr) {
        m_effects[record.route].add(*effect);
    }
}

routing::DrawState &Gateway::drawsFor(const RequestRecord &record)
{
    return m_trial && record.configRevision == m_trial->revision() ? m_trial->draws() : m_draws;
}

} // namespace signalbox::gateway
