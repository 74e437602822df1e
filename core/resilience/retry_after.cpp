// SPDX-License-Identifier: Apache-2.0
#include "core/resilience/retry_after.h"

#include "core/resilience/backoff.h"

#include <algorithm>

namespace signalbox::resilience {

std::optional<Millis> coolingFor(KeyAction action, const std::optional<RetryHint> &hint)
{
    switch (action) {
    case KeyAction::Cool:
        return hint ? std::clamp(hint->wait, Millis{0}, kCoolMax) : kCoolWithoutHint;
    case KeyAction::CoolLong:
        return kCoolAfterBilling;
    case KeyAction::None:
    case KeyAction::Disable:
        break;
    }
    return std::nullopt;
}

std::optional<Millis> waitForHint(const std::optional<RetryHint> &hint,
                                  const RetrySettings &settings,
                                  Nanos timeLeft)
{
    if (!hint || hint->wait > settings.retryAfterCap || hint->wait >= timeLeft) {
        return std::nullopt;
    }
    return std::max(hint->wait, Millis{0});
}

std::optional<Millis> retryDelay(const std::optional<RetryHint> &hint,
                                 const RetrySettings &settings,
                                 int attempt,
                                 Nanos timeLeft,
                                 Random &random)
{
    if (hint) {
        return waitForHint(hint, settings, timeLeft);
    }
    const Millis delay = backoffDelay(settings, attempt, random);
    return delay < timeLeft ? std::optional(delay) : std::nullopt;
}

} // namespace signalbox::resilience
