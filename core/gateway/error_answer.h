// SPDX-License-Identifier: Apache-2.0
// An error as the client sees it: the rows of the contract's error table.
#pragma once

#include "core/base/time.h"
#include "core/domain/budget.h"
#include "core/domain/record.h"
#include "core/http/error.h"
#include "core/http/headers.h"
#include "core/providers/client_api.h"
#include "core/providers/dialect.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::gateway {

using Origin = providers::ErrorOrigin;

struct ErrorAnswer
{
    int status = 500;
    std::string code;
    std::string message;
    std::string param; ///< a JSON path, may be empty
    Origin origin = Origin::Client;
    std::string provider; ///< whose fault it was, if a provider's
    std::optional<Seconds> retryAfter;
    std::string allow; ///< of a 405
    OutcomeClass outcome = OutcomeClass::InvalidRequest; ///< as the record has it

    friend bool operator==(const ErrorAnswer &, const ErrorAnswer &) = default;
};

/// The same with what the attempts have to say, as the client API writes it.
providers::ApiError toApiError(const ErrorAnswer &error,
                               const std::vector<AttemptRecord> &attempts);

/// The dialect's error object plus origin, provider and attempts, on one line.
std::string errorBody(const ErrorAnswer &error,
                      const std::vector<AttemptRecord> &attempts = {},
                      const providers::Dialect &dialect = providers::chatDialect());

/// Content-Type, Retry-After and Allow as the error wants them.
http::Headers errorHeaders(const ErrorAnswer &error);

ErrorAnswer invalidRequest(std::string message, std::string param = {});
ErrorAnswer invalidApiKey();
ErrorAnswer originRefused(std::string message);
ErrorAnswer routeNotAllowed(std::string_view route, std::string_view client);
ErrorAnswer notFound(std::string_view path);
ErrorAnswer methodNotAllowed(std::string_view method, std::string allow);
ErrorAnswer modelNotFound(std::string message);
ErrorAnswer rateLimited(std::string message, Nanos wait);
/// 429: the day of a client has no room for the request.
ErrorAnswer budgetExhausted(const BudgetView &budget, SystemTime now);
/// What the codec refused: 400, 413 `body_too_large`, 431 `headers_too_large`, ...
ErrorAnswer refusedByCodec(http::Error error);
/// 408: a head or body that did not come in time.
ErrorAnswer requestTimeout();
/// 503: this gateway holds as many bytes of requests as it may.
ErrorAnswer overloaded();

/// \p wait in whole seconds, rounded up, at least 1: what Retry-After can say.
Seconds retryAfterSeconds(Nanos wait);

} // namespace signalbox::gateway
