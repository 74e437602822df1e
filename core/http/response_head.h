// SPDX-License-Identifier: Apache-2.0
// The head of an upstream's answer and what follows from it.
#pragma once

#include "core/base/result.h"
#include "core/http/body_reader.h"
#include "core/http/error.h"
#include "core/http/headers.h"
#include "core/http/message.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox::http {

struct ResponseHead
{
    int status = 0; ///< 100 to 599
    std::string reason; ///< as sent, may be empty
    Version version = Version::Http11;
    Headers headers;
    Framing framing = Framing::None;
    std::uint64_t contentLength = 0; ///< with Framing::Length
    bool keepAlive = false; ///< the connection may be used again once the body is read

    friend bool operator==(const ResponseHead &, const ResponseHead &) = default;
};

/// Reads `HTTP/1.x SP ddd [SP reason]` into \p head.
Status<Error> readStatusLine(std::string_view line, ResponseHead &head);

/// Judges the headers of \p head and fills in framing and keep-alive (RFC 9112 section 6.3).
/// Forgiven, because providers do it: Content-Length beside chunked, which is ignored, and equal
/// Content-Lengths.
Status<Error> settleResponseHead(ResponseHead &head, bool answersHead);

} // namespace signalbox::http
