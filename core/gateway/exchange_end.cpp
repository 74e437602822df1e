// SPDX-License-Identifier: Apache-2.0
// How attempts and the exchange itself end: what is settled, learned, told and put on record.
#include "core/base/check.h"
#include "core/gateway/admission.h"
#include "core/gateway/answer_headers.h"
#include "core/gateway/exchange.h"
#include "core/gateway/verdict.h"
#include "core/providers/head_room.h"
#include "core/resilience/failure_policy.h"
#include "core/telemetry/telemetry.h"

#include <utility>

namespace signalbox::gateway {

namespace {

constexpr int kClientClosedRequest = 499;

} // namespace

/// The attempt is over for everybody: breaker, keys, permits, telemetry, record.
void Exchange::settle(const Outcome &outcome, Now now)
{
    const bool contentSent = m_reply.hasSent();
    const auto headRoom = providers::readHeadRoom(m_attempt->headers(), now.system);
    m_shared.upstreams.noteHeadRoom(m_attempt->target(), headRoom, now.system);
    m_record->attempts.push_back(m_attempt->finish(outcome, contentSent, now));
    AttemptRecord &ended = m_record->attempts.back();
    const auto used = ended.usage ? ended.usage->promptTokens + ended.usage->completionTokens : 0;
    ended.counted = m_shared.upstreams.settle(m_attempt->grant(), outcome, used, now.steady);
    m_shared.budgets.settle(m_record->client,
                            ended.target,
                            std::exchange(m_reserved, Money()),
                            ended.cost.amount.value_or(Money()),
                            now.system);
    m_shared.telemetry.attemptEnded(ended, now);
    const auto policy = resilience::policyFor(outcome.outcome);
    if (contentSent && policy.breaker == resilience::BreakerEffect::Counts) {
        m_shared.telemetry.streamInterrupted(ended.target, outcome.outcome);
    }
    learn(ended, now.steady);
    m_attempt.reset();
}

/// What says something about the target: whole answers, and failures of its own.
void Exchange::learn(const AttemptRecord &attempt, SteadyTime now)
{
    const auto effect = resilience::policyFor(attempt.outcome).breaker;
    if (effect == resilience::BreakerEffect::Ignores) {
        return;
    }
    if (attempt.outcome == OutcomeClass::Success && attempt.usage && !m_plan.embeddings) {
        m_shared.tokens.learn(m_plan.prompt, *m_plan.configuration, attempt.target, *attempt.usage);
    }
    // What somebody tries out by hand is not what the routes' requests are like.
    if (m_record->client == kConsoleClient && m_record->route.empty()) {
        return;
    }
    routing::Observation seen;
    seen.failed = effect == resilience::BreakerEffect::Counts;
    seen.firstToken = attempt.firstToken;
    seen.total = attempt.total;
    if (attempt.usage) {
        seen.promptTokens = attempt.usage->promptTokens;
        seen.cachedTokens = attempt.usage->cachedTokens;
        seen.outputTokens = attempt.usage->completionTokens;
    }
    m_shared.experience.observe(attempt.target, m_record->taskName(), seen, now);
}

void Exchange::endWithFailure(Now now, Actions &out)
{
    if (m_pictures.areAwaited()) {
        endWith(m_pictures.tooLate(), now, out);
        return;
    }
    if (m_pictureFault && m_record->attempts.empty()) {
        endWith(*std::exchange(m_pictureFault, std::nullopt), now, out);
        return;
    }
    Verdict verdict(*m_record, m_lastOutcome, standing(now));
    verdict.budget = emptyBudget(now.steady);
    verdict.recovery = m_shared.upstreams.earliestRecovery(m_record->decision, now.steady);
    endWith(m_reply.hasSent() ? verdict.ofBrokenStream() : verdict.ofRequest(now.steady), now, out);
}

void Exchange::endWith(const ErrorAnswer &error, Now now, Actions &out)
{
    m_record->errorCode = error.code;
    m_record->outcome = error.outcome;
    if (m_reply.hasSent()) {
        m_record->status = 200; // the head was out already; errorCode tells the rest
        m_reply.breakOff(error, m_record->attempts, out);
    } else {
        m_record->status = error.status;
        m_reply.refuse(error, m_record->attempts, answerHeaders(), out);
    }
    finish(now, out);
}

void Exchange::onClientGone(Now now, Actions &out)
{
    if (m_over) {
        return;
    }
    if (m_attempt) {
        out.emplace_back(CancelUpstream{m_attempt->id()});
        settle(Outcome::of(OutcomeClass::ClientGone, "the client left"), now);
    }
    m_record->status = m_reply.hasSent() ? 200 : kClientClosedRequest;
    m_record->outcome = OutcomeClass::ClientGone;
    m_record->errorCode = "client_gone";
    m_record->abandoned = true;
    finish(now, out);
}

void Exchange::onShutDown(Now now, Actions &out)
{
    if (m_over) {
        return;
    }
    if (m_attempt) {
        out.emplace_back(CancelUpstream{m_attempt->id()});
        settle(Outcome::of(OutcomeClass::ShutDown, "the gateway stops"), now);
    }
    endWith(shuttingDown(m_reply.hasSent()), now, out);
}

http::Headers Exchange::answerHeaders() const
{
    AnswerFacts facts;
    facts.record = m_record.get();
    facts.dialect = m_plan.dialect;
    facts.attempts = m_budget.begun();
    if (m_attempt) {
        facts.target = m_attempt->target();
    } else if (!m_record->attempts.empty()) {
        facts.target = m_record->attempts.back().target;
    }
    if (!m_plan.request.stream && !m_attempt) {
        facts.cost = costSoFar();
    }
    return answerHeadersFor(facts);
}

Cost Exchange::costSoFar() const
{
    Cost total{Money(), false};
    for (const AttemptRecord &attempt : m_record->attempts) {
        if (!attempt.cost.amount) {
            return Cost{std::nullopt, false};
        }
        *total.amount += *attempt.cost.amount;
        total.estimated |= attempt.cost.estimated;
    }
    return total;
}

void Exchange::finish(Now now, Actions &out)
{
    m_over = true;
    stopWaiting(now);
    m_pictures.cancel(out);
    m_record->total = elapsed(m_arrived, now);
    m_record->cost = costSoFar();
    if (!m_record->attempts.empty()) {
        const AttemptRecord &last = m_record->attempts.back();
        const bool joined = m_batches.isSplit() && m_batches.isComplete();
        m_record->usage = joined ? m_batches.usage() : last.usage.value_or(Usage{});
        if (last.outcome == OutcomeClass::Success || last.contentSent) {
            m_record->target = last.target;
        }
        if (last.firstToken) {
            m_record->firstToken = last.startedAfter + *last.firstToken;
        }
    }
    m_shared.telemetry.requestEnded(*m_record, now);
    out.emplace_back(Finished{m_plan.id, std::move(m_record)});
}

} // namespace signalbox::gateway
