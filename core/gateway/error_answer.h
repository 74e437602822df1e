// SPDX-License-Identifier: Apache-2.0
// An error as the client sees it: status, code, whose fault, and every attempt that was made.
#pragma once

#include "core/base/time.h"
#include "core/domain/record.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::gateway {

enum class Origin : std::uint8_t { Client, Gateway, Upstream };

std::string_view toString(Origin origin);

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
};

/// OpenAI's error object plus origin, provider and attempts.
std::string errorBody(const ErrorAnswer &error, const std::vector<AttemptRecord> &attempts);

/// The same as the data of an in-stream event: on one line.
std::string errorEvent(const ErrorAnswer &error, const std::vector<AttemptRecord> &attempts);

// ---- the rows of the error table that need no context ----------------------------------------

ErrorAnswer invalidRequest(std::string message, std::string param = {});
ErrorAnswer invalidApiKey();
ErrorAnswer originRefused(std::string_view what);
ErrorAnswer routeNotAllowed(std::string_view route);
ErrorAnswer notFound(std::string_view path);
ErrorAnswer methodNotAllowed(std::string_view method, std::string_view allow);
ErrorAnswer modelNotFound(std::string_view model, const std::vector<std::string> &nearest);

} // namespace signalbox::gateway
