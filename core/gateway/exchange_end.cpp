// SPDX-License-Identifier: Apache-2.0
// How attempts and the exchange itself end: what is settled, learned, told and put on record.
#include "core/base/check.h"
#include "core/gateway/admission.h"
#include "core/gateway/answer_headers.h"
#include "core/gateway/exchange.h"
#include "core/gateway/verdict.h"
#include "core/providers/head_room.h"
#include "core/resilience/failure_policy.h"
#include "core/resilience/retry_after.h"
#include "core/telemetry/telemetry.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

using resilience::NextTarget;
using resilience::SameTarget;

namespace {

constexpr int kClientClosedRequest = 499;

} // namespace

/// Whether what \p flight failed with leaves the request to another call in the air.
bool Exchange::maySettleAlone(const Flight &flight, const Outcome &outcome) const
{
    const bool alone = m_flights.size() == 1;
    const auto policy = resilience::policyFor(outcome.outcome, m_reply.hasContent());
    if (policy.nextTarget != NextTarget::Yes) {
        return false; // the request itself is over
    }
    if (!alone) {
        return true;
    }
    const Attempt &attempt = flight.attempt;
    const bool streamBegun = attempt.hasHead() && attempt.hasContent();
    return m_plan.onStreamBreak != StreamBreakMode::Fail || !m_plan.request.stream
           || !(streamBegun || attempt.status() == 200);
}

void Exchange::attemptEnded(Flight &flight, const Outcome &outcome, Now now, Actions &out)
{
    m_lastOutcome = outcome;
    const TargetId target = flight.attempt.target();
    const bool goesOn = maySettleAlone(flight, outcome);
    const bool answers = &flight == &m_flights.front();
    if (m_flights.size() > 1 && !goesOn) {
        endOthers(flight,
                  outcome.outcome == OutcomeClass::DeadlineReached
                      ? outcome
                      : Outcome::of(OutcomeClass::Outrun, "the other call ended the request"),
                  now,
                  out);
    }
    settle(flight, outcome, now);
    if (outcome.outcome == OutcomeClass::Success) {
        answered(target, now, out);
    } else if (!goesOn) {
        endWithFailure(now, out);
    } else if (!m_flights.empty()) {
        if (answers) {
            lead(m_flights.front(), out);
        }
    } else if (!tryAgain(target, outcome, now, out)) {
        tryNext(now, out);
    }
}

/// The answer is complete, or a batch of it and the next one is asked for. Where that is not to be
/// had, another target begins with the first.
void Exchange::answered(const TargetId &target, Now now, Actions &out)
{
    if (m_batches.isSplit()) {
        m_batches.book(m_record->attempts.back().usage.value_or(Usage{}));
        if (!m_batches.isComplete()) {
            m_budget.extend();
            if (!m_budget.mayBegin(now.steady) || !tryBegin(target, now, out)) {
                tryNext(now, out);
            }
            return;
        }
        ChatChunk joined;
        joined.wholeJson = m_batches.answer();
        m_reply.add(std::move(joined), out);
    }
    keepReasoning(target);
    m_record->status = 200;
    m_reply.complete(m_reply.hasBegun() ? http::Headers() : answerHeaders(),
                     m_record->attempts.back().usage,
                     out);
    finish(now, out);
}

/// The same target once more, if the kind of failure and the budget allow it.
bool Exchange::tryAgain(const TargetId &target, const Outcome &outcome, Now now, Actions &out)
{
    const auto policy = resilience::policyFor(outcome.outcome);
    if (policy.sameTarget == SameTarget::WithNextKey) {
        return m_budget.mayBegin(now.steady) && tryBegin(target, now, out);
    }
    if (policy.sameTarget != SameTarget::WithBackoff || !outcome.mayRepeat
        || !m_budget.mayRepeat(target, now.steady) || vetoAt(target, now.steady) != Veto::None) {
        return false;
    }
    const int repeat = m_budget.repeatsOf(target) + 1;
    const auto wait = resilience::retryDelay(outcome.hint,
                                             m_plan.retry,
                                             repeat,
                                             m_budget.timeLeft(now.steady),
                                             m_shared.random);
    if (!wait) {
        return false;
    }
    m_budget.countRepeat(target);
    m_pending = Pending{WaitFor::Backoff, target, now.steady + *wait, now.steady, {}};
    return true;
}

/// The attempt is over for everybody: breaker, keys, permits, telemetry, record. \p flight is gone
/// after it.
void Exchange::settle(Flight &flight, const Outcome &outcome, Now now)
{
    const bool contentSent = m_reply.hasContent() && &flight == &m_flights.front();
    Attempt &attempt = flight.attempt;
    const auto headRoom = providers::readHeadRoom(attempt.headers(), now.system);
    m_shared.upstreams.noteHeadRoom(attempt.target(), headRoom, now.system);
    m_record->attempts.push_back(attempt.finish(outcome, contentSent, now));
    AttemptRecord &ended = m_record->attempts.back();
    const auto used = ended.usage ? ended.usage->promptTokens + ended.usage->completionTokens : 0;
    ended.counted = m_shared.upstreams.settle(attempt.grant(), outcome, used, now.steady);
    m_shared.budgets.settle(m_record->client,
                            ended.target,
                            flight.reserved,
                            ended.cost.amount.value_or(Money()),
                            now.system);
    m_shared.telemetry.attemptEnded(ended, now);
    const auto policy = resilience::policyFor(outcome.outcome);
    if (contentSent && policy.breaker == resilience::BreakerEffect::Counts) {
        m_shared.telemetry.streamInterrupted(ended.target, outcome.outcome);
    }
    learn(ended, now.steady);
    m_seen = std::move(flight.seen);
    m_flights.remove_if([&](const Flight &other) { return &other == &flight; });
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
    endWith(m_reply.hasContent() ? verdict.ofBrokenStream() : verdict.ofRequest(now.steady),
            now,
            out);
}

void Exchange::endWith(const ErrorAnswer &error, Now now, Actions &out)
{
    m_record->errorCode = error.code;
    m_record->outcome = error.outcome;
    if (m_reply.hasBegun()) {
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
    endAll(Outcome::of(OutcomeClass::ClientGone, "the client left"), now, out);
    m_record->status = m_reply.hasBegun() ? 200 : kClientClosedRequest;
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
    endAll(Outcome::of(OutcomeClass::ShutDown, "the gateway stops"), now, out);
    endWith(shuttingDown(m_reply.hasBegun()), now, out);
}

/// Of an answer that waits to begin: whose it will be is not known.
http::Headers Exchange::waitingHeaders() const
{
    AnswerFacts facts;
    facts.record = m_record.get();
    facts.dialect = m_plan.dialect;
    return answerHeadersFor(facts);
}

http::Headers Exchange::answerHeaders() const
{
    AnswerFacts facts;
    facts.record = m_record.get();
    facts.dialect = m_plan.dialect;
    facts.attempts = m_budget.begun();
    if (!m_flights.empty()) {
        facts.target = m_flights.front().attempt.target();
    } else if (!m_record->attempts.empty()) {
        facts.target = m_record->attempts.back().target;
    }
    if (!m_plan.request.stream && m_flights.empty()) {
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
    // As they began; those that were asked beside another one may have ended before it.
    std::ranges::stable_sort(m_record->attempts, {}, &AttemptRecord::startedAfter);
    m_shared.telemetry.requestEnded(*m_record, now);
    out.emplace_back(Finished{m_plan.id, std::move(m_record)});
}

} // namespace signalbox::gateway
