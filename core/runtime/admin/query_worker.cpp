// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/admin/query_worker.h"

#include "core/base/bounds.h"
#include "core/runtime/thread_name.h"

#include <boost/asio/post.hpp>
#include <utility>

namespace signalbox::runtime {

QueryWorker::QueryWorker(boost::asio::io_context &loop, std::string ledgerPath)
    : m_loop(loop)
    , m_path(std::move(ledgerPath))
    , m_thread([this] { run(); })
{}

QueryWorker::~QueryWorker()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_questions.clear();
    }
    m_wake.notify_one();
    m_thread.join();
}

bool QueryWorker::ask(Question question)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_questions.size() >= bounds::kAdminQuestionsMax) {
            return false;
        }
        m_questions.push_back(std::move(question));
    }
    m_wake.notify_one();
    return true;
}

void QueryWorker::run()
{
    nameThisThread("ledger-reader");
    auto reader = LedgerReader::open(m_path);
    for (;;) {
        Question question;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_questions.empty(); });
            if (m_stopping) {
                return;
            }
            question = std::move(m_questions.front());
            m_questions.pop_front();
        }
        if (!reader) {
            reader = LedgerReader::open(m_path); // it may be mended by now
        }
        boost::asio::post(m_loop, question(reader));
    }
}

} // namespace signalbox::runtime
