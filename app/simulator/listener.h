// SPDX-License-Identifier: Apache-2.0
// A listening socket that can be closed for a while without losing its port.
#pragma once

#include "app/simulator/connection.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <optional>

namespace signalbox::simulator {

/// While closed, connecting to the port is refused by the system.
class Listener
{
public:
    Listener(boost::asio::io_context &io, Station &station, std::optional<std::size_t> ownPortOf);

    [[nodiscard]] int port() const { return m_endpoint.port(); }
    [[nodiscard]] std::string address() const { return m_endpoint.address().to_string(); }
    [[nodiscard]] std::optional<std::size_t> ownPortOf() const { return m_ownPortOf; }

    /// Binds and opens; port 0 picks a free one.
    boost::system::error_code bind(const boost::asio::ip::tcp::endpoint &endpoint);
    void setOpen(bool open);

private:
    boost::system::error_code listen();
    void accept();
    void accepted(boost::system::error_code error, boost::asio::ip::tcp::socket socket);

    boost::asio::io_context &m_io;
    Station &m_station;
    std::optional<std::size_t> m_ownPortOf;
    boost::asio::ip::tcp::endpoint m_endpoint;
    /// Bound, never listening: keeps the port ours while the acceptor is closed.
    boost::asio::ip::tcp::socket m_holder;
    boost::asio::ip::tcp::acceptor m_acceptor;
    boost::asio::steady_timer m_pause;
};

} // namespace signalbox::simulator
