// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/connection.h"

#include "app/simulator/present_time.h"
#include "app/simulator/request_reader.h"

#include <array>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/read.hpp>

namespace signalbox::simulator {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr std::uint64_t kBodyBytesMax = 32U * 1024 * 1024;
constexpr std::uint32_t kHeadBytesMax = 64U * 1024;
constexpr Seconds kDrainFor{2};
constexpr std::size_t kDrainBytes = 64U * 1024;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

} // namespace

Connection::Connection(asio::ip::tcp::socket socket,
                       Station &station,
                       std::optional<std::size_t> ownPortOf)
    : m_socket(std::move(socket))
    , m_timer(m_socket.get_executor())
    , m_station(station)
    , m_ownPortOf(ownPortOf)
{
    m_station.world.connectionsChanged(std::nullopt, 1);
    countFor(ownPortOf);
}

Connection::~Connection()
{
    countFor(std::nullopt);
    m_station.world.connectionsChanged(std::nullopt, -1);
}

void Connection::start()
{
    ErrorCode ignored;
    m_socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    m_socket.non_blocking(true, ignored);
    readHead();
}

void Connection::readHead()
{
    m_parser.emplace();
    m_parser->header_limit(kHeadBytesMax);
    m_parser->body_limit(kBodyBytesMax);
    http::async_read_header(m_socket,
                            m_buffer,
                            *m_parser,
                            [self = shared_from_this()](ErrorCode error, std::size_t) {
                                self->headRead(error);
                            });
}

void Connection::headRead(ErrorCode error)
{
    if (error) {
        return refuseToRead(error);
    }
    const http::request<http::string_body> &head = m_parser->get();
    const std::string target(head.target().data(), head.target().size());
    const std::optional<std::size_t> provider =
        m_station.world.providerOf(target.substr(0, target.find('?')), m_ownPortOf);
    countFor(provider);
    if (provider && m_station.world.refuses(*provider, presentTime())) {
        return reset();
    }
    if (!boost::beast::iequals(head[http::field::expect], "100-continue")) {
        return readBody();
    }
    asio::async_write(m_socket,
                      asio::buffer(kContinue),
                      [self = shared_from_this()](ErrorCode failed, std::size_t) {
                          if (failed) {
                              return self->close();
                          }
                          self->readBody();
                      });
}

void Connection::readBody()
{
    http::async_read(m_socket,
                     m_buffer,
                     *m_parser,
                     [self = shared_from_this()](ErrorCode error, std::size_t) {
                         self->bodyRead(error);
                     });
}

void Connection::bodyRead(ErrorCode error)
{
    if (error) {
        return refuseToRead(error);
    }
    play(readRequest(m_parser->get(), m_ownPortOf));
}

/// A body over the limit is answered by the provider; other bytes that are no request by a plain 400.
void Connection::refuseToRead(ErrorCode error)
{
    if (error == http::error::body_limit) {
        m_unreadBody = true;
        Request request = readRequest(m_parser->get(), m_ownPortOf);
        request.tooLarge = true;
        return play(request);
    }
    if (error == http::error::end_of_stream
        || error.category() != http::make_error_code(http::error::bad_target).category()) {
        return close();
    }
    Reply reply;
    reply.status = 400;
    reply.body = "Bad Request: " + error.message() + "\n";
    m_script = ReplyScript(std::move(reply), false, presentTime().system);
    m_arrivedAt = presentTime().steady;
    step();
}

void Connection::play(const Request &request)
{
    const Now now = presentTime();
    const bool keepAlive = m_parser->get().keep_alive() && !m_unreadBody;
    m_arrivedAt = now.steady;
    m_script = ReplyScript(m_station.world.answer(request, now), keepAlive, now.system);
    m_ticket = m_script.reply().ticket;
    ++m_played;
    if (!m_ticket) {
        m_station.controlled();
    }
    if (m_buffer.size() == 0 && !m_unreadBody) {
        watchPeer();
    }
    step();
}

