// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/course.h"

#include "core/resilience/retry_after.h"

#include <algorithm>

namespace signalbox::gateway {

using resilience::NextTarget;
using resilience::SameTarget;

namespace {

bool isRefusal(OutcomeClass outcome)
{
    return outcome == OutcomeClass::InvalidRequest || outcome == OutcomeClass::ContextTooLong
           || outcome == OutcomeClass::ContentRefused;
}

} // namespace

std::vector<TargetId> orderOf(const Decision &decision)
{
    std::vector<TargetId> order;
    order.reserve(decision.candidates.size());
    for (const Veto passes : {Veto::None, Veto::TooSlow}) {
        for (const Candidate &candidate : decision.candidates) {
            if (candidate.veto == passes) {
                order.push_back(candidate.target);
            }
        }
    }
    return order;
}

std::optional<Repeat> repeatAfter(const TargetId &target,
                                  const Outcome &outcome,
                                  const Traveller &traveller,
                                  resilience::AttemptBudget &budget,
                                  SteadyTime now,
                                  Random &random)
{
    const auto policy = resilience::policyFor(outcome.outcome);
    if (policy.sameTarget == SameTarget::WithNextKey) {
        return budget.mayBegin(now) ? std::optional(Repeat{true, Millis(0)}) : std::nullopt;
    }
    if (policy.sameTarget != SameTarget::WithBackoff || !outcome.mayRepeat
        || !budget.mayRepeat(target, now) || traveller.vetoAt(target, now) != Veto::None) {
        return std::nullopt;
    }
    const auto wait = resilience::retryDelay(outcome.hint,
                                             traveller.retry(),
                                             budget.repeatsOf(target) + 1,
                                             budget.timeLeft(now),
                                             random);
    if (!wait) {
        return std::nullopt;
    }
    budget.countRepeat(target);
    return Repeat{false, *wait};
}

bool goesOnAfter(const EndedCall &call)
{
    const auto policy = resilience::policyFor(call.outcome, call.told);
    if (policy.nextTarget == NextTarget::ByStreamBreak) {
        return call.canBeContinued;
    }
    // What refuses the rest may refuse but how it is asked for.
    const bool refused = isRefusal(call.outcome) && call.continues;
    if (policy.nextTarget != NextTarget::Yes && !refused) {
        return false; // the request itself is over
    }
    return !call.alone || call.onStreamBreak != StreamBreakMode::Fail || !call.streamBegun;
}

std::optional<Awaited> awaitedKey(const Traveller &traveller,
                                  const Upstreams &upstreams,
                                  const resilience::AttemptBudget &budget,
                                  SteadyTime now)
{
    std::optional<Awaited> earliest;
    for (const AttemptRecord &attempt : traveller.attempts()) {
        if (attempt.outcome != OutcomeClass::RateLimited) {
            continue;
        }
        const auto at = upstreams.keyUsableAt(attempt.target, now);
        if (!at) {
            continue;
        }
        const Nanos wait = *at - now;
        const bool fits = attempt.hint && wait <= traveller.retry().retryAfterCap
                          && wait < budget.timeLeft(now);
        const Veto veto = traveller.vetoAt(attempt.target, *at);
        // Room in our own limits may come while we wait.
        const bool free = veto == Veto::None || (wait > Nanos(0) && veto == Veto::RateLimited);
        if ((fits || wait == Nanos(0)) && free && (!earliest || *at < earliest->at)) {
            earliest = Awaited{attempt.target, *at};
        }
    }
    return earliest;
}

std::optional<Awaited> awaitedRoom(const Traveller &traveller,
                                   const Upstreams &upstreams,
                                   SteadyTime until,
                                   SteadyTime now)
{
    std::optional<Awaited> earliest;
    for (const Candidate &candidate : traveller.candidates()) {
        if (!onlyLacksRoom(candidate, traveller, now)) {
            continue;
        }
        const auto at = upstreams.roomAt(candidate.target,
                                         traveller.promptTokensAt(candidate.target),
                                         now);
        if (at && *at <= until && (!earliest || *at < earliest->at)) {
            earliest = Awaited{candidate.target, *at};
        }
    }
    return earliest;
}

bool mayStillServe(const Candidate &candidate, const Traveller &traveller)
{
    const bool decided = candidate.veto == Veto::None || candidate.veto == Veto::RateLimited
                         || candidate.veto == Veto::NoUsableKey || candidate.veto == Veto::TooSlow;
    return decided && std::ranges::all_of(traveller.attempts(), [&](const AttemptRecord &attempt) {
               return attempt.target != candidate.target
                      || attempt.outcome == OutcomeClass::RateLimited
                      || attempt.outcome == OutcomeClass::Success; // of a batch
           });
}

bool onlyLacksRoom(const Candidate &candidate, const Traveller &traveller, SteadyTime now)
{
    if (!mayStillServe(candidate, traveller)) {
        return false;
    }
    const Veto veto = traveller.vetoAt(candidate.target, now);
    // The key that limited this very request rests by its hint: that is awaitedKey()'s affair.
    const auto attempts = traveller.attempts();
    const bool asked = std::ranges::find(attempts, candidate.target, &AttemptRecord::target)
                       != attempts.end();
    return veto == Veto::RateLimited || (veto == Veto::NoUsableKey && !asked);
}

} // namespace signalbox::gateway
