// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/error_answer.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

std::string errorBody(const ErrorAnswer &error, const std::vector<AttemptRecord> &attempts)
{
    providers::ApiError api;
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
    return providers::encodeError(api);
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
    return {.status = 400,
            .code = "invalid_request",
            .message = std::move(message),
            .param = std::move(param)};
}

ErrorAnswer invalidApiKey()
{
    return {.status = 401,
            .code = "invalid_api_key",
            .message = "The API key is missing or not known to this gateway. Send it as "
                       "'Authorization: Bearer KEY' or 'x-api-key: KEY'.",
            .outcome = OutcomeClass::AuthFailed};
}

ErrorAnswer originRefused(std::string message)
{
    return {.status = 403, .code = "origin_refused", .message = std::move(message)};
}

ErrorAnswer routeNotAllowed(std::string_view route, std::string_view client)
{
    return {.status = 403,
            .code = "route_not_allowed",
            .message = "The client \"" + std::string(client) + "\" may not use \""
                + std::string(route) + "\".",
            .param = "model"};
}

ErrorAnswer notFound(std::string_view path)
{
    return {.status = 404,
            .code = "not_found",
            .message = "There is nothing at " + std::string(path) + "."};
}

ErrorAnswer methodNotAllowed(std::string_view method, std::string allow)
{
    return {.status = 405,
            .code = "method_not_allowed",
            .message = std::string(method) + " is not possible here; use " + allow + ".",
            .allow = std::move(allow)};
}

ErrorAnswer modelNotFound(std::string message)
{
    return {.status = 404,
            .code = "model_not_found",
            .message = std::move(message),
            .param = "model",
            .outcome = OutcomeClass::ModelNotFound};
}

ErrorAnswer rateLimited(std::string message, Nanos wait)
{
    return {.status = 429,
            .code = "rate_limited",
            .message = std::move(message),
            .origin = Origin::Gateway,
            .retryAfter = retryAfterSeconds(wait),
            .outcome = OutcomeClass::RateLimited};
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

Seconds retryAfterSeconds(Nanos wait)
{
    return std::max(Seconds(1), std::chrono::ceil<Seconds>(wait));
}

} // namespace signalbox::gateway
