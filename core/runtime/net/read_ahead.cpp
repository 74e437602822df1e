// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/read_ahead.h"

#include <cstring>

namespace signalbox::runtime {

namespace asio = boost::asio;

std::size_t ReadAhead::read(Socket &socket, asio::mutable_buffer buffer, ErrorCode &error)
{
    const std::size_t ahead = std::exchange(m_size, 0);
    std::memcpy(buffer.data(), m_bytes.data(), ahead);
    if (m_end || (ahead > 0 && ahead < kBytes)) {
        error = ahead > 0 ? ErrorCode() : m_end;
        return ahead;
    }
    const std::size_t more = socket.read_some(buffer + ahead, error);
    if (ahead > 0 && error) {
        m_end = error == asio::error::would_block ? ErrorCode() : error; // found by the next read
        error = {};
    }
    return ahead + more;
}

} // namespace signalbox::runtime
