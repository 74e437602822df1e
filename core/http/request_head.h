// SPDX-License-Identifier: Apache-2.0
// The head of a client's request and what follows from it.
#pragma once

#include "core/base/result.h"
#include "core/http/error.h"
#include "core/http/headers.h"
#include "core/http/limits.h"
#include "core/http/message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::http {

struct RequestHead
{
    std::string method; ///< as sent; methods are case-sensitive, unknown ones pass
    std::string target; ///< as sent
    std::string path; ///< from `/` to before `?`, still escaped; `*` for the whole server
    std::string query; ///< after `?`, still escaped
    std::string
        authority; ///< `host[:port]` of an absolute target, else of Host; may be empty in 1.0
    Version version = Version::Http11;
    Headers headers;
    bool keepAlive = true; ///< the client allows another request on this connection
    bool expectContinue = false; ///< the client waits for `100 Continue` before it sends the body
    bool chunked = false;
    std::optional<std::uint64_t> contentLength;

    /// A body follows the head.
    [[nodiscard]] bool hasBody() const { return chunked || contentLength.value_or(0) > 0; }

    friend bool operator==(const RequestHead &, const RequestHead &) = default;
};

/// Reads `METHOD SP target SP HTTP/1.x` into \p head.
Status<Error> readRequestLine(std::string_view line, RequestHead &head);

/// Judges the headers of \p head and fills in what follows from them: authority, framing,
/// keep-alive, expectation (RFC 9112 sections 3.2, 6 and 9, with nothing forgiven).
Status<Error> settleRequestHead(RequestHead &head, const Limits &limits);

} // namespace signalbox::http
