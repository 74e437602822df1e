// SPDX-License-Identifier: Apache-2.0
// What a request waits for when no candidate could be called: a key that rests, room in a limit, the
// end of another request.
#include "core/gateway/exchange.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

/// All candidates had their turn. What comes first is waited for; a place in the air, whose time
/// nobody knows, beside it.
void Exchange::wait(Now now)
{
    if (!m_budget.mayBegin(now.steady)) {
        return;
    }
    if (!m_queueUntil) {
        m_queueUntil = now.steady + m_plan.configuration->server.queue;
    }
    auto key = waitForKey(now);
    auto room = waitForRoom(now);
    m_pending = room && (!key || room->at < key->at) ? std::move(room) : std::move(key);
    if (m_pending && m_pending->reason == WaitFor::Room) {
        m_pending->place = m_shared.upstreams.reserve(*m_pending->target,
                                                      promptTokensAt(*m_pending->target),
                                                      now.steady);
    }
    if (m_pending || now.steady >= *m_queueUntil) {
        return;
    }
    for (const Candidate &candidate : m_record->decision.candidates) {
        m_inLine |= onlyLacksRoom(candidate, now)
                    && m_shared.upstreams.joinLine(candidate.target,
                                                   m_record->client,
                                                   m_plan.id,
                                                   now.steady);
    }
    m_inLineSince = now.steady;
}

/// Those that limited this request may be waited for (the hint fits the cap and the deadline), the
/// earliest first. Without a hint nothing is waited for, yet another key of the provider may be free
/// at once.
std::optional<Exchange::Pending> Exchange::waitForKey(Now now) const
{
    std::optional<Pending> earliest;
    for (const AttemptRecord &attempt : m_record->attempts) {
        if (attempt.outcome != OutcomeClass::RateLimited) {
            continue;
        }
        const auto at = m_shared.upstreams.keyUsableAt(attempt.target, now.steady);
        if (!at) {
            continue;
        }
        const Nanos wait = *at - now.steady;
        const bool fits = attempt.hint && wait <= m_plan.retry.retryAfterCap
                          && wait < m_budget.timeLeft(now.steady);
        const Veto veto = vetoAt(attempt.target, *at);
        // Room in our own limits may come while we wait.
        const bool free = veto == Veto::None || (wait > Nanos(0) && veto == Veto::RateLimited);
        if ((fits || wait == Nanos(0)) && free && (!earliest || *at < earliest->at)) {
            earliest = Pending{WaitFor::Key, attempt.target, *at, now.steady, {}};
        }
    }
    return earliest;
}

/// The candidate that has room first, if that is soon enough.
std::optional<Exchange::Pending> Exchange::waitForRoom(Now now) const
{
    const SteadyTime until = std::min(*m_queueUntil, m_budget.deadlineAt());
    std::optional<Pending> earliest;
    for (const Candidate &candidate : m_record->decision.candidates) {
        if (!onlyLacksRoom(candidate, now)) {
            continue;
        }
        const auto at = m_shared.upstreams.roomAt(candidate.target,
                                                  promptTokensAt(candidate.target),
                                                  now.steady);
        if (at && *at <= until && (!earliest || *at < earliest->at)) {
            earliest = Pending{WaitFor::Room, candidate.target, *at, now.steady, {}};
        }
    }
    return earliest;
}

/// A target that can serve the request, with time: it was decided for, and has done no worse than
/// limit us.
bool Exchange::mayStillServe(const Candidate &candidate) const
{
    const bool decided = candidate.veto == Veto::None || candidate.veto == Veto::RateLimited
                         || candidate.veto == Veto::NoUsableKey || candidate.veto == Veto::TooSlow;
    return decided && std::ranges::all_of(m_record->attempts, [&](const AttemptRecord &attempt) {
               return attempt.target != candidate.target
                      || attempt.outcome == OutcomeClass::RateLimited
                      || attempt.outcome == OutcomeClass::Success; // of a batch
           });
}

bool Exchange::onlyLacksRoom(const Candidate &candidate, Now now) const
{
    if (!mayStillServe(candidate)) {
        return false;
    }
    const Veto veto = vetoAt(candidate.target, now.steady);
    // The key that limited this very request rests by its hint: that is waitForKey()'s affair.
    const bool asked = std::ranges::find(m_record->attempts,
                                         candidate.target,
                                         &AttemptRecord::target)
                       != m_record->attempts.end();
    return veto == Veto::RateLimited || (veto == Veto::NoUsableKey && !asked);
}

/// What was waited for has come, or should have.
void Exchange::waited(Now now, Actions &out)
{
    Pending due = *std::exchange(m_pending, std::nullopt);
    m_backoff += std::chrono::duration_cast<Micros>(now.steady - due.since);
    const bool mayBegin = m_budget.mayBegin(now.steady);
    if (due.place) {
        const ProviderSettings *provider = m_plan.configuration->provider(due.target->provider());
        if (!mayBegin || !m_shared.upstreams.isServedBy(*due.target, *provider)
            || tooDear(*due.target, now.steady) || m_pictures.areMissingFor(*due.target)
            || m_pictures.refusalOf(*due.target)) {
            Upstreams::giveBack(std::move(*due.place), now.steady);
        } else if (auto grant = m_shared.upstreams.admit(std::move(*due.place), now.steady)) {
            begin(std::move(*grant), now, out);
            return;
        }
    }
    if (!due.target || !mayBegin || !tryBegin(*due.target, now, out)) {
        tryNext(now, out);
    }
}

/// The candidates as they stand now: what was waited for may have been closed meanwhile. A provider
/// that moved away keeps its veto: asked again, the request would find the new one.
std::vector<Candidate> Exchange::standing(Now now) const
{
    std::vector<Candidate> candidates = m_record->decision.candidates;
    for (Candidate &candidate : candidates) {
        if (candidate.veto == Veto::None && tooDear(candidate.target, now.steady)) {
            candidate.veto = Veto::BudgetExhausted;
        }
        if (candidate.veto != Veto::RateLimited && candidate.veto != Veto::NoUsableKey) {
            continue;
        }
        auto live = m_shared.upstreams.availability(candidate.target,
                                                    promptTokensAt(candidate.target),
                                                    now.steady);
        if (live.veto != Veto::None && live.veto != Veto::NotServable) {
            candidate.veto = live.veto;
            candidate.vetoDetail = std::move(live.detail);
        }
    }
    return candidates;
}

void Exchange::onPlace(Now now, Actions &out)
{
    m_backoff += std::chrono::duration_cast<Micros>(now.steady - m_inLineSince);
    lookAgain(now, out);
}

/// What was in the way may not be any more, for whatever reason.
void Exchange::lookAgain(Now now, Actions &out)
{
    stopWaiting(now);
    for (const Candidate &candidate : m_record->decision.candidates) {
        if (mayStillServe(candidate) && m_budget.mayBegin(now.steady)
            && tryBegin(candidate.target, now, out)) {
            return;
        }
    }
    tryNext(now, out);
}

void Exchange::reconsider(SteadyTime now)
{
    if (m_flights.empty() && (m_inLine || (m_pending && m_pending->reason == WaitFor::Key))) {
        m_reconsiderAt = now;
    }
}

void Exchange::leaveLines()
{
    if (std::exchange(m_inLine, false)) {
        m_shared.upstreams.leaveLines(m_plan.id);
    }
}

void Exchange::stopWaiting(Now now)
{
    leaveLines();
    if (m_pending && m_pending->place) {
        Upstreams::giveBack(std::move(*m_pending->place), now.steady);
    }
    m_pending.reset();
}

} // namespace signalbox::gateway
