// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/admin/query_worker.h"

#include "core/base/bounds.h"

#include <boost/asio/post.hpp>
#include <utility>

namespace signalbox::runtime {

QueryWorker::QueryWorker(boost::asio::io_context &loop, LedgerPlace ledger)
    : m_loop(loop)
    , m_place(std::move(ledger))
    , m_thread("ledger-reader", bounds::kAdminQuestionsMax)
{}

bool QueryWorker::ask(Question question)
{
    return m_thread.add([this, question = std::move(question)] {
        if (m_ledger == nullptr) {
            m_ledger = std::make_unique<LedgerAt>(m_place);
        }
        boost::asio::post(m_loop, question(m_ledger->reader()));
    });
}

} // namespace signalbox::runtime
