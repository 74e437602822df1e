// SPDX-License-Identifier: Apache-2.0
// How much a thread that nobody waits for gives way to the others.
#pragma once

#include <atomic>
#include <sys/types.h>

namespace signalbox::runtime {

/// Lets one thread run behind the others (nice 19) while there is time, and with them when there is
/// not: on few cores a batch of the ledger would otherwise hold up the requests that come meanwhile.
/// Does nothing where the system would not let the thread return: that takes RLIMIT_NICE or
/// CAP_SYS_NICE (setpriority(2), setrlimit(2)). Any thread.
class ThreadPace
{
public:
    /// Of the calling thread. Until then, nothing happens.
    void adopt();
    void standBack() { set(true); }
    void stepForward() { set(false); }
    /// Whether the thread runs behind the others.
    [[nodiscard]] bool isBack() const { return m_isBack; }

    /// Whether a thread of this process that stood back could step forward again. Tried once.
    [[nodiscard]] static bool mayReturn();

private:
    void set(bool back);

    std::atomic<pid_t> m_thread = 0;
    std::atomic<bool> m_isBack = false;
};

} // namespace signalbox::runtime
