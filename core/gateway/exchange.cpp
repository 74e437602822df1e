// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/exchange.h"

#include "core/base/check.h"
#include "core/gateway/forecast.h"
#include "core/resilience/failure_policy.h"
#include "core/resilience/retry_after.h"
#include "core/telemetry/telemetry.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

using resilience::NextTarget;
using resilience::SameTarget;

Exchange::Exchange(ExchangePlan plan, Shared shared, Now now)
    : m_plan(std::move(plan))
    , m_shared(shared)
    , m_arrived(now)
    , m_budget(m_plan.retry, m_plan.deadline, now.steady)
    , m_reply(m_plan.id, *m_plan.dialect, m_plan.request)
    , m_pictures(m_plan.id, m_plan.request, *m_plan.configuration)
    , m_record(std::move(m_plan.record))
{
    for (const Candidate &candidate : m_record->decision.candidates) {
        if (candidate.veto == Veto::None) {
            m_order.push_back(candidate.target);
        } else if (candidate.veto == Veto::BreakerOpen) {
            m_shared.telemetry.shortCircuited(candidate.target);
        }
    }
}

void Exchange::start(Now now, Actions &out)
{
    if (m_plan.startAt > now.steady) {
        m_pending = Pending{WaitFor::Start, {}, m_plan.startAt, now.steady, {}};
    } else {
        tryNext(now, out);
    }
}

/// On to the next candidate that admits us; to the wait for a limited one; or to the end.
void Exchange::tryNext(Now now, Actions &out)
{
    while (m_nextCandidate < m_order.size() && m_budget.mayBegin(now.steady)) {
        if (tryBegin(m_order[m_nextCandidate++], now, out)) {
            return;
        }
    }
    wait(now);
    if (m_pending && m_pending->at <= now.steady) {
        onTime(now, out);
    } else if (!isWaiting()) {
        endWithFailure(now, out);
    }
}

bool Exchange::tryBegin(const TargetId &target, Now now, Actions &out)
{
    if (vetoAt(target, now.steady) != Veto::None) {
        return false;
    }
    if (m_pictures.areMissingFor(target)) {
        fetchPictures(target, now, out);
        return true; // it is called when they are here
    }
    if (const auto &refusal = m_pictures.refusalOf(target)) {
        m_pictureFault = refusal;
        return false;
    }
    if (m_plan.embeddings) {
        m_batches.goTo(target, *m_plan.embeddings, textsMaxAt(target));
    }
    auto grant = m_shared.upstreams.admit(target, promptTokensAt(target), now.steady);
    if (!grant) {
        return false;
    }
    begin(std::move(*grant), now, out);
    return true;
}

/// What stands in the way of \p target. A provider that moved to another address since the request
/// arrived is none of ours any more: its new key must not go to the old place.
Veto Exchange::vetoAt(const TargetId &target, SteadyTime at) const
{
    const ProviderSettings *provider = m_plan.configuration->provider(target.provider());
    SB_CHECK(provider != nullptr);
    if (!m_shared.upstreams.isServedBy(target, *provider)) {
        return Veto::NotServable;
    }
    const Veto veto = m_shared.upstreams.availability(target, promptTokensAt(target), at).veto;
    return veto == Veto::None && tooDear(target, at) ? Veto::BudgetExhausted : veto;
}

std::optional<BudgetView> Exchange::tooDear(const TargetId &target, SteadyTime at) const
{
    const std::string &client = m_record->client;
    return m_shared.budgets.areBounded(client, target)
               ? m_shared.budgets.obstacle(client, target, expectedCostAt(target, at), onWall(at))
               : std::nullopt;
}

/// What to say where all that is left is too dear.
std::optional<ErrorAnswer> Exchange::emptyBudget(SteadyTime at) const
{
    for (const Candidate &candidate : m_record->decision.candidates) {
        if (const auto budget = tooDear(candidate.target, at)) {
            return budgetExhausted(*budget, onWall(at));
        }
    }
    return std::nullopt;
}

Money Exchange::expectedCostAt(const TargetId &target, SteadyTime now) const
{
    const Configuration &configuration = *m_plan.configuration;
    return expectedCost(target,
                        *m_record,
                        promptTokensAt(target),
                        configuration,
                        m_shared.experience,
                        now);
}

SystemTime Exchange::onWall(SteadyTime at) const
{
    return m_arrived.system + std::chrono::duration_cast<Micros>(at - m_arrived.steady);
}

