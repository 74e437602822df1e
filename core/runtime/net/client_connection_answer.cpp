// SPDX-License-Identifier: Apache-2.0
// How a client is answered: heads, bodies and pieces, as fast as it takes them, and what follows.
#include "core/base/bounds.h"
#include "core/base/check.h"
#include "core/http/writer.h"
#include "core/runtime/net/client_connection.h"
#include "core/runtime/net/read_buffer.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <utility>

namespace signalbox::runtime {

namespace asio = boost::asio;
using boost::system::error_code;

void ClientConnection::respond(
    int status, http::Headers headers, std::string body, bool streamed, Next next)
{
    SB_CHECK(m_phase == Phase::Serving && !m_streaming);
    m_streaming = streamed;
    m_chunked = streamed && m_knowsChunks;
    if (m_chunked) {
        headers.set("transfer-encoding", "chunked");
    } else if (streamed) {
        m_keepAlive = false; // its end is the connection's
    } else if (status != 204) {
        headers.set("content-length", std::to_string(body.size()));
    }
    if (!m_keepAlive) {
        headers.set("connection", "close");
    }
    m_outgoing.reserve(m_outgoing.size() + 512 + body.size());
    const auto written = http::appendResponseHead(m_outgoing, status, headers);
    SB_CHECK(written.ok()); // what comes from outside is cleaned before it becomes a header
    if (!m_headOnly) {
        m_outgoing += body;
    }
    flush(m_headOnly ? Next::Later : next);
    if (!streamed) {
        answered();
    }
}

void ClientConnection::send(std::string_view bytes, Next next)
{
    if (!m_streaming || m_headOnly) {
        return;
    }
    if (m_chunked) {
        http::appendChunk(m_outgoing, bytes);
    } else {
        m_outgoing += bytes;
    }
    flush(next);
}

void ClientConnection::end()
{
    if (!m_streaming) {
        return;
    }
    m_streaming = false;
    if (m_chunked && !m_headOnly) {
        http::appendLastChunk(m_outgoing);
    }
    flush(Next::Later);
    answered();
}

/// The answer is handed over: on to the next request, or to the end.
void ClientConnection::answered()
{
    if (m_phase == Phase::Closed) {
        return;
    }
    letGoOfBody();
    if (!m_keepAlive) {
        m_phase = Phase::Lingering;
        m_since = m_now;
        m_unread.clear();
        if (m_outgoing.empty()) {
            linger();
        }
        return;
    }
    m_phase = Phase::Reading;
    m_since = m_now;
    if (m_unread.empty()) {
        watch();
        return;
    }
    // From the loop, not from here: a hundred pipelined requests must not nest a hundred deep.
    asio::post(m_stream.executor(), [self = shared_from_this()] { self->resume(); });
}

/// The next request, unless the client has yet to take the answers to those before.
void ClientConnection::resume()
{
    if (m_phase != Phase::Reading || m_slow) {
        return;
    }
    if (!m_unread.empty()) {
        consume(std::exchange(m_unread, {}));
    }
    watch();
}

/// Writes what m_outgoing has been given, or leaves it to the flush() that follows at once.
void ClientConnection::flush(Next next)
{
    if (m_phase == Phase::Closed) {
        m_outgoing.clear();
        return;
    }
    if (next == Next::AtOnce || m_outgoing.empty()) {
        return;
    }
    if (!m_writing) {
        m_progress = m_now; // nothing waited before
        write();
    }
    tellIfSlow();
}

void ClientConnection::write()
{
    error_code error;
    const std::size_t sent = m_stream.write(m_outgoing, error);
    if (error && error != asio::error::would_block) {
        // Not from here: the caller is in the middle of an answer.
        m_outgoing.clear();
        asio::post(m_stream.executor(), [self = shared_from_this()] {
            if (self->m_phase != Phase::Closed) {
                self->gone();
            }
        });
        return;
    }
    if (sent > 0) {
        m_progress = m_now;
        m_outgoing.erase(0, sent);
    }
    if (m_outgoing.empty()) {
        if (m_outgoing.capacity() > bounds::kOutgoingBytesKept) {
            m_outgoing = std::string();
        }
        return;
    }
    m_writing = true;
    m_stream.awaitRoom([self = shared_from_this()](const error_code &failure) {
        self->m_writing = false;
        if (failure || self->m_phase == Phase::Closed) {
            return;
        }
        self->write();
        self->tellIfSlow();
        if (self->m_phase == Phase::Lingering && self->m_outgoing.empty()) {
            self->linger();
        }
    });
}

void ClientConnection::tellIfSlow()
{
    const bool slow = m_outgoing.size()
                      > (m_slow ? bounds::kOutgoingBytesLow : bounds::kOutgoingBytesHigh);
    if (slow == m_slow) {
        return;
    }
    m_slow = slow;
    if (m_phase == Phase::Serving) {
        m_owner.clientSlow(*this, slow);
    } else if (!slow) {
        resume();
    }
}

/// Half-closes and reads what still comes, so that a refusal is not lost in a reset.
void ClientConnection::linger()
{
    m_stream.shutdownSend();
    error_code error;
    m_stream.discard(asio::buffer(readBuffer()), error);
    if (error && error != asio::error::would_block) {
        close();
        return;
    }
    watch(); // one buffer a turn: who sends without end must not hold up the others
}

} // namespace signalbox::runtime
