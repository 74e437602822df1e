// SPDX-License-Identifier: Apache-2.0
// One connection of a client: reads its requests one after the other and writes the answers.
#pragma once

#include "core/base/bounds.h"
#include "core/base/time.h"
#include "core/http/error.h"
#include "core/http/headers.h"
#include "core/http/request_parser.h"
#include "core/runtime/net/body_budget.h"
#include "core/runtime/net/client_stream.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::runtime {

/// How long a client may take for what.
struct ClientPatience
{
    Millis head{10'000}; ///< from a head's first byte to its last, and for a TLS handshake
    Millis idle = bounds::kIdleMax; ///< between requests
    Millis bodyWindow = bounds::kBodyWindow; ///< in each a body must bring bodyWindowBytes
    std::uint64_t bodyWindowBytes = bounds::kBodyWindowBytesMin;
    Millis writeStall = bounds::kWriteStallMax; ///< without the client taking a byte of its answer
};

/// Why a request is answered without having been understood.
struct Refusal
{
    enum class Kind : std::uint8_t {
        Malformed, ///< or beyond a bound: \a error says which
        TooSlow, ///< its head or body did not come in time
        NoRoom, ///< the bodies of all requests together hold as much as they may
    };
    Kind kind = Kind::Malformed;
    http::Error error{};
    const http::Headers *headers = nullptr; ///< as far as they were read; for this call only
    std::string_view path = {}; ///< likewise
};

/// Requests are served strictly in order: the next one is read when the answer to the one before
/// has been handed over. While one is being served the socket is watched, so that a client that
/// leaves is noticed at once. Lives on the loop's thread, held by shared_ptr.
class ClientConnection : public std::enable_shared_from_this<ClientConnection>
{
public:
    using Socket = ClientStream::Socket;

    class Owner
    {
    public:
        virtual ~Owner() = default;
        virtual void requestArrived(ClientConnection &connection,
                                    http::RequestHead head,
                                    std::string body) = 0;
        /// The owner answers with respond(), after which the connection closes.
        virtual void requestRefused(ClientConnection &connection, const Refusal &refusal) = 0;
        /// The client left, or stopped reading for good, while a request was being served.
        virtual void clientGone(ClientConnection &connection) = 0;
        /// More than a bufferful waits for the client (true), or has drained (false).
        virtual void clientSlow(ClientConnection &connection, bool slow) = 0;
        virtual void connectionClosed(ClientConnection &connection) = 0;
    };

    struct Terms
    {
        http::Limits limits;
        ClientPatience patience;
        ServerTls tls; ///< null: plain
    };

    /// \p owner and \p budget outlive it, or abandon() comes first.
    ClientConnection(
        Owner &owner, BodyBudget &budget, Socket socket, const Terms &terms, SteadyTime now);

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
    /// Closes when the answer being given is out, or that to a request on its way; the owner gives
    /// up a connection on which none comes.
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
    void refuse(Refusal::Kind kind, http::Error error = {});
    bool holdBody();
    void letGoOfBody();
    void answered();
    void resume();
    void flush(Next next);
    void write();
    void tellIfSlow();
    void gone();
    void touch();

    Owner &m_owner;
    BodyBudget &m_budget;
    ClientStream m_stream;
    ClientPatience m_patience;
    http::RequestParser m_parser;
    Phase m_phase = Phase::Reading;
    std::string m_unread; ///< bytes of following requests, already off the socket
    std::string m_outgoing;
    std::uint64_t m_bodyHeld = 0; ///< of the budget, until the answer is handed over
    bool m_keepAlive = true;
    bool m_closing = false; ///< the next answer is the last
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
