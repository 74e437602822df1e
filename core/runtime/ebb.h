// SPDX-License-Identifier: Apache-2.0
// Notices that a burst is over, so that the memory it took can be given back to the system.
#pragma once

#include "core/base/time.h"

#include <algorithm>
#include <cstddef>

namespace signalbox::runtime {

/// The allocator keeps what a burst took, of connections or of records that wait, for the next one,
/// which may never come. To give it back means a walk over all free memory, so it is done once after
/// a burst, not as a habit.
class Ebb
{
public:
    /// A fall by less than \p leastDrop is no burst's end.
    explicit Ebb(std::size_t leastDrop)
        : m_leastDrop(leastDrop)
    {}

    /// Whether \p held, a number looked at now and then, is a burst's end: at most half of the most
    /// that there were since the last one, and the least drop fewer. At most once a minute.
    bool reached(std::size_t held, SteadyTime now)
    {
        m_most = std::max(m_most, held);
        if (held * 2 > m_most || m_most - held < m_leastDrop || now < m_notBefore) {
            return false;
        }
        m_most = held;
        m_notBefore = now + kPause;
        return true;
    }

private:
    static constexpr Millis kPause{60'000};

    std::size_t m_leastDrop;
    std::size_t m_most = 0;
    SteadyTime m_notBefore{};
};

} // namespace signalbox::runtime
