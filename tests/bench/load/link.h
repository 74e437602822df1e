// SPDX-License-Identifier: Apache-2.0
// One TCP connection of the load or of the mock.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>
#include <string_view>

namespace signalbox::bench {

/// Reads all the time, writes at once. Held by shared_ptr; what is in the air keeps it alive.
class Link : public std::enable_shared_from_this<Link>
{
public:
    using Socket = boost::asio::ip::tcp::socket;

    explicit Link(boost::asio::io_context &loop)
        : m_socket(loop)
    {}
    explicit Link(Socket socket)
        : m_socket(std::move(socket))
    {}
    virtual ~Link() = default;
    Link(const Link &) = delete;
    Link &operator=(const Link &) = delete;

    /// Begins to read on a connected socket.
    void start();
    void connect(const boost::asio::ip::tcp::endpoint &to);
    void send(std::string_view bytes);
    void close();

protected:
    virtual void connected() {}
    virtual void received(std::string_view bytes) = 0;
    /// Not by close().
    virtual void ended() {}

private:
    void read();
    void write();

    Socket m_socket;
    std::array<char, 4096> m_buffer{};
    std::string m_unsent;
    bool m_writing = false;
};

} // namespace signalbox::bench
