// SPDX-License-Identifier: Apache-2.0
// The gateway's own calls in a simulation: health checks and shadows.
#include "tests/sim/simulation.h"

#include <utility>

namespace signalbox::sim {

using namespace gateway;

void Simulation::beginOwnCall(const CallUpstream &action)
{
    const OwnKind kind = ownKindOf(action);
    Call call;
    call.target = kind == OwnKind::ModelList
                      ? TargetId(action.provider->id, action.provider->models.front().name)
                      : targetOf(action);
    prepare(action, call);
    if (m_report.fault) {
        return;
    }
    const std::string &name = call.target.name();
    if (m_draining) {
        check("our own call of " + name + " was begun while the gateway ends");
    }
    if (!call.seats->hasRoomToSpare()) {
        check("our own call of " + name + " took a place that a client may need");
    }
    if (kind != OwnKind::ModelList) { // which costs nothing
        check(m_budgets.faultInCall({}, *action.provider, *m_configuration, m_now.system));
    }
    if (kind == OwnKind::Shadow) {
        check(faultInShadow(action, call));
        ++m_report.shadows;
    } else {
        ++m_report.healthChecks;
    }
    const bool stream = action.call.body.find(R"("stream":true)") != std::string::npos;
    CallSeen seen = script(action, {.stream = stream, .list = kind == OwnKind::ModelList}, call);
    m_ownCalls[action.attempt] = {kind, false, std::move(seen), action.configuration};
    put(action, std::move(call));
}

/// Whether a shadow may be asked now: of all calls it is the last to be wanted.
std::optional<std::string> Simulation::faultInShadow(const CallUpstream &action,
                                                     const Call &call) const
{
    if (!call.breaker->isUndisturbed(m_now.steady)) {
        return "a shadow at " + call.target.name() + ", whose breaker is not closed";
    }
    const ProviderSettings *provider = m_configuration->provider(action.provider->id);
    const auto budget = provider == nullptr ? std::nullopt : provider->budgetPerDay;
    const Money spent = m_budgets.spent(BudgetOwner::Provider, action.provider->id, m_now.system);
    return budget && spent.nanos() > budget->nanos() / 2 ? std::optional(
               "a shadow at " + action.provider->id + ", whose budget is more than half spent")
                                                         : std::nullopt;
}

void Simulation::endOwnCall(AttemptId attempt)
{
    callForOwnRecord();
    m_endedOwn = std::move(m_ownCalls.at(attempt));
    m_ownCalls.erase(attempt);
    m_ownBooks.ended(*m_endedOwn);
    const bool failed = m_endedOwn->seen.counted
                        && m_endedOwn->seen.outcome != OutcomeClass::Success;
    m_report.failedChecks += failed ? 1 : 0;
    m_report.goodChecks += m_endedOwn->seen.counted && !failed ? 1 : 0;
}

/// A record belongs to the call that ended right before it.
void Simulation::ownRecord(const RequestRecord &record)
{
    const auto call = std::exchange(m_endedOwn, std::nullopt);
    if (!call) {
        check("a record of a call of our own that has not just ended: " + record.operation);
        return;
    }
    check(faultInOwnRecord(*call, record));
    if (m_report.fault) {
        return;
    }
    if (record.shadow) {
        const auto of = m_answered.find(record.shadow->of);
        const bool right = of != m_answered.end() && of->second.client == record.client
                           && of->second.target == record.shadow->answered
                           && of->second.words.value_or(record.shadow->bytesAnswered)
                                  == record.shadow->bytesAnswered;
        if (!right) {
            check("a shadow of a request that was not answered so: " + record.shadow->of);
        }
        m_report.gradedShadows += record.shadow->similarity ? 1 : 0;
    }
    m_ownBooks.add(record);
    m_budgets.add({},
                  call->seen.target.provider(),
                  record.cost.amount.value_or(Money()),
                  call->seen.endedAt);
}

/// The one that ended last must have been booked, if it is one that is.
void Simulation::callForOwnRecord()
{
    const auto call = std::exchange(m_endedOwn, std::nullopt);
    if (call && call->isBooked()) {
        check("a call of our own at " + call->seen.target.name() + " is in no book");
    }
}

} // namespace signalbox::sim