void Connection::step()
{
    m_step = m_script.next();
    const SteadyTime due = m_arrivedAt + m_step.at;
    if (due <= presentTime().steady) {
        return send();
    }
    m_timer.expires_at(due);
    m_timer.async_wait([self = shared_from_this()](ErrorCode error) {
        if (!error && self->m_socket.is_open()) {
            self->send();
        }
    });
}

void Connection::send()
{
    if (m_step.bytes.empty()) {
        return proceed();
    }
    if (m_step.isHead && m_ticket) {
        m_station.world.headSent(*m_ticket, m_script.reply().status);
    }
    asio::async_write(m_socket,
                      asio::buffer(m_step.bytes),
                      [self = shared_from_this()](ErrorCode error, std::size_t) {
                          self->sent(error);
                      });
}

void Connection::sent(ErrorCode error)
{
    if (!m_socket.is_open()) {
        return;
    }
    if (error) {
        end(Outcome::Aborted);
        return close();
    }
    proceed();
}

void Connection::proceed()
{
    switch (m_step.then) {
    case Step::Then::Next:
        return step();
    case Step::Then::Finish:
        end(Outcome::Finished);
        if (m_unreadBody) {
            return drain();
        }
        return m_script.keepsAlive() ? readHead() : close();
    case Step::Then::Close:
        end(Outcome::Broken);
        return close();
    case Step::Then::Reset:
        end(Outcome::Broken);
        return reset();
    case Step::Then::Hold:
        return hold();
    }
}

void Connection::hold()
{
    if (!m_script.reply().holdFor) {
        return;
    }
    m_timer.expires_at(m_arrivedAt + *m_script.reply().holdFor);
    m_timer.async_wait([self = shared_from_this()](ErrorCode error) {
        if (error || !self->m_socket.is_open()) {
            return;
        }
        self->end(Outcome::Broken);
        self->close();
    });
}

/// While a reply is being played nothing is read, so a peer that leaves shows as a readable socket.
void Connection::watchPeer()
{
    m_socket.async_wait(asio::ip::tcp::socket::wait_read,
                        [self = shared_from_this(), number = m_played](ErrorCode error) {
                            const bool current = number == self->m_played
                                                 && self->m_ticket.has_value();
                            if (!error && current && self->m_socket.is_open()) {
                                self->peerMoved();
                            }
                        });
}

void Connection::peerMoved()
{
    std::array<char, 1> byte{};
    ErrorCode error;
    const std::size_t count = m_socket.receive(asio::buffer(byte),
                                               asio::ip::tcp::socket::message_peek,
                                               error);
    if (error == asio::error::would_block) {
        return watchPeer();
    }
    if (!error && count > 0) {
        return; // an early next request: it waits its turn
    }
    end(Outcome::Aborted);
    close();
}

void Connection::end(Outcome outcome)
{
    if (!m_ticket) {
        return;
    }
    m_station.world.ended(*m_ticket, outcome);
    m_ticket.reset();
}

void Connection::countFor(std::optional<std::size_t> provider)
{
    if (m_countedFor) {
        m_station.world.connectionsChanged(m_countedFor, -1);
    }
    m_countedFor = provider;
    if (m_countedFor) {
        m_station.world.connectionsChanged(m_countedFor, 1);
    }
}

void Connection::close()
{
    ErrorCode ignored;
    m_timer.cancel();
    m_socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    m_socket.close(ignored);
}

void Connection::reset()
{
    ErrorCode ignored;
    m_timer.cancel();
    m_socket.set_option(asio::socket_base::linger(true, 0), ignored);
    m_socket.close(ignored);
}

/// Reads on for a while after an answer to a body that was not read: closing at once would be a reset
/// that takes the answer with it.
void Connection::drain()
{
    ErrorCode ignored;
    m_socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    m_timer.expires_after(kDrainFor);
    m_timer.async_wait([self = shared_from_this()](ErrorCode error) {
        if (!error) {
            self->close();
        }
    });
    drainMore();
}

void Connection::drainMore()
{
    m_buffer.clear();
    m_socket.async_read_some(m_buffer.prepare(kDrainBytes),
                             [self = shared_from_this()](ErrorCode error, std::size_t) {
                                 if (error) {
                                     return self->close();
                                 }
                                 self->drainMore();
                             });
}

} // namespace signalbox::simulator
