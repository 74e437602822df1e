// SPDX-License-Identifier: Apache-2.0
// Compares questions of scopes that are too large for the gateway's thread, on a thread of its own.
#pragma once

#include "core/gateway/ports.h"
#include "core/runtime/job_thread.h"

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

namespace signalbox::runtime {

/// Used on the loop's thread. What it is told comes to pass in its order; between lookups the thread moves
/// questions into graphs, a few at a time. It begins with the first order.
class QuestionFinder
{
public:
    /// Nothing: too many wait already.
    using Sink = std::function<void(gateway::ExchangeId, std::optional<cache::Alike>)>;

    QuestionFinder(boost::asio::io_context &loop, Sink sink);
    ~QuestionFinder();
    QuestionFinder(const QuestionFinder &) = delete;
    QuestionFinder &operator=(const QuestionFinder &) = delete;

    void take(cache::IndexOrders orders);
    /// The sink is told once what came of it, never from inside this call.
    void compare(gateway::CompareQuestion question);

private:
    struct Work; ///< the thread's own

    void begin();

    boost::asio::io_context &m_loop;
    Sink m_sink;
    std::size_t m_waiting = 0; ///< comparisons
    std::shared_ptr<Work> m_work;
    std::unique_ptr<JobThread> m_jobs; // last: its end waits for the one that runs
};

} // namespace signalbox::runtime
