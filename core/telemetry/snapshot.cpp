// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/snapshot.h"

namespace signalbox::telemetry {

std::string_view toString(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        return "closed";
    case BreakerState::HalfOpen:
        return "half_open";
    case BreakerState::Open:
        return "open";
    }
    return "";
}

} // namespace signalbox::telemetry
