// SPDX-License-Identifier: Apache-2.0
#include "core/replay/journey.h"

#include "core/base/check.h"
#include "core/gateway/verdict.h"
#include "core/replay/replayer.h"

#include <algorithm>
#include <utility>

namespace signalbox::replay {

using resilience::NextTarget;

SteadyTime Call::answersAt(bool stream) const
{
    return stream && firstToken ? beganAt + *firstToken : endsAt();
}

Journey::Journey(Replayer &world, std::uint32_t slot)
    : m_world(&world)
    , m_slot(slot)
{}

SteadyTime Journey::now() const
{
    return m_world->m_now;
}

void Journey::begin(std::uint64_t id,
                    std::uint32_t number,
                    std::shared_ptr<const RouteSettings> route)
{
    m_id = id;
    m_number = number;
    m_recorded = &m_world->m_traffic.requests()[number];
    m_route = std::move(route);
    m_order.clear();
    m_next = 0;
    m_budget.emplace(m_route->retry, m_route->deadline, now());
    m_ended.clear();
    m_calls.clear();
    m_drawn.clear();
    m_lastCall = 0;
    m_taken = 0;
    m_follows = true;
    m_awaited.reset();
    m_place.reset();
    m_inLine = false;
    m_queueUntil.reset();
    m_over = false;
    m_end = {};
    m_end.request = number;
    m_end.stream = m_recorded->stream;
}

void Journey::decided(Decision decision)
{
    m_decision = std::move(decision);
    m_order = gateway::orderOf(m_decision);
}

const RecordedCall *Journey::takeRecorded(std::uint32_t target)
{
    const auto calls = m_world->m_traffic.callsOf(*m_recorded);
    for (std::size_t i = 0; i < calls.size() && i < 64; ++i) {
        const std::uint64_t bit = std::uint64_t{1} << i;
        if (calls[i].target == target && (m_taken & bit) == 0) {
            m_taken |= bit;
            m_follows = m_follows && i == m_lastCall;
            return &calls[i];
        }
    }
    m_follows = false;
    return nullptr;
}

Veto Journey::vetoAt(const TargetId &target, SteadyTime at) const
{
    const Veto veto = m_world->m_upstreams.availability(target, promptTokensAt(target), at).veto;
    return veto == Veto::None && m_world->tooDear(*this, target) ? Veto::BudgetExhausted : veto;
}

std::int64_t Journey::promptTokensAt(const TargetId & /*target*/) const
{
    return m_recorded->facts.promptTokens;
}

void Journey::tryNext()
{
    while (m_next < m_order.size() && m_budget->mayBegin(now())) {
        if (tryBegin(m_order[m_next++])) {
            return;
        }
    }
    wait();
    if (m_awaited && m_wakeAt <= now()) {
        wake();
    } else if (!m_awaited && !m_inLine) {
        fail();
    }
}

bool Journey::tryBegin(const TargetId &target)
{
    if (vetoAt(target, now()) != Veto::None) {
        return false;
    }
    auto grant = m_world->m_upstreams.admit(target, promptTokensAt(target), now());
    if (!grant) {
        return false;
    }
    begin(std::move(*grant));
    return true;
}

void Journey::begin(gateway::Grant grant)
{
    m_budget->begin(now());
    auto call = m_world->outcomeOf(*this, grant.target);
    ++m_end.calls;
    if (!call) {
        m_end.target = m_world->numberOf(grant.target);
        m_world->m_upstreams.settle(grant, Outcome{}, 0, now(), gateway::Lesson::None);
        finish(Ending::Unknown);
        return;
    }
    call->id = ++m_lastCall;
    if (m_world->m_hasBudgets) {
        call->reserved = m_world->expectedCost(*this, grant.target);
        m_world->m_budgets.reserve(m_recorded->facts.client,
                                   grant.target,
                                   call->reserved,
                                   m_recorded->arrived);
    }
    call->grant = std::move(grant);
    m_world->plan(*this, Replayer::Kind::CallEnds, call->endsAt(), call->id);
    m_calls.push_back(std::move(*call));
    if (m_calls.size() == 1) {
        armHedge(m_calls.front());
        return;
    }
    for (const Call &racing : m_calls) {
        const SteadyTime at = racing.answersAt(m_recorded->stream);
        if (at < racing.endsAt()) {
            m_world->plan(*this, Replayer::Kind::CallBegins, std::max(at, now()), racing.id);
        }
    }
}

void Journey::armHedge(const Call &call)
{
    if (!m_route->hedgeAfter || m_recorded->embeddings) {
        return;
    }
    std::optional<Nanos> after;
    if (const auto *fixed = std::get_if<Millis>(&*m_route->hedgeAfter)) {
        after = *fixed;
    } else if (const auto usual = m_world->m_experience.beginsWithin(call.grant->target,
                                                                     std::get<double>(
                                                                         *m_route->hedgeAfter),
                                                                     m_recorded->stream,
                                                                     now())) {
        after = *usual;
    }
    if (after && call.beganAt + *after < call.answersAt(m_recorded->stream)) {
        m_world->plan(*this, Replayer::Kind::Hedge, call.beganAt + *after, call.id);
    }
}

/// Another target beside the one that keeps us waiting: the next that is free at once.
void Journey::hedge()
{
    if (m_calls.size() != 1 || !m_budget->mayBegin(now())) {
        return;
    }
    for (std::size_t i = m_next; i < m_order.size(); ++i) {
        const TargetId target = m_order[i];
        if (target == m_calls.front().grant->target || vetoAt(target, now()) != Veto::None) {
            continue;
        }
        if (auto grant = m_world->m_upstreams.admit(target, promptTokensAt(target), now())) {
            m_order.erase(m_order.begin() + static_cast<std::ptrdiff_t>(i));
            begin(std::move(*grant));
            return;
        }
    }
}

Call *Journey::find(std::uint32_t call)
{
    const auto found = std::ranges::find(m_calls, call, &Call::id);
    return found == m_calls.end() ? nullptr : &*found;
}

void Journey::callBegan(std::uint32_t call)
{
    if (const Call *const found = find(call); found != nullptr && m_calls.size() > 1) {
        endOthers(*found);
    }
}

void Journey::endOthers(const Call &but)
{
    const std::uint32_t stays = but.id;
    for (std::size_t i = 0; i < m_calls.size();) {
        if (m_calls[i].id == stays) {
            ++i;
        } else {
            end(m_calls[i], Outcome::of(OutcomeClass::Outrun, {}));
        }
    }
}

/// Settles \p call, which is gone after it.
void Journey::end(Call &call, const Outcome &outcome)
{
    m_world->settle(*this, call, outcome);
    if (call.drawn) {
        m_drawn.back().answers = outcome.outcome == OutcomeClass::Success;
    }
    std::erase_if(m_calls, [id = call.id](const Call &other) { return other.id == id; });
}

bool Journey::goesOn(const Call &call, const Outcome &outcome) const
{
    const bool stream = m_recorded->stream;
    return gateway::goesOnAfter(
        {.outcome = outcome.outcome,
         .told = call.contentSent,
         .canBeContinued = call.contentSent && stream
                           && m_route->onStreamBreak == StreamBreakMode::Continue,
         .alone = m_calls.size() == 1,
         .streamBegun = stream && (call.headSeen || call.firstToken.has_value()),
         .onStreamBreak = m_route->onStreamBreak});
}

bool Journey::tryAgain(const TargetId &target, const Outcome &outcome)
{
    const auto repeat =
        gateway::repeatAfter(target, outcome, *this, *m_budget, now(), m_world->m_random);
    if (!repeat) {
        return false;
    }
    if (repeat->withNextKey) {
        return tryBegin(target);
    }
    m_awaited = target;
    m_wakeAt = now() + repeat->wait;
    const auto calls = m_world->m_traffic.callsOf(*m_recorded);
    if (m_follows && m_lastCall < calls.size()) { // the recorded wait, which was chance
        const auto began = SteadyTime(m_recorded->arrived.time_since_epoch())
                           + calls[m_lastCall].startedAfter;
        m_wakeAt = std::max(now(), began);
    }
    m_world->plan(*this, Replayer::Kind::Wake, m_wakeAt);
    return true;
}

void Journey::callEnded(std::uint32_t id)
{
    Call *const call = find(id);
    if (call == nullptr) {
        return;
    }
    Outcome outcome = Outcome::of(call->outcome, {});
    outcome.hint = call->hint;
    outcome.mayRepeat = call->mayRepeat;
    const TargetId target = call->grant->target;
    const bool answers = outcome.outcome == OutcomeClass::Success;
    const bool onward = goesOn(*call, outcome);
    if (m_calls.size() > 1 && !onward) {
        endOthers(*call);
    }
    Call &last = *find(id);
    m_end.target = last.target;
    if (answers && last.firstToken) {
        m_end.firstTokenMicros = std::chrono::duration_cast<Micros>(
                                     last.beganAt + *last.firstToken
                                     - SteadyTime(m_recorded->arrived.time_since_epoch()))
                                     .count();
    }
    end(last, outcome);
    if (answers) {
        finish(Ending::Answered);
    } else if (!onward) {
        if (outcome.outcome == OutcomeClass::ClientGone) {
            finish(Ending::Abandoned);
        } else {
            fail();
        }
    } else if (m_calls.empty() && !tryAgain(target, outcome)) {
        tryNext();
    }
}

void Journey::book(const Cost &cost, bool used)
{
    if (!used) {
        return;
    }
    if (cost.amount) {
        m_end.costNanos += cost.amount->nanos();
    } else {
        ++m_end.priceUnknown;
    }
    m_end.estimated |= cost.estimated;
}

void Journey::finish(Ending ending)
{
    stopWaiting();
    m_over = true;
    m_end.ending = ending;
    m_end.counts = counts(ending);
    const SteadyTime arrived(m_recorded->arrived.time_since_epoch());
    m_end.totalMicros = std::chrono::duration_cast<Micros>(now() - arrived).count();
    if (m_follows && m_lastCall == m_recorded->calls && ending == Ending::Answered) {
        m_end.totalMicros = m_recorded->total.count();
        m_end.firstTokenMicros = m_recorded->firstToken ? m_recorded->firstToken->count() : -1;
    }
    for (const DrawnCall &call : m_drawn) {
        m_world->m_run.drawn.push_back(call);
    }
    m_world->m_run.ends.push_back(m_end);
    m_world->closeJourney(*this);
}

/// As gateway::effectOf() says it of a record: of the request's own, where it went as recorded.
bool Journey::counts(Ending ending) const
{
    if (ending != Ending::Failed) {
        return ending != Ending::Abandoned;
    }
    if (m_follows && m_lastCall == m_recorded->calls) {
        return m_recorded->counts;
    }
    const auto isUnknownModel = [](const AttemptRecord &attempt) {
        return attempt.outcome == OutcomeClass::ModelNotFound;
    };
    const auto isIncapable = [](const Candidate &candidate) {
        return candidate.veto == Veto::MissingFeature || candidate.veto == Veto::NotServable;
    };
    if (m_ended.empty()) {
        return !std::ranges::all_of(m_decision.candidates, isIncapable);
    }
    return !gateway::refusesRequest(m_ended.back().outcome)
           && !std::ranges::all_of(m_ended, isUnknownModel);
}

/// Without a call it was refused if there would have been someone, with room.
void Journey::fail()
{
    const bool full = std::ranges::any_of(m_decision.candidates, [](const Candidate &candidate) {
        return candidate.veto == Veto::RateLimited || candidate.veto == Veto::NoUsableKey
               || candidate.veto == Veto::BudgetExhausted || candidate.veto == Veto::None;
    });
    finish(m_lastCall == 0 && full ? Ending::Refused : Ending::Failed);
}

} // namespace signalbox::replay
