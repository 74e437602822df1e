// SPDX-License-Identifier: Apache-2.0
// Asks the ledger on a thread of its own, so that a long question holds up no request.
#pragma once

#include "core/runtime/job_thread.h"
#include "core/runtime/ledger/ledger_at.h"

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>

namespace signalbox::runtime {

/// A question runs with the worker's reader; what it returns is called on the loop.
class QueryWorker
{
public:
    using Answer = std::function<void()>;
    using Question = std::function<Answer(Result<LedgerReader, LedgerError> &)>;

    QueryWorker(boost::asio::io_context &loop, LedgerPlace ledger);

    /// False when too many questions wait already.
    bool ask(Question question);

private:
    boost::asio::io_context &m_loop;
    const LedgerPlace m_place;
    std::unique_ptr<LedgerAt> m_ledger; ///< the thread's, opened with the first question
    JobThread m_thread;
};

} // namespace signalbox::runtime
