// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/transport.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <utility>

namespace signalbox::runtime {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

std::string reasonFor(long verdict, const error_code &error)
{
    if (verdict == X509_V_OK) {
        return error.message();
    }
    // What OpenSSL calls a refusal by our callback, which looks at the name alone.
    return verdict == X509_V_ERR_UNSPECIFIED ? "the certificate is for another name"
                                             : X509_verify_cert_error_string(verdict);
}

class TlsTransport final : public Transport
{
public:
    TlsTransport(asio::io_context &loop,
                 Handler &handler,
                 std::shared_ptr<asio::ssl::context> context)
        : Transport(loop, handler)
        , m_context(std::move(context))
        , m_stream(socket(), *m_context)
    {}

    void send(std::string bytes) override
    {
        m_pending += bytes;
        if (m_writing.empty()) {
            write();
        }
    }

    void setReading(bool reading) override
    {
        m_reading = reading;
        if (reading && !m_readPending && isOpen()) {
            read();
        }
    }

    void close() override { closeSocket(); }

private:
    std::shared_ptr<TlsTransport> self()
    {
        return std::static_pointer_cast<TlsTransport>(shared_from_this());
    }

    void connected() override
    {
        error_code numericHost;
        asio::ip::make_address(host(), numericHost);
        if (numericHost) {
            // Server name indication takes names only (RFC 6066 section 3).
            // The call behind OpenSSL's macro, which casts in C's way.
            SSL_ctrl(m_stream.native_handle(),
                     SSL_CTRL_SET_TLSEXT_HOSTNAME,
                     TLSEXT_NAMETYPE_host_name,
                     const_cast<char *>(host().c_str()));
        }
        m_stream.set_verify_callback(asio::ssl::host_name_verification(host()));
        m_stream.async_handshake(asio::ssl::stream_base::client,
                                 [self = self()](const error_code &error) {
                                     if (self->isOpen()) {
                                         self->handshaken(error);
                                     }
                                 });
    }

    void handshaken(const error_code &error)
    {
        if (error) {
            const long verdict = SSL_get_verify_result(m_stream.native_handle());
            failed(OutcomeClass::TlsFailure,
                   "TLS with " + host() + ": " + reasonFor(verdict, error));
            return;
        }
        m_reading = true;
        read();
        ready();
    }

    void read()
    {
        m_readPending = true;
        m_stream.async_read_some(asio::buffer(m_buffer),
                                 [self = self()](const error_code &error, std::size_t got) {
                                     self->m_readPending = false;
                                     if (self->isOpen()) {
                                         self->haveRead(error, got);
                                     }
                                 });
    }

    void haveRead(const error_code &error, std::size_t got)
    {
        if (got > 0) {
            received({m_buffer.data(), got});
        }
        if (!isOpen()) {
            return;
        }
        if (error) {
            // Many servers close without close_notify; HTTP's own framing tells what was cut.
            const bool truncated = error == asio::ssl::error::stream_truncated;
            ended(truncated ? error_code(asio::error::eof) : error, "reading");
            return;
        }
        if (m_reading && !m_readPending) {
            read();
        }
    }

    void write()
    {
        m_writing = std::exchange(m_pending, {});
        asio::async_write(m_stream,
                          asio::buffer(m_writing),
                          [self = self()](const error_code &error, std::size_t) {
                              self->m_writing.clear();
                              if (!error && self->isOpen() && !self->m_pending.empty()) {
                                  self->write();
                              }
                          });
    }

    std::shared_ptr<asio::ssl::context> m_context;
    asio::ssl::stream<Tcp::socket &> m_stream;
    std::array<char, 16 * 1024> m_buffer{};
    std::string m_pending;
    std::string m_writing;
    bool m_reading = false;
    bool m_readPending = false;
};

} // namespace

std::shared_ptr<Transport> makeTlsTransport(asio::io_context &loop,
                                            Transport::Handler &handler,
                                            std::shared_ptr<asio::ssl::context> context)
{
    return std::make_shared<TlsTransport>(loop, handler, std::move(context));
}

} // namespace signalbox::runtime
