// SPDX-License-Identifier: Apache-2.0
// How long an upstream asks us to stay away.
#pragma once

#include "core/domain/outcome.h"
#include "core/http/headers.h"
#include "core/providers/error_body.h"

#include <optional>
#include <string_view>

namespace signalbox::providers {

/// No hint is longer, however absurd the number was.
inline constexpr Millis kRetryHintMax{24LL * 60 * 60 * 1000};

/// What an answer that is no success hints at, the first of: `retry-after-ms`, `retry-after` as
/// seconds or date, Google's RetryInfo in \p error, "try again in 1m30.5s" in its message, the rate
/// limits' reset headers (only when \p limited). Waits are in 0 .. kRetryHintMax: what lies in the
/// past or is no number is 0. RetryInfo is cut to whole seconds by its sender, so one is added; where
/// a quota of the day is used up its delay is of no use, and an hour is told instead.
[[nodiscard]] std::optional<RetryHint> readRetryHint(const http::Headers &headers,
                                                     const ErrorBody &error,
                                                     bool limited,
                                                     SystemTime now);

/// `1m30.5s`, `120ms`, `6m0s`, `17.399999999s`, `1h2m`; the longest prefix of \p text that is one.
[[nodiscard]] std::optional<Millis> parseGoDuration(std::string_view text);

} // namespace signalbox::providers
