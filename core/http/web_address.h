// SPDX-License-Identifier: Apache-2.0
// Addresses as people and servers write them, with path and query: of a picture, of a redirect.
#pragma once

#include "core/base/result.h"
#include "core/http/url.h"

#include <string>
#include <string_view>

namespace signalbox::http {

struct WebAddress
{
    Url origin; ///< without a path
    std::string target; ///< path and query in origin-form, all ASCII and visible

    friend bool operator==(const WebAddress &, const WebAddress &) = default;
};

/// Reads an http or https address. A fragment is dropped; blanks and what is no ASCII in path and
/// query are escaped, as browsers do; control characters are BadPath.
[[nodiscard]] Result<WebAddress, UrlError> parseWebAddress(std::string_view text);

/// What \p reference, a Location header's value, means in an answer from \p base (RFC 3986 section
/// 5.2). Dot segments are left to the server.
[[nodiscard]] Result<WebAddress, UrlError> resolveReference(const WebAddress &base,
                                                            std::string_view reference);

/// The fault in a few words, for people.
[[nodiscard]] std::string_view describe(UrlError error);

} // namespace signalbox::http
