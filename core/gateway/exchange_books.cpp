// SPDX-License-Identifier: Apache-2.0
// What is settled and learned when a call is over, and put on record when the request is.
#include "core/base/bounds.h"
#include "core/gateway/admission.h"
#include "core/gateway/exchange.h"
#include "core/providers/head_room.h"
#include "core/resilience/failure_policy.h"
#include "core/telemetry/telemetry.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

/// The attempt is over for everybody: breaker, keys, permits, telemetry, record. \p flight is gone
/// after it.
void Exchange::settle(Flight &flight, const Outcome &outcome, Now now)
{
    const bool contentSent = flight.told && &flight == &m_flights.front();
    Attempt &attempt = flight.attempt;
    const auto headRoom = providers::readHeadRoom(attempt.headers(), now.system);
    Upstreams::noteHeadRoom(attempt.grant(), headRoom, now);
    m_record->attempts.push_back(attempt.finish(outcome, contentSent, now));
    AttemptRecord &ended = m_record->attempts.back();
    const auto used = ended.usage ? ended.usage->promptTokens + ended.usage->completionTokens : 0;
    ended.counted = m_shared.upstreams.settle(attempt.grant(), outcome, used, now.steady);
    m_shared.budgets.settle(m_record->client,
                            ended.target,
                            flight.reserved,
                            ended.cost.amount.value_or(Money()),
                            now.system);
    m_shared.telemetry.attemptEnded(ended, now, m_record->operation);
    if (ended.usage) {
        m_shared.cache.promptCached(ended.target.provider(), *ended.usage);
    }
    const auto policy = resilience::policyFor(outcome.outcome);
    if (contentSent && policy.breaker == resilience::BreakerEffect::Counts) {
        m_shared.telemetry.streamInterrupted(ended.target, outcome.outcome);
    }
    learn(ended, attempt.family(), flight.continues, now.steady);
    m_seen = std::move(flight.seen);
    m_flights.remove_if([&](const Flight &other) { return &other == &flight; });
}

/// What says something about the target: whole answers, and failures of its own.
void Exchange::learn(const AttemptRecord &attempt,
                     tokens::TokenFamily family,
                     bool continues,
                     SteadyTime now)
{
    const auto effect = resilience::policyFor(attempt.outcome).breaker;
    const bool part = continues && effect == resilience::BreakerEffect::Success;
    if (part || effect == resilience::BreakerEffect::Ignores) {
        return; // a part of an answer is none to go by
    }
    if (attempt.outcome == OutcomeClass::Success && attempt.usage && !m_plan.embeddings) {
        m_shared.tokens.learn(m_plan.prompt, family, attempt.target, *attempt.usage);
    }
    if (attempt.outcome == OutcomeClass::Success && attempt.usage && m_plan.conversation) {
        const auto &warm = m_record->decision.warm;
        if (warm && warm->target == attempt.target) {
            m_shared.affinity.learn(attempt.target, warm->tokens, attempt.usage->cachedTokens);
        }
        m_shared.affinity.served(*m_plan.conversation,
                                 attempt.target,
                                 attempt.usage->promptTokens,
                                 now);
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
    if (const RouteSettings *route = m_plan.configuration->route(m_record->route)) {
        m_shared.outliers.look(*route, m_shared.experience, now);
    }
}

/// Whose the answer is, when it began, and what it took.
void Exchange::bookAnswer()
{
    if (m_record->attempts.empty()) {
        return;
    }
    const auto &attempts = m_record->attempts;
    const AttemptRecord *last = &attempts.back();
    const auto told = std::ranges::find(attempts, true, &AttemptRecord::contentSent);
    if (m_continuation.isBroken() && !last->contentSent && last->outcome != OutcomeClass::Success) {
        // Whoever was to go on has not: the answer stays theirs who spoke last.
        last = &*std::ranges::find(attempts.rbegin(),
                                   attempts.rend(),
                                   true,
                                   &AttemptRecord::contentSent);
        m_record->usage = m_continuation.usage();
    } else {
        const bool joined = m_batches.isSplit() && m_batches.isComplete();
        m_record->usage = joined ? m_batches.usage() : m_continuation.usageWith(last->usage);
    }
    if (last->outcome == OutcomeClass::Success || last->contentSent) {
        m_record->target = last->target;
    }
    const AttemptRecord &began = told == attempts.end() ? *last : *told;
    if (began.firstToken) {
        m_record->firstToken = began.startedAfter + *began.firstToken;
    }
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

/// The text of the answer that the client gets, whoever gives it. A longer one has no shadow.
void Exchange::keepForShadow(const ChatChunk &chunk)
{
    if (!m_plan.shadow) {
        return;
    }
    for (const ChoiceDelta &choice : chunk.choices) {
        if (choice.index == 0 && choice.content) {
            m_shadowText += *choice.content;
        }
    }
    if (m_shadowText.size() > bounds::kShadowAnswerBytesMax) {
        m_plan.shadow.reset();
        std::string().swap(m_shadowText);
    }
}

void Exchange::orderShadow()
{
    const RequestRecord &record = *m_record;
    if (!m_plan.shadow || record.outcome != OutcomeClass::Success || record.status != 200
        || record.attempts.empty() || *m_plan.shadow == record.target) {
        return;
    }
    const AttemptRecord &call = record.attempts.back();
    ShadowOrder order;
    order.target = *m_plan.shadow;
    order.request = std::move(m_plan.request);
    order.prompt = m_plan.prompt;
    order.configuration = m_plan.configuration;
    order.text = std::move(m_shadowText);
    order.answer = {record.id,
                    record.target,
                    0,
                    static_cast<std::int64_t>(order.text.size()),
                    std::nullopt,
                    call.total,
                    call.cost};
    order.record.client = record.client;
    order.record.dialect = record.dialect;
    order.record.modelAsked = record.modelAsked;
    order.record.route = record.route;
    order.record.rule = record.rule;
    order.record.stream = record.stream;
    order.record.facts = record.facts;
    order.record.needs = record.needs;
    order.record.configRevision = record.configRevision;
    m_shadow = std::move(order);
}

void Exchange::finish(Now now, Actions &out)
{
    m_over = true;
    m_follows = false;
    stopWaiting(now);
    m_pictures.cancel(out);
    m_plan.place.permit.reset();
    m_record->total = elapsed(m_arrived, now);
    m_record->cost = costSoFar();
    if (!m_given) {
        bookAnswer();
        keepAnswer(now);
        orderShadow();
    }
    if (m_leftWith) {
        bookClientGone();
    }
    if (const auto &note = m_record->decision.cache; note && note->saved) {
        m_record->cacheSaved = note->saved->amount;
    }
    // As they began; those that were asked beside another one may have ended before it.
    if (m_record->attempts.size() > 1) {
        std::ranges::stable_sort(m_record->attempts, {}, &AttemptRecord::startedAfter);
    }
    m_shared.telemetry.requestEnded(*m_record, now);
    out.emplace_back(Finished{m_plan.id, std::move(m_record)});
}

} // namespace signalbox::gateway
