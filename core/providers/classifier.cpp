// SPDX-License-Identifier: Apache-2.0
#include "core/providers/classifier.h"

#include "core/base/text.h"
#include "core/providers/retry_hint.h"

#include <algorithm>
#include <array>
#include <span>

namespace signalbox::providers {
namespace {

using Words = std::span<const std::string_view>;

// What providers write into `code` or `type`, in lower case.
constexpr std::array<std::string_view, 8> kAuthCodes = {
    "invalid_api_key", "authentication_error", "invalidapikey",  "api_key_invalid",
    "unauthenticated", "account_deactivated",  "invalid_key",    "authentication",
};
constexpr std::array<std::string_view, 7> kBillingCodes = {
    "insufficient_quota",       "billing_error",       "credit_balance_exhausted", "arrearage",
    "billing_hard_limit_reached", "payment_required",  "allocationquota.freetieronly",
};
constexpr std::array<std::string_view, 4> kRateCodes = {
    "rate_limit_exceeded", "rate_limit_error", "rate_limited", "resource_exhausted",
};
constexpr std::array<std::string_view, 6> kOverloadCodes = {
    "overloaded_error",   "provider_overloaded", "engine_overloaded",
    "engine_overloaded_error", "unavailable",    "service_unavailable",
};
constexpr std::array<std::string_view, 7> kContentCodes = {
    "content_filter",          "content_policy_violation", "datainspectionfailed",
    "data_inspection_failed",  "responsibleaipolicyviolation", "moderation_blocked",
    "content_moderation",
};
constexpr std::array<std::string_view, 3> kContextCodes = {
    "context_length_exceeded", "exceed_context_size_error", "context_window_exceeded",
};
constexpr std::array<std::string_view, 7> kModelCodes = {
    "model_not_found", "not_found_error", "model_not_supported", "invalid_model",
    "modelnotfound",   "model_deprecated", "model.accessdenied",
};
constexpr std::array<std::string_view, 5> kServerCodes = {
    "server_error", "api_error", "internal_server_error", "internalerror", "timeout_error",
};
constexpr std::array<std::string_view, 3> kRequestCodes = {
    "invalid_request_error", "invalid_parameter_error", "badrequesterror",
};

// How their messages begin, in lower case. A message may echo what the client sent, so what costs
// the operator a key counts at the beginning only.
constexpr std::array<std::string_view, 5> kAuthLeads = {
    "incorrect api key", "invalid api key", "api key not valid", "invalid x-api-key",
    "invalid api-key",
};
constexpr std::array<std::string_view, 5> kBillingLeads = {
    "your credit balance is too low",
    "you exceeded your current quota",
    "access denied, please make sure your account is in good standing",
    "insufficient balance",
    "insufficient credits",
};

// What stands anywhere in their messages, in lower case.
constexpr std::array<std::string_view, 4> kRateTexts = {
    "rate limit", "request rate increased too quickly", "throttling.", "allocated quota exceeded",
};
constexpr std::array<std::string_view, 3> kOverloadTexts = {
    "service tier capacity exceeded", "model is overloaded", "currently overloaded",
};
constexpr std::array<std::string_view, 4> kContentTexts = {
    "datainspectionfailed", "inappropriate content", "content management policy",
    "input was flagged",
};
constexpr std::array<std::string_view, 8> kContextTexts = {
    "maximum context length",   "exceeds the context window",  "prompt is too long",
    "model's context length",   "exceeded max context length", "exceeds the available context size",
    "context length exceeded",  "range of input length should be",
};
constexpr std::array<std::string_view, 5> kModelTexts = {
    "model not exist", "model not found", "is not a valid model", "invalid model:",
    "does not have access to model",
};

/// An error's words in lower case, asked by the tables above.
class Evidence
{
public:
    explicit Evidence(const ErrorBody &error)
        : m_code(toLowerAscii(error.code))
        , m_type(toLowerAscii(error.type))
        , m_text(toLowerAscii(error.message))
    {
    }

