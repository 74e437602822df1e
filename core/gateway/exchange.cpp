// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/exchange.h"

#include "core/base/check.h"
#include "core/gateway/forecast.h"
#include "core/telemetry/telemetry.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

Exchange::Exchange(ExchangePlan plan, Shared shared, Now now)
    : m_plan(std::move(plan))
    , m_shared(shared)
    , m_arrived(now)
    , m_budget(m_plan.retry, m_plan.deadline, now.steady)
    , m_reply(m_plan.id, *m_plan.dialect, m_plan.request)
    , m_continuation(m_plan.request,
                     m_plan.onStreamBreak == StreamBreakMode::Continue && !m_plan.embeddings)
    , m_pictures(m_plan.id, m_plan.request, *m_plan.configuration)
    , m_record(std::move(m_plan.record))
    , m_keeper(m_plan.cache.key ? m_shared.cache.answerBytesMax() : 0)
{
    takeCandidates();
}

void Exchange::takeCandidates()
{
    m_order = orderOf(m_record->decision);
    for (const Candidate &candidate : m_record->decision.candidates) {
        if (candidate.veto == Veto::BreakerOpen) {
            m_shared.telemetry.shortCircuited(candidate.target);
        }
    }
}

void Exchange::start(Now now, Actions &out)
{
    if (m_plan.undecided) {
        m_comparedUntil = now.steady + m_plan.cache.patience;
        return;
    }
    if (m_plan.cache.hit) {
        giveAgain(*m_plan.cache.hit, {}, now, out);
        return;
    }
    if (m_plan.comment && m_plan.request.stream && !m_plan.embeddings) {
        m_commentAt = now.steady + *m_plan.comment;
    }
    follow(now, out);
}

void Exchange::decided(Now now, Actions &out)
{
    m_plan.undecided.reset();
    takeCandidates();
    start(now, out);
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
    if (!m_shared.upstreams.isServedBy(target, *provider)
        || (m_continuation.isBroken() && !goesOnWith(target))) {
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

Money Exchange::reserveBudget(const TargetId &target, Now now)
{
    if (!m_shared.budgets.areBounded(m_record->client, target)) {
        return {};
    }
    const Money expected = expectedCostAt(target, now.steady);
    m_shared.budgets.reserve(m_record->client, target, expected, now.system);
    return expected;
}

void Exchange::onUpstream(AttemptId attempt, const UpstreamEvent &event, Now now, Actions &out)
{
    Flight *const flight = m_over ? nullptr : flightOf(attempt);
    if (flight == nullptr) {
        return;
    }
    Attempt::Progress progress = flight->attempt.on(event, now);
    take(*flight, progress, now, out);
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
    attemptEnded(*flight, *progress.end, now, out);
}

void Exchange::onTime(Now now, Actions &out)
{
    if (m_over) {
        return;
    }
    if (now.steady >= m_commentAt) {
        comment(now, out);
    }
    if (!m_flights.empty()) {
        lookAtTimers(now, out);
        return;
    }
    if ((m_follows || m_plan.undecided) && now.steady < m_budget.deadlineAt()) {
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

void Exchange::setPaused(bool paused, Now now)
{
    m_paused = paused;
    for (Flight &flight : m_flights) {
        flight.attempt.setPaused(paused, now.steady);
    }
}

SteadyTime Exchange::deadline() const
{
    SteadyTime end = std::min(m_budget.deadlineAt(), m_commentAt);
    if (!m_flights.empty()) {
        for (const Flight &flight : m_flights) {
            end = std::min(end, flight.attempt.deadline());
        }
        return std::min(end, m_hedgeAt.value_or(end));
    }
    if (m_plan.undecided) {
        return std::min(end, m_comparedUntil);
    }
    if (m_reconsiderAt) {
        return *m_reconsiderAt;
    }
    const SteadyTime lineEnd = m_inLine ? std::min(end, *m_queueUntil) : end;
    return m_pending ? std::min(lineEnd, m_pending->at) : lineEnd;
}

} // namespace signalbox::gateway