void Exchange::reserveBudget(const TargetId &target, Now now)
{
    if (m_shared.budgets.areBounded(m_record->client, target)) {
        m_reserved = expectedCostAt(target, now.steady);
        m_shared.budgets.reserve(m_record->client, target, m_reserved, now.system);
    }
}

void Exchange::onUpstream(AttemptId attempt, const UpstreamEvent &event, Now now, Actions &out)
{
    if (m_over || !m_attempt || m_attempt->id() != attempt) {
        return;
    }
    Attempt::Progress progress = m_attempt->on(event, now);
    take(progress, out);
    if (!progress.end) {
        return;
    }
    const bool whole = std::holds_alternative<UpstreamEnd>(event);
    if (!whole && !std::holds_alternative<UpstreamFailed>(event)) {
        // The answer is over before its connection is: kept on success, closed on failure.
        if (progress.end->outcome == OutcomeClass::Success) {
            out.emplace_back(ReleaseUpstream{attempt});
        } else {
            out.emplace_back(CancelUpstream{attempt});
        }
    }
    attemptEnded(*progress.end, now, out);
}

void Exchange::take(Attempt::Progress &progress, Actions &out)
{
    for (ChatChunk &chunk : progress.chunks) {
        if (m_batches.isSplit()) {
            if (!m_batches.take(chunk.wholeJson)) {
                progress.end = Outcome::of(OutcomeClass::Unparseable,
                                           "the answer has not the embeddings that were asked for");
            }
            continue;
        }
        m_seen.add(chunk);
        if (m_reply.beginsWith(chunk)) {
            m_reply.begin(answerHeaders(), out);
        }
        m_reply.add(std::move(chunk), out);
    }
}

void Exchange::onTime(Now now, Actions &out)
{
    if (m_over) {
        return;
    }
    if (m_attempt) {
        auto ended = m_attempt->expired(now.steady);
        if (!ended && now.steady >= m_budget.deadlineAt()) {
            ended = Outcome::of(OutcomeClass::DeadlineReached, "the request's deadline");
        }
        if (ended) {
            out.emplace_back(CancelUpstream{m_attempt->id()});
            attemptEnded(*ended, now, out);
        }
        return;
    }
    if (std::exchange(m_reconsiderAt, std::nullopt)) {
        lookAgain(now, out);
    } else if (m_pending && now.steady >= m_pending->at) {
        waited(now, out);
    } else if (m_inLine && now.steady >= *m_queueUntil) {
        leaveLines();
        if (!m_pending) {
            endWithFailure(now, out);
        }
    } else if (now.steady >= m_budget.deadlineAt()) {
        endWithFailure(now, out);
    }
}

void Exchange::attemptEnded(const Outcome &outcome, Now now, Actions &out)
{
    m_lastOutcome = outcome;
    const TargetId target = m_attempt->target();
    const bool streamBegun = m_attempt->hasHead() && m_attempt->hasContent();
    const bool hadHead = m_attempt->hasHead();
    settle(outcome, now);
    if (outcome.outcome == OutcomeClass::Success) {
        answered(target, now, out);
        return;
    }
    const auto policy = resilience::policyFor(outcome.outcome, m_reply.hasSent());
    const bool mayGoOn = m_plan.onStreamBreak != StreamBreakMode::Fail || !m_plan.request.stream
                         || !(streamBegun
                              || (hadHead && m_record->attempts.back().httpStatus == 200));
    if (policy.nextTarget != NextTarget::Yes || !mayGoOn) {
        endWithFailure(now, out);
        return;
    }
    if (!tryAgain(target, outcome, now, out)) {
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
    m_reply.complete(m_reply.hasSent() ? http::Headers() : answerHeaders(),
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

void Exchange::setPaused(bool paused, Now now)
{
    if (m_attempt) {
        m_attempt->setPaused(paused, now.steady);
    }
}

SteadyTime Exchange::deadline() const
{
    const SteadyTime end = m_budget.deadlineAt();
    if (m_attempt) {
        return std::min(end, m_attempt->deadline());
    }
    if (m_reconsiderAt) {
        return *m_reconsiderAt;
    }
    const SteadyTime lineEnd = m_inLine ? std::min(end, *m_queueUntil) : end;
    return m_pending ? std::min(lineEnd, m_pending->at) : lineEnd;
}

} // namespace signalbox::gateway
