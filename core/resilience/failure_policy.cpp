// SPDX-License-Identifier: Apache-2.0
#include "core/resilience/failure_policy.h"

namespace signalbox::resilience {
namespace {

constexpr FailurePolicy kServerFault{.sameTarget = SameTarget::WithBackoff,
                                     .nextTarget = NextTarget::Yes,
                                     .breaker = BreakerEffect::Counts};
constexpr FailurePolicy kProviderFault{.sameTarget = SameTarget::WithBackoff,
                                       .nextTarget = NextTarget::Yes,
                                       .breaker = BreakerEffect::Counts,
                                       .scope = FailureScope::Provider};
constexpr FailurePolicy kTimeout{.nextTarget = NextTarget::Yes, .breaker = BreakerEffect::Counts};
constexpr FailurePolicy kThrottled{.sameTarget = SameTarget::AfterHint,
                                   .nextTarget = NextTarget::Yes,
                                   .key = KeyAction::Cool};
constexpr FailurePolicy kKeyRefused{.sameTarget = SameTarget::WithNextKey,
                                    .nextTarget = NextTarget::Yes,
                                    .key = KeyAction::Disable};
constexpr FailurePolicy kBillingRefused{.sameTarget = SameTarget::WithNextKey,
                                        .nextTarget = NextTarget::Yes,
                                        .key = KeyAction::CoolLong};
constexpr FailurePolicy kModelUnknown{.nextTarget = NextTarget::Yes, .misconfigured = true};
constexpr FailurePolicy kRefusedByContent{.nextTarget = NextTarget::IfRouteSaysSo};
constexpr FailurePolicy kNobodysFault{};
constexpr FailurePolicy kSuccess{.breaker = BreakerEffect::Success};

FailurePolicy beforeContent(OutcomeClass outcome)
{
    using enum OutcomeClass;
    switch (outcome) {
    case Success:
        return kSuccess;
    case ServerError:
    case Overloaded:
    case ConnectionReset:
    case Unparseable:
    case EmptyAnswer:
    case StreamBroken:
        return kServerFault;
    case ConnectionRefused:
    case DnsFailure:
    case TlsFailure:
        return kProviderFault;
    case ConnectTimeout:
    case FirstTokenTimeout:
    case IdleTimeout:
    case TotalTimeout:
        return kTimeout;
    case RateLimited:
        return kThrottled;
    case AuthFailed:
        return kKeyRefused;
    case BillingRefused:
        return kBillingRefused;
    case ModelNotFound:
        return kModelUnknown;
    case ContextTooLong:
    case ContentRefused:
        return kRefusedByContent;
    case InvalidRequest:
    case ClientGone:
    case DeadlineReached:
    case ShutDown:
    case Outrun:
        return kNobodysFault;
    }
    return kNobodysFault;
}

} // namespace

FailurePolicy policyFor(OutcomeClass outcome, bool contentSent)
{
    FailurePolicy policy = beforeContent(outcome);
    if (contentSent && policy.nextTarget != NextTarget::No) {
        policy.sameTarget = SameTarget::No;
        policy.nextTarget = NextTarget::ByStreamBreak;
    }
    return policy;
}

} // namespace signalbox::resilience
