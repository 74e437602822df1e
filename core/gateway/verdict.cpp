// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/verdict.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

bool refusesRequest(OutcomeClass outcome)
{
    return outcome == OutcomeClass::InvalidRequest || outcome == OutcomeClass::ContextTooLong
           || outcome == OutcomeClass::ContentRefused;
}

namespace {

std::string_view timerName(OutcomeClass outcome)
{
    if (outcome == OutcomeClass::ConnectTimeout) {
        return "connect_s";
    }
    if (outcome == OutcomeClass::FirstTokenTimeout) {
        return "first_token_s";
    }
    if (outcome == OutcomeClass::IdleTimeout) {
        return "idle_s";
    }
    return outcome == OutcomeClass::TotalTimeout ? "total_s" : "deadline_s";
}

/// What all targets said alike; \p answer names the last of them.
ErrorAnswer shared(
    ErrorAnswer answer, int status, const char *code, const char *message, OutcomeClass outcome)
{
    answer.status = status;
    answer.code = code;
    answer.message = message;
    answer.origin = Origin::Upstream;
    answer.outcome = outcome;
    return answer;
}

} // namespace

Verdict::Verdict(const RequestRecord &record,
                 const Outcome &last,
                 std::vector<Candidate> candidates)
    : m_record(record)
    , m_last(last)
    , m_candidates(std::move(candidates))
{}

Verdict::Kind Verdict::kindOf(OutcomeClass outcome)
{
    using enum OutcomeClass;
    switch (outcome) {
    case ConnectTimeout:
    case FirstTokenTimeout:
    case IdleTimeout:
    case TotalTimeout:
    case DeadlineReached:
        return Kind::Timer;
    case RateLimited:
        return Kind::RateLimited;
    case AuthFailed:
        return Kind::Auth;
    case BillingRefused:
        return Kind::Billing;
    case ModelNotFound:
        return Kind::ModelUnknown;
    case Success:
    case ServerError:
    case Overloaded:
    case ConnectionRefused:
    case DnsFailure:
    case TlsFailure:
    case ConnectionReset:
    case Unparseable:
    case EmptyAnswer:
    case StreamBroken:
    case InvalidRequest:
    case ContextTooLong:
    case ContentRefused:
    case ClientGone:
    case ShutDown:
    case Outrun:
        return Kind::Other;
    }
    return Kind::Other;
}

Verdict::Kind Verdict::kindOf(const Candidate &candidate)
{
    switch (candidate.veto) {
    case Veto::MissingFeature:
    case Veto::NotServable:
        return Kind::Feature;
    case Veto::RateLimited:
        return Kind::OwnLimit;
    case Veto::BudgetExhausted:
        return Kind::Budget;
    case Veto::NoUsableKey:
        return kindOf(outcomeFromString(candidate.vetoDetail).value_or(OutcomeClass::ServerError));
    case Veto::None:
    case Veto::BreakerOpen:
    case Veto::ForcedOpen:
    case Veto::Drained:
    case Veto::ProviderDisabled:
    case Veto::NotPinned:
    case Veto::TooSlow:
        return Kind::Other;
    }
    return Kind::Other;
}

/// The one kind that all attempts share, if they do; without any attempt, all vetoed candidates.
/// Those that could never have served count only when there is nothing else.
std::optional<Verdict::Kind> Verdict::commonKind() const
{
    std::vector<Kind> kinds;
    for (const AttemptRecord &attempt : m_record.attempts) {
        // Else a batch of embeddings, or one that nobody waited for.
        if (attempt.outcome != OutcomeClass::Success && attempt.outcome != OutcomeClass::Outrun) {
            kinds.push_back(kindOf(attempt.outcome));
        }
    }
    if (kinds.empty()) {
        kinds = vetoKinds();
    }
    const bool same = std::ranges::all_of(kinds, [&](Kind kind) { return kind == kinds.front(); });
    return same && !kinds.empty() ? std::optional(kinds.front()) : std::nullopt;
}

std::vector<Verdict::Kind> Verdict::vetoKinds() const
{
    std::vector<Kind> kinds;
    bool incapable = false;
    for (const Candidate &candidate : m_candidates) {
        if (candidate.veto == Veto::None || candidate.veto == Veto::NotPinned) {
            continue;
        }
        if (kindOf(candidate) == Kind::Feature) {
            incapable = true;
        } else {
            kinds.push_back(kindOf(candidate));
        }
    }
    if (kinds.empty() && incapable) {
        kinds.push_back(Kind::Feature);
    }
    return kinds;
}

