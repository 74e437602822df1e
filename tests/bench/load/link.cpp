// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/load/link.h"

#include <boost/asio/buffer.hpp>

namespace signalbox::bench {

namespace asio = boost::asio;
using boost::system::error_code;

void Link::start()
{
    error_code ignored;
    m_socket.non_blocking(true, ignored);
    m_socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    read();
}

void Link::connect(const asio::ip::tcp::endpoint &to)
{
    m_socket.async_connect(to, [self = shared_from_this()](const error_code &error) {
        if (error) {
            self->ended();
            return;
        }
        self->start();
        self->connected();
    });
}

void Link::send(std::string_view bytes)
{
    m_unsent.append(bytes);
    if (!m_writing) {
        write();
    }
}

void Link::write()
{
    error_code error;
    const std::size_t sent = m_socket.write_some(asio::buffer(m_unsent), error);
    m_unsent.erase(0, sent);
    if (m_unsent.empty() || (error && error != asio::error::would_block)) {
        m_unsent.clear(); // the reading side hears of a broken connection
        return;
    }
    m_writing = true;
    m_socket.async_wait(Socket::wait_write, [self = shared_from_this()](const error_code &failed) {
        self->m_writing = false;
        if (!failed) {
            self->write();
        }
    });
}

void Link::close()
{
    error_code ignored;
    m_socket.close(ignored);
}

void Link::read()
{
    m_socket.async_read_some(asio::buffer(m_buffer),
                             [self = shared_from_this()](const error_code &error, std::size_t got) {
                                 if (!self->m_socket.is_open()) {
                                     return;
                                 }
                                 if (error) {
                                     self->ended();
                                     return;
                                 }
                                 self->received({self->m_buffer.data(), got});
                                 if (self->m_socket.is_open()) {
                                     self->read();
                                 }
                             });
}

} // namespace signalbox::bench
