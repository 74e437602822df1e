// SPDX-License-Identifier: Apache-2.0
// The one place where the time is read.
#pragma once

#include "core/base/time.h"

namespace signalbox::runtime {

inline SteadyTime steadyNow()
{
    return std::chrono::time_point_cast<Nanos>(std::chrono::steady_clock::now());
}

/// Both clocks, read together.
inline Now readClock()
{
    return {steadyNow(), std::chrono::time_point_cast<Micros>(std::chrono::system_clock::now())};
}

} // namespace signalbox::runtime
