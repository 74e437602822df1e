// SPDX-License-Identifier: Apache-2.0
#include "core/resilience/backoff.h"

#include "core/base/check.h"

#include <algorithm>

namespace signalbox::resilience {

Millis backoffCeiling(const RetrySettings &settings, int attempt)
{
    SB_CHECK(attempt >= 1);
    Millis ceiling = settings.backoff;
    for (int doubled = 1; doubled < attempt && ceiling < settings.backoffMax; ++doubled) {
        ceiling *= 2;
    }
    return std::min(ceiling, settings.backoffMax);
}

Millis backoffDelay(const RetrySettings &settings, int attempt, Random &random)
{
    const auto ceiling = backoffCeiling(settings, attempt).count();
    return Millis{static_cast<Millis::rep>(random.below(static_cast<std::uint64_t>(ceiling) + 1))};
}

} // namespace signalbox::resilience
