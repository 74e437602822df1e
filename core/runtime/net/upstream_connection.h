// SPDX-License-Identifier: Apache-2.0
// One connection to an upstream: serves one call after the other.
#pragma once

#include "core/gateway/ports.h"
#include "core/http/response_parser.h"
#include "core/runtime/net/transport.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace signalbox::runtime {

/// Where a connection leads; connections with equal places are interchangeable.
struct UpstreamPlace
{
    bool secure = false;
    std::string host;
    std::uint16_t port = 0;
    std::string caFile;

    friend auto operator<=>(const UpstreamPlace &, const UpstreamPlace &) = default;
};

/// Reads one answer after the other off its transport. Its owner is told of every event of the
/// call it serves, and of the moments when it is idle or dead.
class UpstreamConnection : private Transport::Handler
{
public:
    class Owner
    {
    public:
        virtual ~Owner() = default;
        virtual void callEvent(gateway::AttemptId attempt, gateway::UpstreamEvent event) = 0;
        /// The call it served is over and it can serve another.
        virtual void connectionIdle(UpstreamConnection &connection) = 0;
        /// It is of no more use; the owner destroys it, later than in this call.
        virtual void connectionDead(UpstreamConnection &connection) = 0;
        /// A kept connection turned out dead before any byte of the answer: the same bytes may be
        /// sent again on a new one. connectionDead() follows.
        virtual void callStale(gateway::AttemptId attempt, std::string request) = 0;
    };

    UpstreamConnection(Owner &owner, UpstreamPlace place);
    ~UpstreamConnection() override;
    UpstreamConnection(const UpstreamConnection &) = delete;
    UpstreamConnection &operator=(const UpstreamConnection &) = delete;

    /// What a transport made for this connection reports to.
    [[nodiscard]] Transport::Handler &handler() { return *this; }
    /// \pre called once, before anything else
    void open(std::shared_ptr<Transport> transport);
    /// Serves \p attempt by sending \p request, once connected. \pre it is new or idle
    void call(gateway::AttemptId attempt, std::string request);
    /// No event of the call is wanted; what is left of the answer is read over if that is quick.
    void release();
    void setReading(bool reading);
    void close();

    [[nodiscard]] const UpstreamPlace &place() const { return m_place; }
    [[nodiscard]] gateway::AttemptId attempt() const { return m_attempt; }
    /// Bytes read over since release(); bounded by the owner's patience.
    [[nodiscard]] bool isReleased() const { return m_released; }

private:
    void transportConnected() override;
    void transportBytes(std::string_view bytes) override;
    void transportEnded(TransportEnd end) override;

    void tell(gateway::UpstreamEvent event);
    [[nodiscard]] bool isPacked() const;
    void tellHeadIfNew();
    void answerComplete();
    void fail(OutcomeClass outcome, std::string detail);
    void die();

    Owner &m_owner;
    UpstreamPlace m_place;
    std::shared_ptr<Transport> m_transport;
    http::ResponseParser m_parser;
    gateway::AttemptId m_attempt = 0; ///< 0: idle
    std::string m_request; ///< kept until the first byte of the answer
    SteadyTime m_calledAt{};
    bool m_connected = false;
    bool m_reused = false;
    bool m_headTold = false;
    bool m_released = false;
    bool m_dead = false;
};

} // namespace signalbox::runtime
