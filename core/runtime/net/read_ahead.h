// SPDX-License-Identifier: Apache-2.0
// What a plain socket brings next: waited for by reading the first of it.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <cstddef>
#include <utility>

namespace signalbox::runtime {

/// To wait for a socket to be readable, and then read, tells the kernel anew each time what is waited
/// for, a system call in each direction of each request. To wait for a read does not. So a few bytes
/// of each connection have a place of their own, in which a usual request or a stream's piece fits;
/// of a larger one the rest follows in one call. Used on its loop's thread.
class ReadAhead
{
public:
    using Socket = boost::asio::ip::tcp::socket;
    using ErrorCode = boost::system::error_code;

    /// \p handler gets an error code once read() has something to say: none, or that the wait was
    /// given up. It keeps this alive. One wait at a time.
    template <typename Handler>
    void await(Socket &socket, Handler handler)
    {
        if (hasCome()) {
            boost::asio::post(socket.get_executor(),
                              [handler = std::move(handler)]() mutable { handler(ErrorCode()); });
            return;
        }
        socket.async_read_some(boost::asio::buffer(m_bytes),
                               [this, handler = std::move(handler)](const ErrorCode &error,
                                                                    std::size_t got) mutable {
                                   if (error == boost::asio::error::operation_aborted) {
                                       handler(error);
                                       return;
                                   }
                                   m_size = got;
                                   m_end = error;
                                   handler(ErrorCode());
                               });
    }
    /// What came and what followed it at once; `would_block` when that is nothing. What does not fill
    /// \p buffer is all there was. \pre \p buffer has room for more than kBytes
    std::size_t read(Socket &socket, boost::asio::mutable_buffer buffer, ErrorCode &error);

    /// Bytes, an end or an error wait to be read.
    [[nodiscard]] bool hasCome() const { return m_size > 0 || m_end; }
    /// The end, or an error, is all that is left to read.
    [[nodiscard]] bool hasEnded() const { return m_size == 0 && m_end; }

    static constexpr std::size_t kBytes = 1024;

private:
    std::array<char, kBytes> m_bytes; // no value until m_size says so
    std::size_t m_size = 0;
    ErrorCode m_end; ///< behind those bytes
};

} // namespace signalbox::runtime
