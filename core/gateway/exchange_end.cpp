// SPDX-License-Identifier: Apache-2.0
// How attempts and the exchange itself end: what is settled, learned, told and put on record.
#include "core/base/check.h"
#include "core/gateway/answer_headers.h"
#include "core/gateway/exchange.h"
#include "core/gateway/verdict.h"
#include "core/resilience/failure_policy.h"
#include "core/telemetry/telemetry.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

using resilience::NextTarget;

namespace {

constexpr int kClientClosedRequest = 499;

} // namespace

/// Whether what \p flight failed with leaves the request to another call in the air.
bool Exchange::maySettleAlone(const Flight &flight, const Outcome &outcome) const
{
    const Attempt &attempt = flight.attempt;
    const bool begun = (attempt.hasHead() && attempt.hasContent()) || attempt.status() == 200;
    return goesOnAfter({.outcome = outcome.outcome,
                        .told = flight.told,
                        .continues = flight.continues,
                        .canBeContinued = canBeContinued(flight),
                        .alone = m_flights.size() == 1,
                        .streamBegun = m_plan.request.stream && begun,
                        .onStreamBreak = m_plan.onStreamBreak});
}

void Exchange::attemptEnded(Flight &flight, const Outcome &outcome, Now now, Actions &out)
{
    m_lastOutcome = outcome;
    const TargetId target = flight.attempt.target();
    const bool goesOn = maySettleAlone(flight, outcome);
    const bool answers = &flight == &m_flights.front();
    const bool told = flight.told;
    const bool broken = told
                        && resilience::policyFor(outcome.outcome, told).nextTarget
                               == NextTarget::ByStreamBreak;
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
    } else if (broken && m_continuation.isComplete()) {
        m_record->attempts.back().notes.emplace_back("only the end of its stream was missing");
        complete(now, out);
    } else if (!goesOn) {
        endWithFailure(now, out);
    } else if (!m_flights.empty()) {
        if (answers) {
            lead(m_flights.front(), out);
        }
    } else {
        if (told) {
            continueAfter(m_record->attempts.back(), now);
        }
        if (!tryAgain(target, outcome, now, out)) {
            tryNext(now, out);
        }
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
    complete(now, out);
}

/// The same target once more, if the kind of failure and the budget allow it.
bool Exchange::tryAgain(const TargetId &target, const Outcome &outcome, Now now, Actions &out)
{
    const auto repeat = repeatAfter(target, outcome, *this, m_budget, now.steady, m_shared.random);
    if (!repeat) {
        return false;
    }
    if (repeat->withNextKey) {
        return tryBegin(target, now, out);
    }
    m_pending = Pending{WaitFor::Backoff, target, now.steady + repeat->wait, now.steady, {}};
    return true;
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
    tellWhyNotContinued();
    Verdict verdict(*m_record, m_lastOutcome, standing(now));
    verdict.budget = emptyBudget(now.steady);
    verdict.recovery = m_shared.upstreams.earliestRecovery(m_record->decision, now.steady);
    const ErrorAnswer error = m_reply.hasContent() ? verdict.ofBrokenStream()
                                                   : verdict.ofRequest(now.steady);
    const bool ours = error.status >= 500 || error.status == 429; // else the request's own fault
    if (!ours || !standsIn("error", now, out)) {
        endWith(error, now, out);
    }
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
    noteClientGone();
    finish(now, out);
}

/// What begins after its client has left, for others, that client has not got.
void Exchange::noteClientGone()
{
    if (!m_leftWith) {
        m_leftWith = m_reply.hasBegun() ? 200 : kClientClosedRequest;
    }
}

void Exchange::bookClientGone()
{
    m_record->status = *m_leftWith;
    m_record->outcome = OutcomeClass::ClientGone;
    m_record->errorCode = "client_gone";
    m_record->abandoned = true;
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
    if (m_given) {
        facts.target = m_record->target;
    } else if (!m_flights.empty()) {
        facts.target = m_flights.front().attempt.target();
    } else if (!m_record->attempts.empty()) {
        facts.target = m_record->attempts.back().target;
    }
    if (!m_plan.request.stream && m_flights.empty()) {
        facts.cost = costSoFar();
    }
    return answerHeadersFor(facts);
}

} // namespace signalbox::gateway
