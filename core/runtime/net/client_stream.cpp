// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/client_stream.h"

#include "core/base/bounds.h"

#include <boost/asio/error.hpp>
#include <cerrno>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

namespace signalbox::runtime {

namespace asio = boost::asio;

void ClientStream::Free::operator()(SSL *tls) const
{
    SSL_free(tls);
}

ClientStream::ClientStream(Socket socket, const ServerTls &tls)
    : m_socket(std::move(socket))
{
    ErrorCode ignored;
    m_socket.non_blocking(true, ignored);
    m_socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    using UnsentMax = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;
    m_socket.set_option(UnsentMax(bounds::kUnsentBytesMax), ignored);
    if (tls) {
        // OpenSSL works on the descriptor itself: the loop waits for it to be ready as for a plain
        // one, and no bytes are copied through buffers in between.
        m_tls.reset(SSL_new(tls->native_handle()));
        SSL_set_fd(m_tls.get(), m_socket.native_handle());
        SSL_set_accept_state(m_tls.get());
    }
}

ClientStream::~ClientStream() = default;

std::size_t ClientStream::read(asio::mutable_buffer buffer, ErrorCode &error)
{
    if (!m_tls) {
        return m_ahead.read(m_socket, buffer, error);
    }
    error = {};
    m_readWaitsForRoom = false;
    std::size_t total = 0;
    // Record by record, each whole: none is left inside OpenSSL where the loop would not see it.
    while (buffer.size() - total >= SSL3_RT_MAX_PLAIN_LENGTH) {
        ERR_clear_error();
        std::size_t got = 0;
        auto *into = static_cast<char *>(buffer.data()) + total;
        const int result = SSL_read_ex(m_tls.get(), into, buffer.size() - total, &got);
        if (result != 1) {
            error = failureOf(result);
            m_readWaitsForRoom = SSL_want(m_tls.get()) == SSL_WRITING;
            break;
        }
        total += got;
    }
    if (total > 0) {
        error = {}; // an end behind these bytes is found by the next read
    }
    return total;
}

std::size_t ClientStream::write(std::string_view bytes, ErrorCode &error)
{
    if (!m_tls) {
        return m_socket.write_some(asio::buffer(bytes), error);
    }
    error = {};
    std::size_t total = 0;
    while (total < bytes.size()) {
        ERR_clear_error();
        std::size_t sent = 0;
        const int result =
            SSL_write_ex(m_tls.get(), bytes.data() + total, bytes.size() - total, &sent);
        if (result != 1) {
            error = failureOf(result);
            break;
        }
        total += sent;
    }
    if (total > 0 && error == asio::error::would_block) {
        error = {};
    }
    return total;
}

/// What OpenSSL's refusal means in the loop's terms.
ClientStream::ErrorCode ClientStream::failureOf(int result)
{
    switch (SSL_get_error(m_tls.get(), result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        return asio::error::would_block;
    case SSL_ERROR_ZERO_RETURN:
        return asio::error::eof;
    default:
        m_broken = true;
        return asio::error::connection_reset;
    }
}

void ClientStream::shutdownSend()
{
    if (m_tls && !m_broken && !isSecuring()) {
        ERR_clear_error();
        SSL_shutdown(m_tls.get()); // our end of it; the client's is not waited for
    }
    ErrorCode ignored;
    m_socket.shutdown(Socket::shutdown_send, ignored);
}

std::size_t ClientStream::discard(asio::mutable_buffer buffer, ErrorCode &error)
{
    return m_ahead.read(m_socket, buffer, error);
}

bool ClientStream::hasEnded()
{
    if (!m_tls) {
        return m_ahead.hasEnded();
    }
    char byte = 0;
    const ssize_t got = ::recv(m_socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

void ClientStream::close()
{
    ErrorCode ignored;
    m_socket.close(ignored);
}

bool ClientStream::isSecuring() const
{
    return m_tls && SSL_is_init_finished(m_tls.get()) == 0;
}

} // namespace signalbox::runtime
