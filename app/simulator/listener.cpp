// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/listener.h"

#include <memory>
#include <sys/socket.h>

namespace signalbox::simulator {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

constexpr Millis kPauseAfterError{50};

} // namespace

Listener::Listener(asio::io_context &io, Station &station, std::optional<std::size_t> ownPortOf)
    : m_io(io)
    , m_station(station)
    , m_ownPortOf(ownPortOf)
    , m_holder(io)
    , m_acceptor(io)
    , m_pause(io)
{}

boost::system::error_code Listener::bind(const tcp::endpoint &endpoint)
{
    m_endpoint = endpoint;
    boost::system::error_code error;
    if (m_ownPortOf) {
        m_holder.open(endpoint.protocol(), error);
        if (!error) {
            m_holder.set_option(ReusePort(true), error);
        }
        if (!error) {
            m_holder.bind(endpoint, error);
        }
        if (error) {
            return error;
        }
        m_endpoint = m_holder.local_endpoint();
    }
    return listen();
}

boost::system::error_code Listener::listen()
{
    boost::system::error_code error;
    m_acceptor.open(m_endpoint.protocol(), error);
    if (!error) {
        m_acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    }
    if (!error && m_ownPortOf) {
        m_acceptor.set_option(ReusePort(true), error);
    }
    if (!error) {
        m_acceptor.bind(m_endpoint, error);
    }
    if (!error) {
        m_acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        return error;
    }
    m_endpoint = m_acceptor.local_endpoint();
    accept();
    return {};
}

void Listener::setOpen(bool open)
{
    if (open == m_acceptor.is_open()) {
        return;
    }
    boost::system::error_code ignored;
    if (open) {
        listen();
    } else {
        m_acceptor.close(ignored);
    }
}

void Listener::accept()
{
    m_acceptor.async_accept(m_io, [this](boost::system::error_code error, tcp::socket socket) {
        accepted(error, std::move(socket));
    });
}

void Listener::accepted(boost::system::error_code error, tcp::socket socket)
{
    if (error == asio::error::operation_aborted || !m_acceptor.is_open()) {
        return;
    }
    if (!error) {
        std::make_shared<Connection>(std::move(socket), m_station, m_ownPortOf)->start();
        return accept();
    }
    // Out of descriptors, most likely: accepting again at once would only spin.
    m_pause.expires_after(kPauseAfterError);
    m_pause.async_wait([this](boost::system::error_code aborted) {
        if (!aborted && m_acceptor.is_open()) {
            accept();
        }
    });
}

} // namespace signalbox::simulator
