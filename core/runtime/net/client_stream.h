// SPDX-License-Identifier: Apache-2.0
// The bytes of a client's socket, plain or under TLS, without blocking.
#pragma once

#include "core/runtime/net/read_ahead.h"
#include "core/runtime/net/server_tls.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

using SSL = struct ssl_st;

namespace signalbox::runtime {

/// Under TLS the handshake is part of the first read. Used on its loop's thread.
class ClientStream
{
public:
    using Socket = boost::asio::ip::tcp::socket;
    using ErrorCode = boost::system::error_code;

    /// With \p tls null the bytes are plain.
    ClientStream(Socket socket, const ServerTls &tls);
    ~ClientStream();
    ClientStream(const ClientStream &) = delete;
    ClientStream &operator=(const ClientStream &) = delete;

    /// `would_block` when there is nothing, `eof` at the client's orderly end. What does not fill
    /// \p buffer is all there was. \pre \p buffer has room for a TLS record, 16 KiB
    std::size_t read(boost::asio::mutable_buffer buffer, ErrorCode &error);
    /// As many as the kernel takes; `would_block` when it takes none. After that the next call
    /// must begin with the same bytes.
    std::size_t write(std::string_view bytes, ErrorCode &error);
    /// Says that no more will be written.
    void shutdownSend();
    /// Reads over what still comes, undeciphered.
    std::size_t discard(boost::asio::mutable_buffer buffer, ErrorCode &error);
    /// The client's end, or an error, is all that is left to read.
    [[nodiscard]] bool hasEnded();
    void close();

    /// The handshake is not through.
    [[nodiscard]] bool isSecuring() const;
    /// \p handler gets an error code once read() may succeed. It keeps this alive.
    template <typename Handler>
    void awaitBytes(Handler handler)
    {
        if (!m_tls) {
            m_ahead.await(m_socket, std::move(handler));
            return;
        }
        m_socket.async_wait(m_readWaitsForRoom ? Socket::wait_write : Socket::wait_read,
                            std::move(handler));
    }
    template <typename Handler>
    void awaitRoom(Handler handler)
    {
        m_socket.async_wait(Socket::wait_write, std::move(handler));
    }
    [[nodiscard]] auto executor() { return m_socket.get_executor(); }

private:
    struct Free
    {
        void operator()(SSL *tls) const;
    };

    [[nodiscard]] ErrorCode failureOf(int result);

    Socket m_socket;
    std::unique_ptr<SSL, Free> m_tls; ///< null: plain
    ReadAhead m_ahead; ///< of a plain one
    bool m_readWaitsForRoom = false; ///< a handshake's answer does not fit into the kernel
    bool m_broken = false; ///< nothing may be sent any more, not even TLS's own end
};

} // namespace signalbox::runtime
