// SPDX-License-Identifier: Apache-2.0
// One connection of a client: reads its requests one after the other and writes the answers.
#pragma once

#include "core/base/time.h"
#include "core/http/error.h"
#include "core/http/headers.h"
#include "core/http/request_parser.h"

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::runtime {

/// How long a client may take for what.
struct ClientPatience
{
    Millis head{10'000}; ///< from a head's first byte to its last
    Seconds idle{75}; ///< between requests
    Seconds bodyWindow{10}; ///< in each of these a body must bring bodyWindowBytes
    std::uint64_t bodyWindowBytes = 10ULL * 1024; ///< 1 KB/s
    Seconds writeStall{60}; ///< without the client reading a byte of its answer
};

/// Requests are served strictly in order: the next one is read when the answer to the one before
/// has been handed over. While one is being served the socket is watched, so that a client that
/// leaves is noticed at once. Lives on the loop's thread, held by shared_ptr.
class ClientConnection : public std::enable_shared_from_this<ClientConnection>
{
public:
    using Socket = boost::asio::ip::tcp::socket;

    class Owner
    {
    public:
        virtual ~Owner() = default;
        virtual void requestArrived(ClientConnection &connection,
                                    http::RequestHead head,
                                    std::string body) = 0;
        /// The bytes were refused; the owner answers with respond(), after which it closes.
        virtual void requestRefused(ClientConnection &connection, http::Error error) = 0;
        /// A head or body did not come in time; likewise.
        virtual void requestTooSlow(ClientConnection &connection) = 0;
        /// The client left, or stopped reading for good, while a request was being served.
        virtual void clientGone(ClientConnection &connection) = 0;
        /// More than a bufferful waits for the client (true), or has drained (false).
        virtual void clientSlow(ClientConnection &connection, bool slow) = 0;
        virtual void connectionClosed(ClientConnection &connection) = 0;
    };

    ClientConnection(Owner &owner,
                     Socket socket,
                     const http::Limits &limits,
                     const ClientPatience &patience,
                     SteadyTime now);

    void start();
    /// Whether more of the answer follows at once: then one write takes both.
    enum class Next : std::uint8_t {
        Later,
        AtOnce
    };
    /// Answers the request being served; all at once, or its head with the body to follow.
    void respond(int status,
                 http::Headers headers,
                 std::string body,
                 bool streamed,
                 Next next = Next::Later);
    void send(std::string_view bytes, Next next = Next::Later);
    void end();
    /// Closes when the answer being given is out; at once when none is.
    void closeSoon();
    void close();
    /// Closes without a word to the owner, who is going away.
    void abandon();
    /// Bytes of answers that the kernel has not taken yet.
    [[nodiscard]] bool hasOutgoing() const { return !m_outgoing.empty(); }
    /// Ends what has taken too long.
    void sweep(SteadyTime now);

    [[nodiscard]] bool isServing() const { return m_phase == Phase::Serving; }

private:
    enum class Phase : std::uint8_t {
        Reading, ///< between requests, or inside one
        Serving, ///< a request was handed over, its answer is not complete
        Lingering, ///< the last answer is out; what still comes is thrown away
        Closed,
    };

    void watch();
    void readable();
    void readRequest();
    void consume(std::string_view bytes);
    void handOver();
    void checkStillThere();
    void linger();
    void refuse(http::Error error);
    void answered();
    void resume();
    void flush(Next next);
    void write();
    void tellIfSlow();
    void gone();
    void touch();

    Owner &m_owner;
    Socket m_socket;
    ClientPatience m_patience;
    http::RequestParser m_parser;
    Phase m_phase = Phase::Reading;
    std::string m_unread; ///< bytes of following requests, already off the socket
    std::string m_outgoing;
    bool m_keepAlive = true;
    bool m_headOnly = false; ///< the request was HEAD
    bool m_knowsChunks = true; ///< the request was HTTP/1.1
    bool m_chunked = false;
    bool m_streaming = false;
    bool m_slow = false;
    bool m_watching = false;
    bool m_writing = false;
    bool m_continueSent = false;
    SteadyTime m_now{}; ///< of the last sweep: fine enough for patience
    SteadyTime m_since{}; ///< the current wait began
    SteadyTime m_progress{}; ///< the last byte written
    std::uint64_t m_windowBytes = 0; ///< of a body, in the current window
    bool m_headBegun = false;
    bool m_bodyBegun = false;
};

} // namespace signalbox::runtime
