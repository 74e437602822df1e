// SPDX-License-Identifier: Apache-2.0
// One call in the air, or two: whose answer the client gets, and what becomes of the other.
//
// The first of m_flights answers: what it brings goes to the reply. A second one is a hedge, begun
// when the first has not brought content in time; what it brings is held with it.
//
// | event | with one call | with two |
// |---|---|---|
// | first content, or a whole answer | it answers | it answers; the other is cut off and booked as outrun |
// | a failure that another target may mend | the same target again, or the next | the other goes on, and answers if it can |
// | the request itself is refused | the client is told | the same; the other is cut off |
// | hedge_after_s runs out | a hedge begins, where a target is free at once | - |
// | the deadline; the client leaves; the gateway stops | it is cut off | both are |
#include "core/gateway/exchange.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

Flight *Exchange::flightOf(AttemptId attempt)
{
    const auto found = std::ranges::find_if(m_flights, [attempt](const Flight &flight) {
        return flight.attempt.id() == attempt;
    });
    return found == m_flights.end() ? nullptr : &*found;
}

bool Exchange::isInTheAir(AttemptId attempt) const
{
    return std::ranges::any_of(m_flights, [attempt](const Flight &flight) {
        return flight.attempt.id() == attempt;
    });
}

bool Exchange::winsBy(const Attempt::Progress &progress) const
{
    if (progress.end && progress.end->outcome == OutcomeClass::Success) {
        return true;
    }
    return m_plan.request.stream && std::ranges::any_of(progress.chunks, &ChatChunk::hasContent);
}

void Exchange::take(Flight &flight, Attempt::Progress &progress, Now now, Actions &out)
{
    if (m_flights.size() > 1 && winsBy(progress)) {
        const bool first = &flight == &m_flights.front();
        endOthers(flight,
                  Outcome::of(OutcomeClass::Outrun, "another target answered first"),
                  now,
                  out);
        if (!first) {
            lead(flight, out);
        }
    }
    for (ChatChunk &chunk : progress.chunks) {
        if (m_batches.isSplit()) {
            if (!m_batches.take(chunk.wholeJson)) {
                progress.end = Outcome::of(OutcomeClass::Unparseable,
                                           "the answer has not the embeddings that were asked for");
            }
        } else if (&flight == &m_flights.front()) {
            pass(flight, std::move(chunk), out);
        } else {
            flight.held.push_back(std::move(chunk));
        }
    }
}

void Exchange::pass(Flight &flight, ChatChunk chunk, Actions &out)
{
    flight.seen.add(chunk);
    if (flight.continues) {
        followSeam(flight, chunk, out);
    }
    flight.told |= m_plan.request.stream && chunk.hasContent();
    if (m_reply.beginsWith(chunk)) {
        m_hedgeAt.reset();
        m_commentAt = SteadyTime::max();
        m_reply.begin(answerHeaders(), out);
    }
    keepForShadow(chunk);
    m_keeper.add(chunk);
    if (flight.told && m_continuation.isWanted()) {
        m_continuation.add(chunk);
    }
    m_reply.add(std::move(chunk), out);
}

/// What is left of the calls answers from now on, if it was not the one that does already.
void Exchange::lead(Flight &flight, Actions &out)
{
    if (m_reply.hasContent()) {
        return;
    }
    m_reply.restart(flight.defaults);
    m_shadowText.clear();
    m_keeper.restart();
    for (ChatChunk &chunk : std::exchange(flight.held, {})) {
        pass(flight, std::move(chunk), out);
    }
}

void Exchange::endOthers(const Flight &flight, const Outcome &outcome, Now now, Actions &out)
{
    for (auto it = m_flights.begin(); it != m_flights.end();) {
        Flight &other = *it++;
        if (&other != &flight) {
            out.emplace_back(CancelUpstream{other.attempt.id()});
            settle(other, outcome, now);
        }
    }
}

void Exchange::endAll(const Outcome &outcome, Now now, Actions &out)
{
    while (!m_flights.empty()) {
        // The one that answers comes last: it is the one that the end is told of.
        Flight &flight = m_flights.back();
        out.emplace_back(CancelUpstream{flight.attempt.id()});
        settle(flight, outcome, now);
    }
}

void Exchange::armHedge(const Flight &flight, Now now)
{
    m_hedgeAt.reset();
    if (!m_plan.hedgeAfter || m_plan.embeddings) {
        return;
    }
    if (const auto *fixed = std::get_if<Millis>(&*m_plan.hedgeAfter)) {
        m_hedgeAt = now.steady + *fixed;
    } else if (const auto usual = m_shared.experience.beginsWithin(flight.attempt.target(),
                                                                   std::get<double>(
                                                                       *m_plan.hedgeAfter),
                                                                   m_plan.request.stream,
                                                                   now.steady)) {
        m_hedgeAt = now.steady + *usual;
    }
}

/// Another target beside the one that keeps us waiting: the next that is free at once. Nothing is
/// waited for, and nothing fetched.
void Exchange::hedge(Now now, Actions &out)
{
    m_hedgeAt.reset();
    if (m_flights.size() != 1 || m_reply.hasContent() || !m_budget.mayBegin(now.steady)) {
        return;
    }
    for (std::size_t i = m_nextCandidate; i < m_order.size(); ++i) {
        const TargetId target = m_order[i];
        if (target == m_flights.front().attempt.target() || m_pictures.areMissingFor(target)
            || m_pictures.refusalOf(target) || vetoAt(target, now.steady) != Veto::None) {
            continue;
        }
        auto grant = m_shared.upstreams.admit(target, promptTokensAt(target), now.steady);
        if (grant) {
            m_order.erase(m_order.begin() + static_cast<std::ptrdiff_t>(i));
            begin(std::move(*grant), now, out);
            return;
        }
    }
}

void Exchange::lookAtTimers(Now now, Actions &out)
{
    for (Flight &flight : m_flights) {
        auto ended = flight.attempt.expired(now.steady);
        if (!ended && now.steady >= m_budget.deadlineAt()) {
            ended = Outcome::of(OutcomeClass::DeadlineReached, "the request's deadline");
        }
        if (ended) {
            out.emplace_back(CancelUpstream{flight.attempt.id()});
            attemptEnded(flight, *ended, now, out);
            return; // the other's, if any, at once after it
        }
    }
    if (m_hedgeAt && now.steady >= *m_hedgeAt) {
        hedge(now, out);
    }
}

void Exchange::comment(Now now, Actions &out)
{
    m_commentAt = now.steady + *m_plan.comment;
    m_reply.comment(waitingHeaders(), out);
}

} // namespace signalbox::gateway
