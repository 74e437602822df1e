// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/admin/query_worker.h"

#include "core/base/bounds.h"
#include "core/runtime/thread_name.h"

#include <boost/asio/post.hpp>
#include <sys/stat.h>
#include <utility>

namespace signalbox::runtime {

namespace {

/// Tells one file from another of the same name; 0: there is none.
ino_t fileNumber(const std::string &path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

} // namespace

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
    ino_t opened = fileNumber(m_path);
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
        // It may be mended by now, or a new one stands in the place of a damaged one.
        if (const ino_t present = fileNumber(m_path); !reader || present != opened) {
            reader = LedgerReader::open(m_path);
            opened = present;
        }
        boost::asio::post(m_loop, question(reader));
    }
}

} // namespace signalbox::runtime
