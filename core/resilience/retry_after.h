// SPDX-License-Identifier: Apache-2.0
// What becomes of an upstream's hint when to come back.
#pragma once

#include "core/base/random.h"
#include "core/domain/outcome.h"
#include "core/domain/settings.h"
#include "core/resilience/failure_policy.h"

#include <optional>

namespace signalbox::resilience {

inline constexpr Millis kCoolWithoutHint{60'000}; ///< a 429 that says nothing
inline constexpr Millis kCoolAfterBilling{3'600'000}; ///< a refusal over money
inline constexpr Millis kCoolMax{3'600'000}; ///< no hint is believed beyond this

/// For how long a key rests; nothing when the action does not cool it. The retry_after cap does
/// not bind here.
[[nodiscard]] std::optional<Millis> coolingFor(KeyAction action,
                                               const std::optional<RetryHint> &hint);

/// How long to wait for the hint: nothing when there is none, when it is over the route's cap, or
/// when \p timeLeft of the request does not outlast it.
[[nodiscard]] std::optional<Millis> waitForHint(const std::optional<RetryHint> &hint,
                                                const RetrySettings &settings,
                                                Nanos timeLeft);

/// How long to wait before retry number \p attempt at the same target: the hint if there is one,
/// else backoff; nothing when that is not to be waited for.
[[nodiscard]] std::optional<Millis> retryDelay(const std::optional<RetryHint> &hint,
                                               const RetrySettings &settings,
                                               int attempt,
                                               Nanos timeLeft,
                                               Random &random);

} // namespace signalbox::resilience
