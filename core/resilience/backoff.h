// SPDX-License-Identifier: Apache-2.0
// How long to wait before the same target is asked again.
#pragma once

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/domain/settings.h"

namespace signalbox::resilience {

/// The longest wait before retry number \p attempt (the first is 1): `backoff` doubled each time,
/// at most `backoffMax`.
[[nodiscard]] Millis backoffCeiling(const RetrySettings &settings, int attempt);

/// Uniform between nothing and the ceiling ("full jitter"), so that callers that failed together
/// do not come back together.
[[nodiscard]] Millis backoffDelay(const RetrySettings &settings, int attempt, Random &random);

} // namespace signalbox::resilience
