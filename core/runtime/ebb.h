// SPDX-License-Identifier: Apache-2.0
// Notices that a burst is over, so that the memory it took can be given back to the system.
#pragma once

#include "core/base/time.h"

#include <algorithm>
#include <cstddef>

namespace signalbox::runtime {

/// The allocator keeps what a burst of connections took for the next one, which may never come. To
/// give it back means a walk over all free memory, so it is done once after a burst, not as a habit.
class Ebb
{
public:
    /// Whether \p open connections, looked at now and then, are a burst's end: at most half of the
    /// most that were open since the last one, and 32 fewer. At most once a minute.
    bool reached(std::size_t open, SteadyTime now)
    {
        m_most = std::max(m_most, open);
        if (open * 2 > m_most || m_most - open < kLeastDrop || now < m_notBefore) {
            return false;
        }
        m_most = open;
        m_notBefore = now + kPause;
        return true;
    }

private:
    static constexpr std::size_t kLeastDrop = 32;
    static constexpr Millis kPause{60'000};

    std::size_t m_most = 0;
    SteadyTime m_notBefore{};
};

} // namespace signalbox::runtime
