// SPDX-License-Identifier: Apache-2.0
// A thread for what takes long: one job after another, in the order they came.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace signalbox::runtime {

/// Jobs may be added from any thread. Declare it behind what its jobs use: its end waits for the
/// one that runs, and drops those that wait.
class JobThread
{
public:
    using Job = std::function<void()>;

    /// \p name: as thread_name.h has it. \p most: jobs that may wait.
    JobThread(const char *name, std::size_t most);
    ~JobThread();
    JobThread(const JobThread &) = delete;
    JobThread &operator=(const JobThread &) = delete;

    /// False when too many wait already, or the thread is about to end.
    bool add(Job job);
    /// A long job may ask whether it is still wanted.
    [[nodiscard]] bool isStopping() const { return m_stopping; }

private:
    void run(const char *name);

    const std::size_t m_most;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    std::atomic<bool> m_stopping = false;
    std::thread m_thread; // last: it uses the others
};

} // namespace signalbox::runtime
