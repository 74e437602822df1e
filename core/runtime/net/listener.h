// SPDX-License-Identifier: Apache-2.0
// Accepts clients on one address.
#pragma once

#include "core/base/result.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <string>

namespace signalbox::runtime {

class Listener
{
public:
    using Tcp = boost::asio::ip::tcp;
    using Accept = std::function<void(Tcp::socket)>;

    explicit Listener(boost::asio::io_context &loop);

    /// Binds `HOST:PORT` (port 0: any free one) and accepts from now on; else why it cannot.
    Status<std::string> open(const std::string &address, Accept accept);
    /// Hands over who is connected already and waits in the kernel, then accepts no more.
    void close();
    [[nodiscard]] bool isOpen() const { return m_acceptor.is_open(); }
    /// `http://HOST:PORT` with the real port, or `https://` where clients are to speak TLS.
    [[nodiscard]] std::string url() const
    {
        return (m_secure ? "https://" : "http://") + m_authority;
    }
    void setSecure(bool secure) { m_secure = secure; }
    [[nodiscard]] std::uint16_t port() const { return m_port; }

private:
    void next();

    boost::asio::io_context &m_loop;
    Tcp::acceptor m_acceptor;
    boost::asio::steady_timer m_pause;
    Accept m_accept;
    std::string m_authority;
    bool m_secure = false;
    std::uint16_t m_port = 0;
};

} // namespace signalbox::runtime
