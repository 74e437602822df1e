// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/thread_pace.h"

#include <sys/resource.h>
#include <thread>
#include <unistd.h>

namespace signalbox::runtime {
namespace {

constexpr int kBehindAll = 19;

/// What the process was started with.
int ownNiceness()
{
    static const int niceness = ::getpriority(PRIO_PROCESS, static_cast<id_t>(::getpid()));
    return niceness;
}

bool setNiceness(pid_t thread, int niceness)
{
    return ::setpriority(PRIO_PROCESS, static_cast<id_t>(thread), niceness) == 0;
}

bool tryToReturn()
{
    bool returned = false;
    std::thread([&returned] {
        returned = setNiceness(::gettid(), kBehindAll) && setNiceness(::gettid(), ownNiceness());
    }).join();
    return returned;
}

} // namespace

void ThreadPace::adopt()
{
    m_thread = ::gettid();
}

bool ThreadPace::mayReturn()
{
    static const bool may = tryToReturn();
    return may;
}

void ThreadPace::set(bool back)
{
    const pid_t thread = m_thread;
    if (thread == 0 || m_isBack == back || !mayReturn()) {
        return;
    }
    if (setNiceness(thread, back ? kBehindAll : ownNiceness())) {
        m_isBack = back;
    }
}

} // namespace signalbox::runtime
