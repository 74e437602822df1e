// SPDX-License-Identifier: Apache-2.0
#include "core/domain/outcome.h"

#include "core/domain/chat_event.h"

#include <array>
#include <utility>

namespace signalbox {
namespace {

constexpr std::array<std::string_view, kOutcomeClassCount> kNames = {
    "success",         "server_error",    "overloaded",       "connection_refused",
    "dns_failure",     "tls_failure",     "connection_reset", "unparseable",
    "empty_answer",    "stream_broken",   "connect_timeout",  "first_token_timeout",
    "idle_timeout",    "total_timeout",   "rate_limited",     "auth_failed",
    "billing_refused", "model_not_found", "invalid_request",  "context_too_long",
    "content_refused", "client_gone",     "deadline_reached", "shut_down",
    "outrun",
};

} // namespace

Outcome Outcome::of(OutcomeClass outcome, std::string message)
{
    Outcome result;
    result.outcome = outcome;
    result.message = std::move(message);
    return result;
}

std::string_view toString(OutcomeClass outcome)
{
    return kNames[static_cast<std::size_t>(outcome)];
}

std::optional<OutcomeClass> outcomeFromString(std::string_view name)
{
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i] == name) {
            return static_cast<OutcomeClass>(i);
        }
    }
    return std::nullopt;
}

std::string_view toString(RetryHintSource source)
{
    switch (source) {
    case RetryHintSource::None:
        return "none";
    case RetryHintSource::RetryAfterMs:
        return "retry_after_ms";
    case RetryHintSource::RetryAfterSeconds:
        return "retry_after_s";
    case RetryHintSource::RetryAfterDate:
        return "retry_after_date";
    case RetryHintSource::BodyText:
        return "body_text";
    case RetryHintSource::ResetHeader:
        return "reset_header";
    case RetryHintSource::RetryInfo:
        return "retry_info";
    }
    return "";
}

std::string_view toString(FinishReason reason)
{
    switch (reason) {
    case FinishReason::Stop:
        return "stop";
    case FinishReason::Length:
        return "length";
    case FinishReason::ToolCalls:
        return "tool_calls";
    case FinishReason::ContentFilter:
        return "content_filter";
    }
    return "";
}

} // namespace signalbox
