// SPDX-License-Identifier: Apache-2.0
// Percent escapes in paths and queries, both ways.
#pragma once

#include "core/base/result.h"
#include "core/http/error.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::http {

/// \p path with its escapes resolved, `%2F` included; Error::BadEscape for a malformed escape and
/// for one that stands for a control character.
Result<std::string, Error> decodePath(std::string_view path);

using QueryItems = std::vector<std::pair<std::string, std::string>>;

/// The `name=value` items of \p query in order, `+` read as a blank; a name alone has no value.
Result<QueryItems, Error> parseQuery(std::string_view query);

/// \p text as one path segment or query value: all but unreserved characters are escaped.
[[nodiscard]] std::string escapeSegment(std::string_view text);

} // namespace signalbox::http