ErrorAnswer Verdict::ofRequest(SteadyTime now) const
{
    if (!m_record.attempts.empty() && refusesRequest(m_last.outcome)) {
        return passedOn();
    }
    const Seconds wait = retryAfterSeconds(recovery ? *recovery - now : Nanos(0));
    ErrorAnswer answer = noneAvailable();
    switch (commonKind().value_or(Kind::Other)) {
    case Kind::Timer:
        return timedOut();
    case Kind::Feature:
        return noneCapable();
    case Kind::Auth:
        return shared(std::move(answer),
                      502,
                      "upstream_auth",
                      "Every target refused the gateway's key for it.",
                      OutcomeClass::AuthFailed);
    case Kind::Billing:
        return shared(std::move(answer),
                      502,
                      "upstream_billing",
                      "Every target refused for lack of credit.",
                      OutcomeClass::BillingRefused);
    case Kind::ModelUnknown:
        answer = shared(std::move(answer),
                        404,
                        "model_not_found",
                        "No target knows the model any more.",
                        OutcomeClass::ModelNotFound);
        answer.param = "model";
        return answer;
    case Kind::RateLimited:
        answer = shared(std::move(answer),
                        429,
                        "rate_limited",
                        "Every target is limited by its provider.",
                        OutcomeClass::RateLimited);
        answer.retryAfter = wait;
        return answer;
    case Kind::OwnLimit:
        return rateLimited("The limits set for the providers of this route are used up.",
                           recovery ? *recovery - now : Nanos(0));
    case Kind::Budget:
        return budget.value_or(answer);
    case Kind::Other:
        break;
    }
    answer.retryAfter = wait;
    return answer;
}

ErrorAnswer Verdict::passedOn() const
{
    const AttemptRecord &attempt = m_record.attempts.back();
    ErrorAnswer answer;
    answer.status = attempt.httpStatus >= 400 && attempt.httpStatus < 500 ? attempt.httpStatus
                                                                          : 400;
    answer.code = m_last.code.empty() ? "invalid_request" : m_last.code;
    if (m_last.outcome == OutcomeClass::ContextTooLong) {
        answer.code = "context_length_exceeded";
    }
    answer.message = m_last.message.empty() ? "The provider refused the request." : m_last.message;
    answer.param = m_last.param;
    answer.origin = Origin::Upstream;
    answer.provider = attempt.target.provider();
    answer.outcome = m_last.outcome;
    return answer;
}

ErrorAnswer Verdict::timedOut() const
{
    ErrorAnswer answer;
    answer.status = 504;
    answer.code = "upstream_timeout";
    const OutcomeClass last = m_record.attempts.empty() ? OutcomeClass::DeadlineReached
                                                        : m_record.attempts.back().outcome;
    answer.message = "The upstream did not answer in time: " + std::string(timerName(last))
                     + " ran out.";
    answer.origin = Origin::Upstream;
    answer.outcome = last;
    if (!m_record.attempts.empty()) {
        answer.provider = m_record.attempts.back().target.provider();
    }
    return answer;
}

ErrorAnswer Verdict::noneAvailable() const
{
    ErrorAnswer answer;
    answer.status = 503;
    answer.code = "no_target_available";
    answer.origin = m_record.attempts.empty() ? Origin::Gateway : Origin::Upstream;
    answer.outcome = OutcomeClass::ServerError;
    if (m_record.attempts.empty()) {
        answer.message = "No target of this route is available now.";
    } else {
        const AttemptRecord &last = m_record.attempts.back();
        answer.message = "Every target failed; the last one, " + last.target.name() + ": "
                         + (last.reason.empty() ? std::string(toString(last.outcome))
                                                : last.reason);
        answer.provider = last.target.provider();
        answer.outcome = last.outcome;
    }
    return answer;
}

ErrorAnswer Verdict::noneCapable() const
{
    ErrorAnswer answer;
    answer.status = 422;
    answer.code = "no_capable_target";
    answer.origin = Origin::Gateway;
    std::string lacking;
    for (const Candidate &candidate : m_candidates) {
        if (kindOf(candidate) == Kind::Feature && candidate.veto != Veto::None) {
            lacking += (lacking.empty() ? "" : "; ") + candidate.target.name() + ": "
                       + candidate.vetoDetail;
        }
    }
    answer.message = "No target of this route can serve what the request needs (" + lacking + ").";
    return answer;
}

ErrorAnswer Verdict::ofBrokenStream() const
{
    // What was tried for the rest of it is not what the client saw break.
    const auto told = std::ranges::find(m_record.attempts.rbegin(),
                                        m_record.attempts.rend(),
                                        true,
                                        &AttemptRecord::contentSent);
    const AttemptRecord &broken = told == m_record.attempts.rend() ? m_record.attempts.back()
                                                                   : *told;
    ErrorAnswer answer;
    answer.origin = Origin::Upstream;
    answer.provider = broken.target.provider();
    answer.outcome = broken.outcome;
    if (kindOf(broken.outcome) == Kind::Timer) {
        answer.status = 504;
        answer.code = "upstream_timeout";
        answer.message = "The upstream fell silent in the middle of the answer: "
                         + std::string(timerName(broken.outcome)) + " ran out.";
    } else {
        answer.status = 502;
        answer.code = "upstream_stream_broken";
        // The reason, not the upstream's words: those may be about our key.
        const std::string &reason = broken.reason;
        answer.message = "The upstream's answer broke off: "
                         + (reason.empty() ? std::string(toString(broken.outcome)) : reason);
    }
    return answer;
}

ErrorAnswer shuttingDown(bool streaming)
{
    ErrorAnswer answer;
    answer.status = 503;
    answer.code = streaming ? "upstream_stream_broken" : "no_target_available";
    answer.message = "The gateway is shutting down.";
    answer.origin = Origin::Gateway;
    answer.retryAfter = Seconds(1);
    answer.outcome = OutcomeClass::ShutDown;
    return answer;
}

} // namespace signalbox::gateway
