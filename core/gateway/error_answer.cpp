// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/error_answer.h"

#include "core/gateway/budgets.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

namespace {

ErrorAnswer clientError(int status, std::string code, std::string message)
{
    ErrorAnswer answer;
    answer.status = status;
    answer.code = std::move(code);
    answer.message = std::move(message);
    return answer;
}

} // namespace

providers::ApiError toApiError(const ErrorAnswer &error, const std::vector<AttemptRecord> &attempts)
{
    providers::ApiError api;
    api.status = error.status;
    api.message = error.message;
    api.type = providers::errorTypeFor(error.status);
    api.param = error.param;
    api.code = error.code;
    api.origin = error.origin;
    api.provider = error.provider;
    for (const AttemptRecord &attempt : attempts) {
        const auto ms = std::chrono::duration_cast<Millis>(attempt.total).count();
        api.attempts.push_back({attempt.target.name(), attempt.httpStatus, attempt.reason, ms});
    }
    return api;
}

std::string errorBody(const ErrorAnswer &error,
                      const std::vector<AttemptRecord> &attempts,
                      const providers::Dialect &dialect)
{
    return dialect.encodeError(toApiError(error, attempts));
}

http::Headers errorHeaders(const ErrorAnswer &error)
{
    http::Headers headers;
    headers.add("content-type", "application/json");
    if (error.retryAfter) {
        headers.add("retry-after", std::to_string(error.retryAfter->count()));
    }
    if (!error.allow.empty()) {
        headers.add("allow", error.allow);
    }
    return headers;
}

ErrorAnswer invalidRequest(std::string message, std::string param)
{
    ErrorAnswer answer = clientError(400, "invalid_request", std::move(message));
    answer.param = std::move(param);
    return answer;
}

ErrorAnswer invalidApiKey()
{
    ErrorAnswer answer = clientError(401,
                                     "invalid_api_key",
                                     "The API key is missing or not known to this gateway. Send it "
                                     "as 'Authorization: Bearer KEY' or 'x-api-key: KEY'.");
    answer.outcome = OutcomeClass::AuthFailed;
    return answer;
}

ErrorAnswer originRefused(std::string message)
{
    return clientError(403, "origin_refused", std::move(message));
}

ErrorAnswer routeNotAllowed(std::string_view route, std::string_view client)
{
    std::string message = "The client \"" + std::string(client) + "\" may not use \""
                          + std::string(route) + "\".";
    ErrorAnswer answer = clientError(403, "route_not_allowed", std::move(message));
    answer.param = "model";
    return answer;
}

ErrorAnswer notFound(std::string_view path)
{
    return clientError(404, "not_found", "There is nothing at " + std::string(path) + ".");
}

ErrorAnswer methodNotAllowed(std::string_view method, std::string allow)
{
    ErrorAnswer answer = clientError(405,
                                     "method_not_allowed",
                                     std::string(method) + " is not possible here; use " + allow
                                         + ".");
    answer.allow = std::move(allow);
    return answer;
}

ErrorAnswer modelNotFound(std::string message)
{
    ErrorAnswer answer = clientError(404, "model_not_found", std::move(message));
    answer.param = "model";
    answer.outcome = OutcomeClass::ModelNotFound;
    return answer;
}

ErrorAnswer rateLimited(std::string message, Nanos wait)
{
    ErrorAnswer answer = clientError(429, "rate_limited", std::move(message));
    answer.origin = Origin::Gateway;
    answer.retryAfter = retryAfterSeconds(wait);
    answer.outcome = OutcomeClass::RateLimited;
    return answer;
}

ErrorAnswer budgetExhausted(const BudgetView &budget, SystemTime now)
{
    std::string message = "The budget of " + nameOfOwner(budget) + " for today, "
                          + budget.perDay.toDecimal() + " USD, has no room for this request: "
                          + budget.spent.toDecimal() + " USD are spent";
    const bool inTheAir = budget.reserved > Money();
    if (inTheAir) {
        message += ", " + budget.reserved.toDecimal() + " USD kept for requests in the air";
    }
    // What is in the air may turn out to cost less.
    constexpr Seconds kSoon{5};
    const bool soon = inTheAir && budget.spent < budget.perDay;
    ErrorAnswer answer = rateLimited(message + ". The next day begins at "
                                         + toIso8601(budget.resetsAt) + ".",
                                     soon ? Nanos(kSoon) : Nanos(budget.resetsAt - now));
    answer.code = "budget_exhausted";
    return answer;
}

ErrorAnswer refusedByCodec(http::Error error)
{
    ErrorAnswer answer = invalidRequest(std::string(http::describe(error)));
    answer.status = http::statusFor(error);
    if (answer.status == 413) {
        answer.code = "body_too_large";
    } else if (answer.status == 431) {
        answer.code = "headers_too_large";
    }
    return answer;
}

ErrorAnswer requestTimeout()
{
    ErrorAnswer answer = invalidRequest("The request did not arrive in time.");
    answer.status = 408;
    answer.code = "request_timeout";
    return answer;
}

ErrorAnswer overloaded()
{
    ErrorAnswer answer = clientError(503,
                                     "overloaded",
                                     "The gateway holds as many bytes of requests as it may; try "
                                     "again in a moment.");
    answer.origin = Origin::Gateway;
    answer.retryAfter = Seconds(1);
    return answer;
}

Seconds retryAfterSeconds(Nanos wait)
{
    return std::max(Seconds(1), std::chrono::ceil<Seconds>(wait));
}

} // namespace signalbox::gateway
