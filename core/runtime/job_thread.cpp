// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/job_thread.h"

#include "core/runtime/thread_name.h"

#include <utility>

namespace signalbox::runtime {

JobThread::JobThread(const char *name, std::size_t most)
    : m_most(most)
    , m_thread([this, name] { run(name); })
{}

JobThread::~JobThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

bool JobThread::add(Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping || m_jobs.size() >= m_most) {
            return false;
        }
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
    return true;
}

void JobThread::run(const char *name)
{
    nameThisThread(name);
    for (;;) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_jobs.empty(); });
            if (m_stopping) {
                return;
            }
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        job();
    }
}

} // namespace signalbox::runtime
