// SPDX-License-Identifier: Apache-2.0
#include "core/providers/error_evidence.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {
namespace {

// What providers write into `code` or `type`, in lower case.
constexpr std::array<std::string_view, 11> kAuthCodes = {
    "invalid_api_key",
    "authentication_error",
    "invalidapikey",
    "api_key_invalid",
    "api_key_expired",
    "api_key_service_blocked",
    "service_disabled",
    "unauthenticated",
    "account_deactivated",
    "invalid_key",
    "authentication",
};
constexpr std::array<std::string_view, 7> kBillingCodes = {
    "insufficient_quota",
    "billing_error",
    "credit_balance_exhausted",
    "arrearage",
    "billing_hard_limit_reached",
    "payment_required",
    "allocationquota.freetieronly",
};
constexpr std::array<std::string_view, 4> kRateCodes = {
    "rate_limit_exceeded",
    "rate_limit_error",
    "rate_limited",
    "resource_exhausted",
};
constexpr std::array<std::string_view, 7> kOverloadCodes = {
    "overloaded_error",
    "provider_overloaded",
    "engine_overloaded",
    "engine_overloaded_error",
    "unavailable",
    "service_unavailable",
    "model_capacity_exhausted",
};
constexpr std::array<std::string_view, 7> kContentCodes = {
    "content_filter",
    "content_policy_violation",
    "datainspectionfailed",
    "data_inspection_failed",
    "responsibleaipolicyviolation",
    "moderation_blocked",
    "content_moderation",
};
constexpr std::array<std::string_view, 3> kContextCodes = {
    "context_length_exceeded",
    "exceed_context_size_error",
    "context_window_exceeded",
};
constexpr std::array<std::string_view, 7> kModelCodes = {
    "model_not_found",
    "not_found_error",
    "model_not_supported",
    "invalid_model",
    "modelnotfound",
    "model_deprecated",
    "model.accessdenied",
};
constexpr std::array<std::string_view, 5> kServerCodes = {
    "server_error",
    "api_error",
    "internal_server_error",
    "internalerror",
    "timeout_error",
};
constexpr std::array<std::string_view, 3> kRequestCodes = {
    "invalid_request_error",
    "invalid_parameter_error",
    "badrequesterror",
};

// How their messages begin, in lower case. A message may echo what the client sent, so what costs
// the operator a key counts at the beginning only.
constexpr std::array<std::string_view, 8> kAuthLeads = {
    "incorrect api key",
    "invalid api key",
    "api key not valid",
    "invalid x-api-key",
    "invalid api-key",
    "this organization has been disabled",
    "api key expired",
    "user location is not supported",
};
constexpr std::array<std::string_view, 7> kBillingLeads = {
    "your credit balance is too low",
    "you have reached your specified api usage limits",
    "you exceeded your current quota",
    "access denied, please make sure your account is in good standing",
    "insufficient balance",
    "insufficient credits",
    "gemini api free tier is not available",
};

// What stands anywhere in their messages, in lower case.
constexpr std::array<std::string_view, 4> kRateTexts = {
    "rate limit",
    "request rate increased too quickly",
    "throttling.",
    "allocated quota exceeded",
};
constexpr std::array<std::string_view, 3> kSpentTexts = {
    "spending cap",
    "spend cap",
    "prepayment credits",
};
constexpr std::array<std::string_view, 3> kOverloadTexts = {
    "service tier capacity exceeded",
    "model is overloaded",
    "currently overloaded",
};
constexpr std::array<std::string_view, 5> kContentTexts = {
    "datainspectionfailed",
    "inappropriate content",
    "content management policy",
    "input was flagged",
    "blocked by content filtering policy",
};
constexpr std::array<std::string_view, 9> kContextTexts = {
    "maximum context length",
    "exceeds the context window",
    "prompt is too long",
    "exceed context limit",
    "model's context length",
    "exceeded max context length",
    "exceeds the available context size",
    "context length exceeded",
    "range of input length should be",
};
constexpr std::array<std::string_view, 5> kModelTexts = {
    "model not exist",
    "model not found",
    "is not a valid model",
    "invalid model:",
    "does not have access to model",
};

} // namespace

ErrorEvidence::ErrorEvidence(const ErrorBody &error)
    : m_code(toLowerAscii(error.code))
    , m_type(toLowerAscii(error.type))
    , m_reason(toLowerAscii(error.reason))
    , m_text(toLowerAscii(error.message))
{}

bool ErrorEvidence::names(std::span<const std::string_view> codes) const
{
    return std::ranges::any_of(codes, [this](std::string_view code) {
        return m_code == code || m_type == code || m_reason == code;
    });
}

bool ErrorEvidence::says(std::span<const std::string_view> texts) const
{
    return std::ranges::any_of(texts, [this](std::string_view text) {
        return m_text.find(text) != std::string::npos;
    });
}

bool ErrorEvidence::begins(std::span<const std::string_view> leads) const
{
    return std::ranges::any_of(leads,
                               [this](std::string_view lead) { return m_text.starts_with(lead); });
}

bool ErrorEvidence::ofThrottlingCode() const
{
    return m_code.starts_with("throttling") || m_type.starts_with("throttling");
}

bool ErrorEvidence::ofBadKey() const
{
    return names(kAuthCodes) || begins(kAuthLeads);
}

bool ErrorEvidence::ofUnpaidBill() const
{
    return names(kBillingCodes) || begins(kBillingLeads);
}

bool ErrorEvidence::ofSpentBudget() const
{
    return says(kSpentTexts);
}

bool ErrorEvidence::ofOverload(bool mayQuote) const
{
    return names(kOverloadCodes) || (!mayQuote && says(kOverloadTexts));
}

bool ErrorEvidence::ofRateLimit(bool mayQuote) const
{
    return names(kRateCodes) || (!mayQuote && says(kRateTexts));
}

bool ErrorEvidence::ofRefusedContent() const
{
    return names(kContentCodes) || says(kContentTexts);
}

bool ErrorEvidence::ofLongContext() const
{
    const bool counted = m_text.find("input token count") != std::string::npos
                         && m_text.find("exceeds the maximum") != std::string::npos;
    return counted || names(kContextCodes) || says(kContextTexts);
}

bool ErrorEvidence::ofUnknownModel() const
{
    const auto model = m_text.find("model");
    const bool missing = model != std::string::npos
                         && m_text.find("does not exist", model) != std::string::npos;
    return missing || names(kModelCodes) || says(kModelTexts);
}

bool ErrorEvidence::ofServerError() const
{
    return names(kServerCodes);
}

bool ErrorEvidence::ofBadRequest() const
{
    return names(kRequestCodes);
}

} // namespace signalbox::providers
