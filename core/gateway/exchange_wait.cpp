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
    const auto key = awaitedKey(*this, m_shared.upstreams, m_budget, now.steady);
    const auto room = awaitedRoom(*this,
                                  m_shared.upstreams,
                                  std::min(*m_queueUntil, m_budget.deadlineAt()),
                                  now.steady);
    const bool forRoom = room && (!key || room->at < key->at);
    if (const auto &first = forRoom ? room : key) {
        m_pending = Pending{forRoom ? WaitFor::Room : WaitFor::Key,
                            first->target,
                            first->at,
                            now.steady,
                            {}};
    } else {
        m_pending.reset();
    }
    if (forRoom) {
        m_pending->place = m_shared.upstreams.reserve(*m_pending->target,
                                                      promptTokensAt(*m_pending->target),
                                                      now.steady);
    }
    if (m_pending || now.steady >= *m_queueUntil) {
        return;
    }
    for (const Candidate &candidate : m_record->decision.candidates) {
        m_inLine |= onlyLacksRoom(candidate, *this, now.steady)
                    && m_shared.upstreams.joinLine(candidate.target,
                                                   m_record->client,
                                                   m_plan.id,
                                                   now.steady);
    }
    m_inLineSince = now.steady;
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
        if (mayStillServe(candidate, *this) && m_budget.mayBegin(now.steady)
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
