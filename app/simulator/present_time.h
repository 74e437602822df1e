// SPDX-License-Identifier: Apache-2.0
// The one place where the simulator reads the clocks.
#pragma once

#include "core/base/time.h"

namespace signalbox::simulator {

Now presentTime();

} // namespace signalbox::simulator
