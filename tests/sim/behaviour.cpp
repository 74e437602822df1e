// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/behaviour.h"

#include <algorithm>
#include <array>
#include <span>

namespace signalbox::sim {
namespace {

using enum OutcomeClass;
using Hint = RetryHintSource;

constexpr std::array kGood = {
    Behaviour{"200", Success},
    Behaviour{"200", Success},
    Behaviour{"200", Success},
    Behaviour{"200", Success},
    Behaviour{"200", Success},
    Behaviour{"200 unmetered", Success, Hint::None, false},
};
constexpr std::array kIll = {
    Behaviour{"500", ServerError},
    Behaviour{"502 hint 1s", ServerError, Hint::RetryAfterSeconds},
    Behaviour{"503 hint 3s", Overloaded, Hint::RetryAfterSeconds},
    Behaviour{"529", Overloaded},
    Behaviour{"reset", ConnectionReset},
    Behaviour{"200 empty", EmptyAnswer},
    Behaviour{"200 html", Unparseable},
    Behaviour{"200 error", ServerError},
    Behaviour{"cut before content", ConnectionReset},
    Behaviour{"cut after content", ConnectionReset},
    Behaviour{"end before content", StreamBroken},
    Behaviour{"end after content", StreamBroken},
    Behaviour{"garbage before content", Unparseable},
    Behaviour{"garbage after content", Unparseable},
    Behaviour{"error before content", ServerError},
    Behaviour{"error after content", ServerError},
};
constexpr std::array kUnreachable = {
    Behaviour{"refused", ConnectionRefused},
    Behaviour{"refused", ConnectionRefused},
    Behaviour{"dns", DnsFailure},
    Behaviour{"tls", TlsFailure},
};
constexpr std::array kThrottling = {
    Behaviour{"429 hint 2s", RateLimited, Hint::RetryAfterSeconds},
    Behaviour{"429 hint 0s", RateLimited, Hint::RetryAfterSeconds},
    Behaviour{"429 hint-ms 1500", RateLimited, Hint::RetryAfterMs},
    Behaviour{"429 hint-date 3", RateLimited, Hint::RetryAfterDate},
    Behaviour{"429 hint-text 2", RateLimited, Hint::BodyText},
    Behaviour{"429 hint-reset 4", RateLimited, Hint::ResetHeader},
};
constexpr std::array kSlow = {
    Behaviour{"200 slow", Success},
    Behaviour{"200 late", Success},
    Behaviour{"connect-hang", std::nullopt},
    Behaviour{"hang", std::nullopt},
    Behaviour{"head-hang", std::nullopt},
    Behaviour{"stall before content", std::nullopt},
    Behaviour{"stall after content", std::nullopt},
    Behaviour{"comments", std::nullopt},
};
/// What is rare because it takes a key away for long.
constexpr std::array kKeyRefusals = {
    Behaviour{"429", RateLimited},
    Behaviour{"429 hint 90s", RateLimited, Hint::RetryAfterSeconds},
    Behaviour{"throttled before content", RateLimited},
    Behaviour{"throttled after content", RateLimited},
    Behaviour{"401", AuthFailed},
    Behaviour{"403", AuthFailed},
    Behaviour{"400 key", AuthFailed},
    Behaviour{"key before content", AuthFailed},
    Behaviour{"key after content", AuthFailed},
    Behaviour{"402", BillingRefused},
    Behaviour{"400 billing", BillingRefused},
    Behaviour{"429 billing", BillingRefused},
};
constexpr std::array kRequestRefusals = {
    Behaviour{"404", ModelNotFound},
    Behaviour{"400 model", ModelNotFound},
    Behaviour{"400", InvalidRequest},
    Behaviour{"413", InvalidRequest},
    Behaviour{"422", InvalidRequest},
    Behaviour{"400 context", ContextTooLong},
    Behaviour{"400 content", ContentRefused},
};

const Behaviour &oneOf(std::span<const Behaviour> list, Random &random)
{
    return list[random.below(list.size())];
}

const Behaviour &anyFault(Random &random)
{
    switch (random.below(10)) {
    case 0:
        return oneOf(kUnreachable, random);
    case 1:
    case 2:
        return oneOf(kThrottling, random);
    case 3:
    case 4:
        return oneOf(kSlow, random);
    case 5:
        return oneOf(kRequestRefusals, random);
    case 6:
        if (random.below(4) == 0) {
            return oneOf(kKeyRefusals, random);
        }
        break;
    default:
        break;
    }
    return oneOf(kIll, random);
}

} // namespace

const Behaviour &goodBehaviour()
{
    return kGood.front();
}

const Behaviour &someBehaviour(Mood mood, Random &random)
{
    const bool inMood = random.below(4) != 0; // the worst target answers now and then
    switch (inMood ? mood : Mood::Well) {
    case Mood::Well:
        return random.below(16) == 0 ? anyFault(random) : oneOf(kGood, random);
    case Mood::Ill:
        return oneOf(kIll, random);
    case Mood::Unreachable:
        return oneOf(kUnreachable, random);
    case Mood::Throttling:
        return oneOf(kThrottling, random);
    case Mood::Slow:
        return oneOf(kSlow, random);
    case Mood::Odd:
        return anyFault(random);
    }
    return goodBehaviour();
}

bool isOfAnswers(const Behaviour &behaviour)
{
    return behaviour.name.starts_with("200") || behaviour.name.ends_with(" content")
           || behaviour.name == "comments";
}

std::optional<OutcomeClass> outcomeOf(const Behaviour &behaviour,
                                      ProviderKind kind,
                                      bool embeddings)
{
    const bool stream = behaviour.name.ends_with(" before content")
                        || behaviour.name.ends_with(" after content");
    if (embeddings && stream) {
        return Unparseable; // there is no stream of embeddings
    }
    // Qwen throttles in billing's words; OpenRouter passes overload on as 502.
    if (kind == ProviderKind::Qwen && behaviour.name == "429 billing") {
        return RateLimited;
    }
    // The words of these three are in a code that Anthropic's errors have no place for.
    constexpr std::array<std::string_view, 3> codes = {"400 context", "400 content", "400 model"};
    if (kind == ProviderKind::Anthropic && std::ranges::count(codes, behaviour.name) > 0) {
        return InvalidRequest;
    }
    if (kind == ProviderKind::OpenRouter && behaviour.name.starts_with("502")) {
        return Overloaded;
    }
    return behaviour.outcome;
}

BreakerLesson lessonOf(OutcomeClass outcome)
{
    switch (outcome) {
    case Success:
        return BreakerLesson::Success;
    case ConnectionRefused:
    case DnsFailure:
    case TlsFailure:
        return BreakerLesson::CountsForProvider;
    case ServerError:
    case Overloaded:
    case ConnectionReset:
    case Unparseable:
    case EmptyAnswer:
    case StreamBroken:
    case ConnectTimeout:
    case FirstTokenTimeout:
    case IdleTimeout:
    case TotalTimeout:
        return BreakerLesson::Counts;
    case RateLimited:
    case AuthFailed:
    case BillingRefused:
    case ModelNotFound:
    case InvalidRequest:
    case ContextTooLong:
    case ContentRefused:
    case ClientGone:
    case DeadlineReached:
    case ShutDown:
    case Outrun:
        break;
    }
    return BreakerLesson::Nothing;
}

bool isTimeout(OutcomeClass outcome)
{
    return outcome == ConnectTimeout || outcome == FirstTokenTimeout || outcome == IdleTimeout
           || outcome == TotalTimeout;
}

} // namespace signalbox::sim
