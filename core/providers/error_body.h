// SPDX-License-Identifier: Apache-2.0
// The many shapes in which providers say that something failed, read into one.
#pragma once

#include "core/base/bounds.h"
#include "core/providers/json_reader.h"

#include <string>
#include <string_view>

namespace signalbox::providers {

/// An upstream's error in its own words. Texts are valid UTF-8 whatever came.
struct ErrorBody
{
    std::string
        message; ///< at most bounds::kErrorMessageBytesMax; a page's bare text when it was HTML
    std::string type; ///< also a gRPC status or OpenRouter's error_type
    std::string code;
    std::string param;
    std::string reason; ///< of Google's ErrorInfo: `API_KEY_INVALID`
    std::string retryDelay; ///< of Google's RetryInfo: `48s`
    bool dayIsUsedUp = false; ///< Google's QuotaFailure names a quota per day
    int status = 0; ///< a numeric code in the range of HTTP statuses
    bool html = false;

    friend bool operator==(const ErrorBody &, const ErrorBody &) = default;
};

/// Reads the body of an error answer: any JSON shape known, HTML, plain text, or nothing.
[[nodiscard]] ErrorBody readErrorBody(std::string_view body);

/// Reads the value of an `error` member: an object or a text.
[[nodiscard]] ErrorBody readErrorValue(JsonValue &value);

/// At most \p bytesMax of \p text, cut between characters, with U+FFFD for what is no UTF-8.
[[nodiscard]] std::string clippedUtf8(std::string_view text, std::size_t bytesMax);

} // namespace signalbox::providers
