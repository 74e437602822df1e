// SPDX-License-Identifier: Apache-2.0
// One accepted TCP connection: reads requests, plays the replies, notices a peer that leaves.
#pragma once

#include "app/simulator/reply_script.h"
#include "app/simulator/world.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <memory>
#include <optional>

namespace signalbox::simulator {

/// What all connections of a simulator share; outlives them.
struct Station
{
    World &world;
    std::function<void()> controlled; ///< called after each request to the control endpoint
};

class Connection : public std::enable_shared_from_this<Connection>
{
public:
    Connection(boost::asio::ip::tcp::socket socket,
               Station &station,
               std::optional<std::size_t> ownPortOf);
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;
    ~Connection();

    void start();

private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
    using ErrorCode = boost::system::error_code;

    void readHead();
    void headRead(ErrorCode error);
    void readBody();
    void bodyRead(ErrorCode error);
    void refuseToRead(ErrorCode error);
    void play(const Request &request);
    void step();
    void send();
    void sent(ErrorCode error);
    void proceed();
    void hold();
    void watchPeer();
    void peerMoved();
    void end(Outcome outcome);
    void countFor(std::optional<std::size_t> provider);
    void close();
    void reset();
    void drain();
    void drainMore();

    boost::asio::ip::tcp::socket m_socket;
    boost::asio::steady_timer m_timer;
    Station &m_station;
    std::optional<std::size_t> m_ownPortOf;
    std::optional<std::size_t> m_countedFor;
    boost::beast::flat_buffer m_buffer;
    std::optional<Parser> m_parser;
    SteadyTime m_arrivedAt{};
    ReplyScript m_script;
    Step m_step;
    std::optional<Ticket> m_ticket;
    std::uint64_t m_played = 0;
    bool m_unreadBody = false;
};

} // namespace signalbox::simulator
