// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/read_ahead.h"
#include "core/runtime/net/read_buffer.h"
#include "core/runtime/net/transport.h"

#include <boost/asio/buffer.hpp>
#include <utility>

namespace signalbox::runtime {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// Reads into the loop's one buffer, so that thousands of silent streams hold little memory; writes
/// at once and waits only when the kernel's buffer is full.
class PlainTransport final : public Transport
{
public:
    using Transport::Transport;

    void send(std::string bytes) override
    {
        if (m_pending.empty()) {
            m_pending = std::move(bytes);
        } else {
            m_pending += bytes;
        }
        if (!m_writing) {
            write();
        }
    }

    void setReading(bool reading) override
    {
        m_reading = reading;
        if (reading && !m_waiting && isOpen()) {
            awaitBytes();
        }
    }

    void close() override { closeSocket(); }

private:
    void connected() override
    {
        error_code ignored;
        socket().non_blocking(true, ignored);
        m_reading = true;
        awaitBytes();
        ready();
    }

    void awaitBytes()
    {
        m_waiting = true;
        m_ahead.await(socket(),
                      [self = std::static_pointer_cast<PlainTransport>(shared_from_this())](
                          const error_code &error) {
                          self->m_waiting = false;
                          if (self->isOpen() && self->m_reading && !error) {
                              self->read();
                          }
                      });
    }

    void read()
    {
        error_code error;
        const std::size_t got = m_ahead.read(socket(), asio::buffer(readBuffer()), error);
        if (error && error != asio::error::would_block) {
            ended(error, "reading");
            return;
        }
        if (got > 0) {
            received({readBuffer().data(), got});
        }
        if (isOpen() && m_reading && !m_waiting) {
            awaitBytes();
        }
    }

    void write()
    {
        error_code error;
        const std::size_t sent = socket().write_some(asio::buffer(m_pending), error);
        if (error && error != asio::error::would_block) {
            // The reading side tells why: an answer may already wait there.
            m_pending.clear();
            return;
        }
        m_pending.erase(0, sent);
        if (m_pending.empty()) {
            return;
        }
        m_writing = true;
        socket().async_wait(Tcp::socket::wait_write,
                            [self = std::static_pointer_cast<PlainTransport>(shared_from_this())](
                                const error_code &failure) {
                                self->m_writing = false;
                                if (self->isOpen() && !failure && !self->m_pending.empty()) {
                                    self->write();
                                }
                            });
    }

    ReadAhead m_ahead;
    std::string m_pending;
    bool m_reading = false;
    bool m_waiting = false; ///< a wait for bytes is in the air
    bool m_writing = false; ///< a wait for room is in the air
};

} // namespace

std::shared_ptr<Transport> makePlainTransport(asio::io_context &loop, Transport::Handler &handler)
{
    return std::make_shared<PlainTransport>(loop, handler);
}

} // namespace signalbox::runtime
