// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/transport.h"

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <utility>

namespace signalbox::runtime {

namespace asio = boost::asio;
using boost::system::error_code;

Transport::Transport(asio::io_context &loop, Handler &handler)
    : m_handler(&handler)
    , m_socket(loop)
    , m_resolver(loop)
{}

void Transport::connect(std::string host, std::uint16_t port)
{
    m_host = std::move(host);
    m_port = port;
    error_code notNumeric;
    const auto address = asio::ip::make_address(m_host, notNumeric);
    if (notNumeric) {
        resolve();
        return;
    }
    m_addresses = {Tcp::endpoint(address, m_port)};
    tryNextAddress({});
}

void Transport::connectTo(std::string host, std::vector<Tcp::endpoint> addresses)
{
    m_host = std::move(host);
    m_port = addresses.empty() ? std::uint16_t{0} : addresses.front().port();
    m_addresses = std::move(addresses);
    tryNextAddress({});
}

void Transport::resolve()
{
    // Asio resolves on a thread of its own, so a slow name server does not hold up the loop.
    m_resolver.async_resolve(m_host,
                             std::to_string(m_port),
                             Tcp::resolver::numeric_service,
                             [self = shared_from_this()](const error_code &error,
                                                         const Tcp::resolver::results_type &found) {
                                 if (!self->isOpen()) {
                                     return;
                                 }
                                 if (error || found.empty()) {
                                     self->failed(OutcomeClass::DnsFailure,
                                                  "cannot resolve " + self->m_host + ": "
                                                      + error.message());
                                     return;
                                 }
                                 for (const auto &entry : found) {
                                     self->m_addresses.push_back(entry.endpoint());
                                 }
                                 self->tryNextAddress({});
                             });
}

void Transport::tryNextAddress(const error_code &last)
{
    if (m_nextAddress == m_addresses.size()) {
        failed(OutcomeClass::ConnectionRefused,
               "cannot connect to " + m_host + ":" + std::to_string(m_port) + ": "
                   + last.message());
        return;
    }
    error_code ignored;
    m_socket.close(ignored);
    m_socket.async_connect(m_addresses[m_nextAddress++],
                           [self = shared_from_this()](const error_code &error) {
                               if (!self->isOpen()) {
                                   return;
                               }
                               if (error) {
                                   self->tryNextAddress(error);
                                   return;
                               }
                               error_code unimportant;
                               self->m_socket.set_option(Tcp::no_delay(true), unimportant);
                               self->connected();
                           });
}

void Transport::ready()
{
    if (m_handler != nullptr) {
        m_handler->transportConnected();
    }
}

void Transport::received(std::string_view bytes)
{
    if (m_handler != nullptr) {
        m_handler->transportBytes(bytes);
    }
}

void Transport::ended(const error_code &error, std::string_view during)
{
    if (m_handler == nullptr) {
        return;
    }
    TransportEnd end;
    end.closed = error == asio::error::eof;
    end.detail = end.closed ? "the upstream closed the connection"
                            : std::string(during) + ": " + error.message();
    std::exchange(m_handler, nullptr)->transportEnded(std::move(end));
}

void Transport::failed(OutcomeClass outcome, std::string detail)
{
    if (m_handler != nullptr) {
        std::exchange(m_handler, nullptr)->transportEnded({false, outcome, std::move(detail)});
    }
}

void Transport::closeSocket()
{
    m_handler = nullptr;
    m_resolver.cancel();
    error_code ignored;
    m_socket.close(ignored);
}

} // namespace signalbox::runtime