    [[nodiscard]] bool names(Words codes) const
    {
        return std::ranges::any_of(codes, [this](std::string_view code) {
            return m_code == code || m_type == code;
        });
    }
    [[nodiscard]] bool says(Words texts) const
    {
        return std::ranges::any_of(texts, [this](std::string_view text) {
            return m_text.find(text) != std::string::npos;
        });
    }
    [[nodiscard]] bool begins(Words leads) const
    {
        return std::ranges::any_of(leads, [this](std::string_view lead) {
            return m_text.starts_with(lead);
        });
    }
    [[nodiscard]] bool is(Words codes, Words texts) const { return names(codes) || says(texts); }
    [[nodiscard]] bool throttled() const
    {
        return m_code.starts_with("throttling") || m_type.starts_with("throttling");
    }
    [[nodiscard]] bool saysModelIsUnknown() const
    {
        const auto model = m_text.find("model");
        return says(kModelTexts)
            || (model != std::string::npos
                && m_text.find("does not exist", model) != std::string::npos);
    }
    [[nodiscard]] bool countsInputTokens() const
    {
        return m_text.find("input token count") != std::string::npos
            && m_text.find("exceeds the maximum") != std::string::npos;
    }

private:
    std::string m_code;
    std::string m_type;
    std::string m_text;
};

/// DashScope's per-minute throttle uses OpenAI's billing words, and clears within the minute.
bool isThrottle(ProviderKind kind, int status, const Evidence &evidence)
{
    return evidence.throttled() || (kind == ProviderKind::Qwen && status == 429);
}

/// Refusals of us rather than of the request. With 400 and 422, whose messages quote the request,
/// only what the client cannot have written counts.
std::optional<OutcomeClass> ofOperator(ProviderKind kind, int status, const Evidence &evidence)
{
    const bool quotes = status == 400 || status == 422;
    if (isThrottle(kind, status, evidence)) {
        return OutcomeClass::RateLimited;
    }
    if (evidence.names(kAuthCodes) || evidence.begins(kAuthLeads)) {
        return OutcomeClass::AuthFailed;
    }
    if (evidence.names(kOverloadCodes) || (!quotes && evidence.says(kOverloadTexts))) {
        return OutcomeClass::Overloaded;
    }
    if (evidence.names(kBillingCodes) || evidence.begins(kBillingLeads)) {
        return OutcomeClass::BillingRefused;
    }
    if (evidence.names(kRateCodes) || (!quotes && evidence.says(kRateTexts))) {
        return OutcomeClass::RateLimited;
    }
    return std::nullopt;
}

/// What the words alone say.
std::optional<OutcomeClass> fromWords(ProviderKind kind, int status, const Evidence &evidence)
{
    if (const auto refused = ofOperator(kind, status, evidence)) {
        return refused;
    }
    if (evidence.is(kContentCodes, kContentTexts)) {
        return OutcomeClass::ContentRefused;
    }
    if (evidence.is(kContextCodes, kContextTexts) || evidence.countsInputTokens()) {
        return OutcomeClass::ContextTooLong;
    }
    if (evidence.names(kModelCodes) || evidence.saysModelIsUnknown()) {
        return OutcomeClass::ModelNotFound;
    }
    return std::nullopt;
}

bool isOverload(ProviderKind kind, int status)
{
    // OpenRouter passes its upstreams' overload on as 502 or 524.
    const bool routed = kind == ProviderKind::OpenRouter && (status == 502 || status == 524);
    return status == 503 || status == 529 || routed;
}

OutcomeClass ofServerError(ProviderKind kind, int status, const Evidence &evidence)
{
    const bool overloaded = isOverload(kind, status) || evidence.is(kOverloadCodes, kOverloadTexts);
    return overloaded ? OutcomeClass::Overloaded : OutcomeClass::ServerError;
}

OutcomeClass ofClientError(int status, bool html)
{
    switch (status) {
    case 401:
        return OutcomeClass::AuthFailed;
    case 402:
        return OutcomeClass::BillingRefused;
    case 403:
        return html ? OutcomeClass::ServerError : OutcomeClass::AuthFailed;
    case 404:
    case 410:
        return OutcomeClass::ModelNotFound;
    case 408:
    case 409:
    case 425:
        return OutcomeClass::ServerError;
    case 413:
        return OutcomeClass::InvalidRequest;
    case 429:
        return OutcomeClass::RateLimited;
    default:
        return html ? OutcomeClass::ServerError : OutcomeClass::InvalidRequest;
    }
}

OutcomeClass classOf(ProviderKind kind, int status, const ErrorBody &error)
{
    const Evidence evidence(error);
    if (status >= 500) {
        return ofServerError(kind, status, evidence);
    }
    if (status < 400) {
        return OutcomeClass::ServerError; // a redirect, or a head no API sends
    }
    if (status == 401 || status == 402) {
        return ofClientError(status, error.html);
    }
    const auto told = fromWords(kind, status, evidence);
    return told ? *told : ofClientError(status, error.html);
}

bool looksLikeKey(std::string_view word)
{
    constexpr std::size_t keyBytesMin = 12;
    const auto odd = [](char c) { return (c >= '0' && c <= '9') || c == '*'; };
    return word.starts_with("sk-")
        || (word.size() >= keyBytesMin && std::ranges::any_of(word, odd));
}

/// \p message without the words that could be a key or a part of one.
std::string withoutKeys(std::string_view message)
{
    std::string kept;
    while (!message.empty()) {
        const auto blank = std::min(message.find_first_of(" \n\t\"'`"), message.size());
        const std::string_view word = message.substr(0, blank);
        kept += looksLikeKey(word) ? std::string_view("[redacted]") : word;
        kept += message.substr(blank, 1);
        message.remove_prefix(std::min(blank + 1, message.size()));
    }
    return kept;
}

std::string shownMessage(OutcomeClass outcome, const std::string &message)
{
    return outcome == OutcomeClass::AuthFailed ? withoutKeys(message) : message;
}

const std::string &codeOf(const ErrorBody &error)
{
    return error.code.empty() ? error.type : error.code;
}

} // namespace

Outcome classifyAnswer(ProviderKind kind,
                       int status,
                       const http::Headers &headers,
                       std::string_view body,
                       SystemTime now)
{
    if (status >= 200 && status < 300) {
        return {};
    }
    const ErrorBody error = readErrorBody(body);
    Outcome outcome;
    outcome.outcome = classOf(kind, status, error);
    outcome.message = shownMessage(outcome.outcome, error.message);
    outcome.code = codeOf(error);
    outcome.param = error.param;
    const bool limited = outcome.outcome == OutcomeClass::RateLimited;
    outcome.hint = readRetryHint(headers, error.message, limited, now);
    return outcome;
}

ChatFailure classifyToldError(ProviderKind kind, const ErrorBody &error, OutcomeClass otherwise)
{
    OutcomeClass outcome = otherwise;
    const Evidence evidence(error);
    if (const auto told = fromWords(kind, error.status, evidence)) {
        outcome = *told;
    } else if (error.status != 0) {
        outcome = classOf(kind, error.status, error);
    } else if (evidence.names(kServerCodes)) {
        outcome = OutcomeClass::ServerError;
    } else if (evidence.names(kRequestCodes)) {
        outcome = OutcomeClass::InvalidRequest;
    }
    return {outcome, shownMessage(outcome, error.message), codeOf(error)};
}

} // namespace signalbox::providers
