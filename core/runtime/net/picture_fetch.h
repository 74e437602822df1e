// SPDX-License-Identifier: Apache-2.0
// One picture on its way: look up, check, connect, read, follow, until it is here or cannot be had.
#pragma once

#include "core/base/bounds.h"
#include "core/gateway/ports.h"
#include "core/http/response_parser.h"
#include "core/http/web_address.h"
#include "core/runtime/net/body_budget.h"
#include "core/runtime/net/transport.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

/// What a test sets and a program leaves alone.
struct PictureTerms
{
    std::function<bool(const boost::asio::ip::address &)> isPublic; ///< null: isPublicAddress()
    std::string caFile; ///< authorities in place of the system's
    Millis patience = bounds::kPicturePatience;
    std::uint64_t bytesInAllMax = bounds::kPictureBytesInAllMax;
    std::size_t fetchesMax = bounds::kPictureFetchesMax;
};

/// What all fetches share; outlives them.
struct PictureWorld
{
    boost::asio::io_context &loop;
    /// Looks names up. A client says which, so a slow name server of its choice must not hold up the
    /// look-ups of providers.
    boost::asio::thread_pool &resolvers;
    std::shared_ptr<boost::asio::ssl::context> tls;
    std::shared_ptr<BodyBudget> budget;
    const PictureTerms &terms;
};

/// Sends a plain GET without cookies, keys or anything else of ours. Every address on the way is
/// checked after its look-up, and the connection is made to the very address that was checked.
class PictureFetch
    : public std::enable_shared_from_this<PictureFetch>
    , private Transport::Handler
{
public:
    using Done = std::function<void(gateway::PictureResult)>;

    /// \p done is called once, never from inside start(), and never after cancel().
    PictureFetch(const PictureWorld &world, bool allowPrivate, Done done);
    ~PictureFetch() override;
    PictureFetch(const PictureFetch &) = delete;
    PictureFetch &operator=(const PictureFetch &) = delete;

    void start(const std::string &url);
    /// In place of start(): there is no room.
    void refuse();
    void cancel();

private:
    class Room;
    using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

    void go(const Result<http::WebAddress, http::UrlError> &address);
    void resolve();
    void resolved(const boost::system::error_code &error, Endpoints found);
    void transportConnected() override;
    void transportBytes(std::string_view bytes) override;
    void transportEnded(TransportEnd end) override;
    [[nodiscard]] bool takeHead();
    [[nodiscard]] bool takeBody(std::string_view bytes);
    void redirected(const http::ResponseHead &head);
    void complete();
    void fail(std::string why, bool noRoom = false);
    void finish(gateway::PictureResult result);

    PictureWorld m_world;
    bool m_allowPrivate;
    Done m_done; ///< null once it is over
    boost::asio::steady_timer m_timer;
    http::WebAddress m_address;
    int m_redirects = 0;
    std::shared_ptr<Transport> m_transport;
    std::optional<http::ResponseParser> m_parser;
    bool m_headTaken = false;
    std::string m_bytes;
    std::shared_ptr<Room> m_room;
};

} // namespace signalbox::runtime
