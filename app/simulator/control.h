// SPDX-License-Identifier: Apache-2.0
// The control endpoint, /_sim/: live faults, state, counters.
#pragma once

#include "app/simulator/world.h"

namespace signalbox::simulator {

/// Answers a request whose path begins with `/_sim/`.
Reply answerControl(World &world, const Request &request, Now now);

} // namespace signalbox::simulator
