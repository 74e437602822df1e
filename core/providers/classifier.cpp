// SPDX-License-Identifier: Apache-2.0
#include "core/providers/classifier.h"

#include "core/base/bounds.h"
#include "core/base/text.h"
#include "core/providers/error_evidence.h"
#include "core/providers/retry_hint.h"

#include <algorithm>

namespace signalbox::providers {
namespace {

/// DashScope's and Gemini's throttles use OpenAI's billing words, and clear by themselves; spending
/// caps and a lack of machines, which Gemini tells with 429 too, are none.
bool isThrottle(ProviderKind kind, int status, const ErrorEvidence &evidence)
{
    const bool ofGemini = kind == ProviderKind::Gemini && !evidence.ofSpentBudget()
                          && !evidence.ofOverload(false);
    const bool misworded = status == 429 && (kind == ProviderKind::Qwen || ofGemini);
    return misworded || evidence.ofThrottlingCode();
}

/// Refusals of us rather than of the request. With 400 and 422, whose messages quote the request,
/// only what the client cannot have written counts.
std::optional<OutcomeClass> ofOperator(ProviderKind kind, int status, const ErrorEvidence &evidence)
{
    const bool quotes = status == 400 || status == 422;
    if (isThrottle(kind, status, evidence)) {
        return OutcomeClass::RateLimited;
    }
    if (evidence.ofBadKey()) {
        return OutcomeClass::AuthFailed;
    }
    if (evidence.ofOverload(quotes)) {
        return OutcomeClass::Overloaded;
    }
    const bool spent = kind == ProviderKind::Gemini && status == 429 && evidence.ofSpentBudget();
    if (spent || evidence.ofUnpaidBill()) {
        return OutcomeClass::BillingRefused;
    }
    if (evidence.ofRateLimit(quotes)) {
        return OutcomeClass::RateLimited;
    }
    return std::nullopt;
}

/// What the words alone say.
std::optional<OutcomeClass> fromWords(ProviderKind kind, int status, const ErrorEvidence &evidence)
{
    if (const auto refused = ofOperator(kind, status, evidence)) {
        return refused;
    }
    if (evidence.ofRefusedContent()) {
        return OutcomeClass::ContentRefused;
    }
    if (evidence.ofLongContext()) {
        return OutcomeClass::ContextTooLong;
    }
    if (evidence.ofUnknownModel()) {
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

OutcomeClass ofServerError(ProviderKind kind, int status, const ErrorEvidence &evidence)
{
    const bool overloaded = isOverload(kind, status) || evidence.ofOverload(false);
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
    const ErrorEvidence evidence(error);
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
    constexpr std::size_t kEyBytesMin = 12;
    const auto odd = [](char c) { return (c >= '0' && c <= '9') || c == '*'; };
    return word.starts_with("sk-")
           || (word.size() >= kEyBytesMin && std::ranges::any_of(word, odd));
}

/// \p message without the words that could be a key or a part of one; what stands for them may be
/// longer than they are.
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
    return std::string(clippedUtf8(kept, bounds::kErrorMessageBytesMax));
}

std::string shownMessage(OutcomeClass outcome, const std::string &message)
{
    return outcome == OutcomeClass::AuthFailed ? withoutKeys(message) : message;
}

/// Gemini's code is its HTTP status again; what it means is its type, or its reason.
const std::string &codeOf(ProviderKind kind, const ErrorBody &error)
{
    if (!error.reason.empty()) {
        return error.reason;
    }
    const bool mute = kind == ProviderKind::Gemini && !error.type.empty();
    return error.code.empty() || mute ? error.type : error.code;
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
    outcome.code = codeOf(kind, error);
    outcome.param = error.param;
    const bool limited = outcome.outcome == OutcomeClass::RateLimited;
    outcome.hint = readRetryHint(headers, error, limited, now);
    outcome.mayRepeat = headers.find("x-should-retry") != "false";
    return outcome;
}

ChatFailure classifyToldError(ProviderKind kind, const ErrorBody &error, OutcomeClass otherwise)
{
    OutcomeClass outcome = otherwise;
    const ErrorEvidence evidence(error);
    if (const auto told = fromWords(kind, error.status, evidence)) {
        outcome = *told;
    } else if (error.status != 0) {
        outcome = classOf(kind, error.status, error);
    } else if (evidence.ofServerError()) {
        outcome = OutcomeClass::ServerError;
    } else if (evidence.ofBadRequest()) {
        outcome = OutcomeClass::InvalidRequest;
    }
    return {outcome, shownMessage(outcome, error.message), codeOf(kind, error)};
}

} // namespace signalbox::providers
