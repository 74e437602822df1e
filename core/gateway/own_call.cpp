// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/own_call.h"

#include "core/base/check.h"

#include <utility>

namespace signalbox::gateway {

namespace {

/// \p plan without its grant is left.
Attempt::Plan attemptOf(OwnCall::Plan &plan, AttemptId id)
{
    const Configuration &configuration = *plan.configuration;
    const TargetId &target = plan.grant.target;
    Attempt::Plan attempt;
    attempt.id = id;
    attempt.timeouts = plan.timeouts;
    attempt.provider = configuration.provider(target.provider());
    attempt.model = configuration.model(target);
    SB_CHECK(attempt.provider != nullptr && attempt.model != nullptr);
    attempt.family = tokens::familyFor(attempt.provider->kind, *attempt.model);
    attempt.adapter = &providers::adapterFor(attempt.provider->kind);
    attempt.decoder = std::move(plan.decoder);
    attempt.stream = plan.stream;
    attempt.promptTokens = plan.promptTokens;
    attempt.notes = plan.call.notes;
    attempt.grant = std::move(plan.grant);
    return attempt;
}

} // namespace

OwnCall::OwnCall(Plan plan, OwnShared shared, Now now, Actions &out)
    : m_configuration(plan.configuration)
    , m_shared(shared)
    , m_attempt(attemptOf(plan, ++shared.lastAttempt), now)
    , m_reserved(plan.expected)
{
    m_shared.budgets.reserve({}, target(), m_reserved, now.system);
    const ProviderSettings *provider = m_configuration->provider(target().provider());
    CallUpstream action{0, id(), m_configuration, provider, std::move(plan.call), {}};
    action.key = m_shared.upstreams.key(m_attempt.grant());
    out.emplace_back(std::move(action));
}

Attempt::Progress OwnCall::on(const UpstreamEvent &event, Now now, Actions &out)
{
    Attempt::Progress progress = m_attempt.on(event, now);
    const bool over = std::holds_alternative<UpstreamEnd>(event)
                      || std::holds_alternative<UpstreamFailed>(event);
    if (progress.end && !over) {
        if (progress.end->outcome == OutcomeClass::Success) {
            out.emplace_back(ReleaseUpstream{id()});
        } else {
            cutOff(out);
        }
    }
    return progress;
}

std::optional<Outcome> OwnCall::expired(Now now, Actions &out)
{
    auto outcome = m_attempt.expired(now.steady);
    if (outcome) {
        cutOff(out);
    }
    return outcome;
}

void OwnCall::cutOff(Actions &out)
{
    out.emplace_back(CancelUpstream{id()});
}

AttemptRecord OwnCall::settle(const Outcome &outcome, Lesson lesson, Now now)
{
    AttemptRecord record = m_attempt.finish(outcome, false, now);
    const auto used = record.usage ? record.usage->promptTokens + record.usage->completionTokens
                                   : 0;
    record.counted =
        m_shared.upstreams.settle(m_attempt.grant(), outcome, used, now.steady, lesson);
    m_shared.budgets.settle({},
                            record.target,
                            m_reserved,
                            record.cost.amount.value_or(Money()),
                            now.system);
    return record;
}

} // namespace signalbox::gateway
