// SPDX-License-Identifier: Apache-2.0
// A byte stream to an upstream: TCP, with TLS on top where asked for.
#pragma once

#include "core/domain/outcome.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::runtime {

/// How a transport ended. `closed` is an orderly end by the peer.
struct TransportEnd
{
    bool closed = false;
    OutcomeClass outcome = OutcomeClass::ConnectionReset;
    std::string detail;
};

/// Callbacks come on the loop's thread, never from inside a call into the transport, and never
/// after close(). Held by shared_ptr; operations in the air keep it alive.
class Transport : public std::enable_shared_from_this<Transport>
{
public:
    class Handler
    {
    public:
        virtual ~Handler() = default;
        virtual void transportConnected() = 0;
        virtual void transportBytes(std::string_view bytes) = 0;
        virtual void transportEnded(TransportEnd end) = 0;
    };

    Transport(boost::asio::io_context &loop, Handler &handler);
    virtual ~Transport() = default;
    Transport(const Transport &) = delete;
    Transport &operator=(const Transport &) = delete;

    /// Resolves (off the loop), tries every address in turn, then secures if it is to be secure.
    void connect(std::string host, std::uint16_t port);
    /// The same with \p addresses, known already, and no others; \p host is whom TLS asks for.
    void connectTo(std::string host, std::vector<boost::asio::ip::tcp::endpoint> addresses);
    /// Queues \p bytes; order is kept.
    virtual void send(std::string bytes) = 0;
    /// Stops or continues reading, so that a slow client slows its upstream.
    virtual void setReading(bool reading) = 0;
    /// Ends everything at once; the handler is not called again.
    virtual void close() = 0;

protected:
    using Tcp = boost::asio::ip::tcp;

    /// The TCP connection stands; the subclass calls ready() when bytes may flow.
    virtual void connected() = 0;
    void ready();
    void received(std::string_view bytes);
    void ended(const boost::system::error_code &error, std::string_view during);
    void failed(OutcomeClass outcome, std::string detail);
    void closeSocket();
    [[nodiscard]] bool isOpen() const { return m_handler != nullptr; }
    [[nodiscard]] const std::string &host() const { return m_host; }
    Tcp::socket &socket() { return m_socket; }

private:
    void resolve();
    void tryNextAddress(const boost::system::error_code &last);

    Handler *m_handler;
    Tcp::socket m_socket;
    Tcp::resolver m_resolver;
    std::string m_host;
    std::uint16_t m_port = 0;
    std::vector<Tcp::endpoint> m_addresses;
    std::size_t m_nextAddress = 0;
};

std::shared_ptr<Transport> makePlainTransport(boost::asio::io_context &loop,
                                              Transport::Handler &handler);
/// Verifies the peer's certificate and name against \p context's authorities; sends SNI.
std::shared_ptr<Transport> makeTlsTransport(boost::asio::io_context &loop,
                                            Transport::Handler &handler,
                                            std::shared_ptr<boost::asio::ssl::context> context);

} // namespace signalbox::runtime
