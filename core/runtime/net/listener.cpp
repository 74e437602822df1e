// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/listener.h"

#include "core/base/bounds.h"
#include "core/http/url.h"

#include <boost/asio/error.hpp>
#include <utility>

namespace signalbox::runtime {

namespace asio = boost::asio;
using boost::system::error_code;

Listener::Listener(asio::io_context &loop)
    : m_loop(loop)
    , m_acceptor(loop)
    , m_pause(loop)
{}

Status<std::string> Listener::open(const std::string &address, Accept accept)
{
    const auto parsed = http::parseListenAddress(address);
    if (!parsed) {
        return Failure{"cannot listen on " + address + ": it is not HOST:PORT"};
    }
    error_code error;
    Tcp::resolver resolver(m_loop);
    const auto found = resolver.resolve(parsed->host,
                                        std::to_string(parsed->port),
                                        Tcp::resolver::passive | Tcp::resolver::numeric_service,
                                        error);
    if (error || found.empty()) {
        return Failure{"cannot listen on " + address + ": " + error.message()};
    }
    const Tcp::endpoint endpoint = found.begin()->endpoint();
    m_acceptor.open(endpoint.protocol(), error);
    if (!error) {
        m_acceptor.set_option(Tcp::acceptor::reuse_address(true), error);
        m_acceptor.bind(endpoint, error);
    }
    if (!error) {
        m_acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        error_code ignored;
        m_acceptor.close(ignored);
        return Failure{"cannot listen on " + address + ": " + error.message()};
    }
    m_port = m_acceptor.local_endpoint().port();
    const bool ipv6Literal = parsed->host.find(':') != std::string::npos;
    m_authority = (ipv6Literal ? "[" + parsed->host + "]" : parsed->host) + ":"
                  + std::to_string(m_port);
    m_accept = std::move(accept);
    next();
    return Nothing{};
}

void Listener::next()
{
    m_acceptor.async_accept([this](const error_code &error, Tcp::socket socket) {
        if (error == asio::error::operation_aborted || !m_acceptor.is_open()) {
            return;
        }
        if (error) {
            m_pause.expires_after(bounds::kAcceptPause);
            m_pause.async_wait([this](const error_code &stopped) {
                if (!stopped) {
                    next();
                }
            });
            return;
        }
        m_accept(std::move(socket));
        next();
    });
}

void Listener::close()
{
    error_code error;
    m_acceptor.non_blocking(true, error);
    while (!error && m_acceptor.is_open()) {
        Tcp::socket socket = m_acceptor.accept(error);
        if (!error) {
            m_accept(std::move(socket));
        }
    }
    m_acceptor.close(error);
    m_pause.cancel();
}

} // namespace signalbox::runtime
