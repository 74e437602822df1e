// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/present_time.h"

namespace signalbox::simulator {

Now presentTime()
{
    return {std::chrono::time_point_cast<Nanos>(std::chrono::steady_clock::now()),
            std::chrono::time_point_cast<Micros>(std::chrono::system_clock::now())};
}

} // namespace signalbox::simulator
