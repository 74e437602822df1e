// SPDX-License-Identifier: Apache-2.0
// Asks the ledger on a thread of its own, so that a long question holds up no request.
#pragma once

#include "core/runtime/ledger/ledger_reader.h"

#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace signalbox::runtime {

/// A question runs with the worker's reader; what it returns is called on the loop.
class QueryWorker
{
public:
    using Answer = std::function<void()>;
    using Question = std::function<Answer(Result<LedgerReader, LedgerError> &)>;

    QueryWorker(boost::asio::io_context &loop, std::string ledgerPath);
    ~QueryWorker();
    QueryWorker(const QueryWorker &) = delete;
    QueryWorker &operator=(const QueryWorker &) = delete;

    /// False when too many questions wait already.
    bool ask(Question question);

private:
    void run();

    boost::asio::io_context &m_loop;
    std::string m_path;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Question> m_questions;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace signalbox::runtime
