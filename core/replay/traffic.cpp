// SPDX-License-Identifier: Apache-2.0
#include "core/replay/traffic.h"

#include "core/gateway/effect_sample.h"

#include <algorithm>

namespace signalbox::replay {
namespace {

/// What a replay finds out by itself, since it has the breakers, limits and paces.
bool isFoundAgain(Veto veto)
{
    switch (veto) {
    case Veto::None:
    case Veto::BreakerOpen:
    case Veto::NoUsableKey:
    case Veto::RateLimited:
    case Veto::BudgetExhausted:
    case Veto::TooSlow:
        return true;
    case Veto::ForcedOpen:
    case Veto::Drained:
    case Veto::MissingFeature:
    case Veto::ProviderDisabled:
    case Veto::NotPinned:
    case Veto::NotServable:
        return false;
    }
    return false;
}

/// Two batches of one answer.
bool belongTogether(const AttemptRecord &earlier, const AttemptRecord &later)
{
    return earlier.outcome == OutcomeClass::Success && later.target == earlier.target;
}

void join(RecordedCall &call, const AttemptRecord &part)
{
    call.outcome = part.outcome;
    call.total = part.startedAfter + part.total - call.startedAfter;
    if (!part.usage) {
        return;
    }
    call.hasUsage = true;
    call.usage.promptTokens += part.usage->promptTokens;
    call.usage.cachedTokens += part.usage->cachedTokens;
    call.usage.cacheWriteTokens += part.usage->cacheWriteTokens;
    call.usage.cacheWriteHourTokens += part.usage->cacheWriteHourTokens;
    call.usage.completionTokens += part.usage->completionTokens;
    call.usage.reasoningTokens += part.usage->reasoningTokens;
    call.usage.estimated |= part.usage->estimated;
    if (part.usage->statedCost) {
        call.usage.statedCost = call.usage.statedCost.value_or(Money()) + *part.usage->statedCost;
    }
}

} // namespace

std::uint32_t Names::number(std::string_view name)
{
    const auto [at, isNew] = m_numbers.try_emplace(std::string(name),
                                                   static_cast<std::uint32_t>(m_names.size()));
    if (isNew) {
        m_names.emplace_back(name);
    }
    return at->second;
}

std::uint32_t Names::find(std::string_view name) const
{
    const auto found = m_numbers.find(std::string(name));
    return found == m_numbers.end() ? kNone : found->second;
}

Traffic::Traffic(const Configuration &inForce)
{
    for (const RouteSettings &route : inForce.routes) {
        if (route.targets.size() > 1 || !route.rules.empty()) {
            m_openRoutes.push_back(route.name);
        }
    }
}

bool Traffic::isPinned(const RequestRecord &record) const
{
    const Decision &decision = record.decision;
    return record.route.empty()
           || (decision.candidates.size() == 1 && decision.trials.empty()
               && std::ranges::find(m_openRoutes, record.route) != m_openRoutes.end());
}

bool Traffic::add(const RequestRecord &record)
{
    if (record.isOwn()) {
        return true;
    }
    if (m_requests.size() >= kRequestsMax) {
        return false;
    }
    RecordedRequest request;
    request.arrived = record.arrived;
    request.route = record.route.empty() ? Names::kNone : m_routes.number(record.route);
    request.task = m_tasks.number(record.taskName());
    request.outcome = record.outcome;
    request.stream = record.stream;
    request.embeddings = record.operation == "embeddings";
    request.limited = record.errorCode == "rate_limit_exceeded"
                      || record.errorCode == "budget_exhausted" || record.status == 429;
    request.counts = gateway::effectOf(record).has_value();
    request.needs = record.needs;
    request.seed = record.decision.seed;
    request.draw = record.decision.draw;
    request.warm = record.decision.warm;
    request.total = record.total;
    request.firstToken = record.firstToken;
    request.facts = record.facts;
    const bool unasked = record.attempts.empty()
                         && (record.outcome == OutcomeClass::Success || record.abandoned);
    if (record.decision.candidates.empty() || unasked) {
        request.standing = Standing::AsRecorded;
    } else if (isPinned(record)) {
        request.pinned = m_targets.number(record.decision.candidates.front().target.name());
    }
    if (!record.target.isEmpty()) {
        request.target = m_targets.number(record.target.name());
    }
    addCalls(record, request);
    addVetoes(record, request);
    m_requests.push_back(std::move(request));
    return true;
}

void Traffic::addCalls(const RequestRecord &record, RecordedRequest &request)
{
    request.firstCall = static_cast<std::uint32_t>(m_calls.size());
    const AttemptRecord *before = nullptr;
    for (const AttemptRecord &attempt : record.attempts) {
        if (before != nullptr && request.embeddings && belongTogether(*before, attempt)) {
            join(m_calls.back(), attempt);
        } else {
            RecordedCall call;
            call.target = m_targets.number(attempt.target.name());
            call.model = m_models.number(attempt.upstreamModel);
            call.outcome = attempt.outcome;
            call.contentSent = attempt.contentSent;
            call.headSeen = record.stream && attempt.httpStatus == 200;
            call.startedAfter = attempt.startedAfter;
            call.backoffBefore = attempt.backoffBefore;
            call.total = attempt.total;
            call.firstToken = attempt.firstToken;
            call.hint = attempt.hint;
            call.hasUsage = attempt.usage.has_value();
            call.usage = attempt.usage.value_or(Usage{});
            m_calls.push_back(call);
        }
        before = &attempt;
    }
    request.calls = static_cast<std::uint32_t>(m_calls.size()) - request.firstCall;
}

void Traffic::addVetoes(const RequestRecord &record, RecordedRequest &request)
{
    request.firstVeto = static_cast<std::uint32_t>(m_vetoes.size());
    for (const Candidate &candidate : record.decision.candidates) {
        if (!isFoundAgain(candidate.veto)) {
            m_vetoes.push_back({m_targets.number(candidate.target.name()), candidate.veto});
        }
    }
    request.vetoes = static_cast<std::uint32_t>(m_vetoes.size()) - request.firstVeto;
}

void Traffic::close()
{
    std::ranges::stable_sort(m_requests, {}, &RecordedRequest::arrived);
    for (std::size_t i = 0; i < m_requests.size(); ++i) {
        const RecordedRequest &request = m_requests[i];
        for (std::uint32_t call = 0; call < request.calls; ++call) {
            m_calls[request.firstCall + call].request = static_cast<std::uint32_t>(i);
        }
    }
}

} // namespace signalbox::replay
