// SPDX-License-Identifier: Apache-2.0
// How an attempt ended, in the words of the error table every other room switches on.
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox {

enum class OutcomeClass : std::uint8_t {
    Success,
    // The target or its provider failed; these count for the breaker.
    ServerError, ///< 5xx
    Overloaded, ///< 503, 529 or an overloaded_error
    ConnectionRefused, ///< scope: provider
    DnsFailure, ///< scope: provider
    TlsFailure, ///< scope: provider
    ConnectionReset,
    Unparseable, ///< an answer that is not what the format says, or over its size limit
    EmptyAnswer,
    StreamBroken, ///< cut, in-stream error or garbage
    ConnectTimeout,
    FirstTokenTimeout,
    IdleTimeout,
    TotalTimeout,
    // The provider does not want us, or not now.
    RateLimited,
    AuthFailed,
    BillingRefused,
    ModelNotFound,
    // The request itself was refused.
    InvalidRequest,
    ContextTooLong,
    ContentRefused,
    // Nobody failed.
    ClientGone,
    DeadlineReached, ///< the request's own deadline ended the attempt
    ShutDown, ///< the gateway stopped
    Outrun, ///< another target, asked beside it, answered first
};

inline constexpr int kOutcomeClassCount = static_cast<int>(OutcomeClass::Outrun) + 1;

/// A stable snake_case name, used in records, logs, metrics and errors: `connect_timeout`.
std::string_view toString(OutcomeClass outcome);
std::optional<OutcomeClass> outcomeFromString(std::string_view name);

enum class RetryHintSource : std::uint8_t {
    None,
    RetryAfterMs,
    RetryAfterSeconds,
    RetryAfterDate,
    BodyText,
    ResetHeader,
    RetryInfo, ///< Google's error detail
};

std::string_view toString(RetryHintSource source);

struct RetryHint
{
    Millis wait{0};
    RetryHintSource source = RetryHintSource::None;

    friend bool operator==(const RetryHint &, const RetryHint &) = default;
};

/// What an upstream's error answer meant.
struct Outcome
{
    OutcomeClass outcome = OutcomeClass::Success;
    std::string message; ///< the upstream's words, at most 2 KB; never shown for AuthFailed
    std::string code; ///< the upstream's own code or type
    std::string param; ///< the upstream's own param
    std::optional<RetryHint> hint;
    bool mayRepeat = true; ///< false: the upstream says that asking it again is of no use

    static Outcome of(OutcomeClass outcome, std::string message);
    friend bool operator==(const Outcome &, const Outcome &) = default;
};

} // namespace signalbox
