// SPDX-License-Identifier: Apache-2.0
// Applications for the demo: requests over real sockets, some streamed, some given up.
#pragma once

#include "core/base/random.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace signalbox::app {

/// Asks a gateway about six times a second from construction to destruction, on its own thread.
class Traffic
{
public:
    /// \p url is `http://HOST:PORT`. Asks \p routes in turn by chance; none: the demo's.
    explicit Traffic(const std::string &url, std::vector<std::string> routes = {});
    ~Traffic();
    Traffic(const Traffic &) = delete;
    Traffic &operator=(const Traffic &) = delete;

private:
    void scheduleNext();
    void ask();

    boost::asio::io_context m_loop{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    boost::asio::steady_timer m_timer;
    boost::asio::ip::tcp::endpoint m_gateway;
    Random m_random{20261122};
    std::string m_host;
    std::vector<std::string> m_routes;
    std::uint64_t m_asked = 0;
    std::thread m_thread;
};

} // namespace signalbox::app
