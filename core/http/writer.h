// SPDX-License-Identifier: Apache-2.0
// Heads and chunks as bytes. What could be read as more than one header is refused, not repaired.
#pragma once

#include "core/base/result.h"
#include "core/http/error.h"
#include "core/http/headers.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace signalbox::http {

/// Appends the head of an HTTP/1.1 request. \p target is origin-form. Refused with nothing
/// written: Error::BadMethod, BadTarget, BadHeaderName, BadHeaderValue. Framing headers are the
/// caller's: Content-Length, or `Transfer-Encoding: chunked`.
Status<Error> appendRequestHead(std::string &out,
                                std::string_view method,
                                std::string_view target,
                                const Headers &headers);

/// Appends the head of an HTTP/1.1 answer; refused like a request's, for names and values.
/// \pre 100 <= status <= 599
Status<Error> appendResponseHead(std::string &out, int status, const Headers &headers);

/// Appends `HTTP/1.1 100 Continue`.
void appendContinue(std::string &out);

/// Appends one chunk. Nothing for empty data, which would end the body.
void appendChunk(std::string &out, std::string_view data);
/// Appends the end of a chunked body, without trailers.
void appendLastChunk(std::string &out);

/// The usual words for \p status, empty if there are none.
[[nodiscard]] std::string_view reasonPhrase(int status);

} // namespace signalbox::http
