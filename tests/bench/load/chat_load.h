// SPDX-License-Identifier: Apache-2.0
// Plain requests, one after the other on each connection, or at a fixed rate over all.
#pragma once

#include "tests/bench/load/options.h"

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace signalbox::bench {

class ChatClient;

class ChatLoad
{
public:
    using Clock = std::chrono::steady_clock;

    ChatLoad(boost::asio::io_context &loop, const Options &options);

    /// Sends what is due at a fixed rate.
    void tick(Clock::time_point now);
    /// Forgets what was counted so far: the warm-up is over.
    void beginCounting();
    /// Asks no more. A proxy must not see answers break off, or it takes the mock for broken.
    void stop() { m_stopped = true; }
    [[nodiscard]] bool isQuiet() const { return m_inFlight == 0; }

    void ready(std::shared_ptr<ChatClient> client);
    void answered(Clock::duration took, bool well);
    void lost() { ++m_errors; }
    void asked() { ++m_inFlight; }
    [[nodiscard]] std::int64_t nextNumber() { return m_number++; }

    [[nodiscard]] std::int64_t requests() const
    {
        return static_cast<std::int64_t>(m_micros.size());
    }
    [[nodiscard]] std::int64_t errors() const { return m_errors; }
    /// Of the latencies, in microseconds; 0 when there are none.
    [[nodiscard]] std::int64_t percentile(double q);

private:
    bool m_paced;
    bool m_stopped = false;
    int m_inFlight = 0;
    Clock::duration m_interval{};
    Clock::time_point m_next = Clock::now();
    std::deque<std::shared_ptr<ChatClient>> m_idle; ///< at a fixed rate
    std::vector<std::int64_t> m_micros;
    std::int64_t m_errors = 0;
    /// Of requests that are told apart: those of another run are others.
    std::int64_t m_number = Clock::now().time_since_epoch().count() / 1000 % 900'000'000'000;
};

} // namespace signalbox::bench
