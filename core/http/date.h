// SPDX-License-Identifier: Apache-2.0
// Dates as HTTP writes them (RFC 9110 section 5.6.7): Retry-After, Date.
#pragma once

#include "core/base/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::http {

/// Reads IMF-fixdate, RFC 850 and asctime dates, always UTC. The two-digit year of RFC 850 is the
/// one nearest to \p now that is at most 50 years ahead. The name of the day is not held against
/// the date.
[[nodiscard]] std::optional<SystemTime> parseHttpDate(std::string_view text, SystemTime now);

/// `Sun, 06 Nov 1994 08:49:37 GMT`; fractions of a second are dropped.
[[nodiscard]] std::string formatHttpDate(SystemTime time);

} // namespace signalbox::http
