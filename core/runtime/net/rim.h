// SPDX-License-Identifier: Apache-2.0
// Does what the gateway asks with sockets and timers, and tells it what comes of that.
#pragma once

#include "core/base/bounds.h"
#include "core/gateway/gateway.h"
#include "core/runtime/cache/question_finder.h"
#include "core/runtime/net/body_tap.h"
#include "core/runtime/net/client_connection.h"
#include "core/runtime/net/listener.h"
#include "core/runtime/net/picture_fetcher.h"
#include "core/runtime/net/upstream_pool.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace signalbox::runtime {

/// What answers paths that are not the applications'. Answers go through Rim::perform(), with the
/// exchange's id, at once or later, and end with gateway::Finished.
class SideDoor
{
public:
    virtual ~SideDoor() = default;
    /// Whether the path is behind this door.
    [[nodiscard]] virtual bool owns(const http::RequestHead &head) const = 0;
    virtual void requested(gateway::ExchangeId id, http::RequestHead head, std::string body) = 0;
    virtual void clientGone(gateway::ExchangeId id) = 0;
    virtual void clientSlow(gateway::ExchangeId id, bool slow) = 0;
    /// The process stops: streams that would run for ever end.
    virtual void shutDown() = 0;
};

/// What a test sets and a program leaves alone.
struct RimOptions
{
    ClientPatience patience; ///< but for \a head, which the configuration says
    std::size_t clientsMax = bounds::kClientsMax;
    std::uint64_t bodyBytesInAllMax = bounds::kBodyBytesInAllMax;
    PictureTerms pictures;
};

/// Lives on the loop's thread with everything it owns.
class Rim : private ClientConnection::Owner
{
public:
    using RecordSink = std::function<void(std::shared_ptr<const RequestRecord>)>;

    Rim(boost::asio::io_context &loop,
        gateway::Gateway &gateway,
        RecordSink records,
        const RimOptions &options = {});
    ~Rim() override;

    /// May be set once, before listen().
    void setSideDoor(SideDoor *door) { m_sideDoor = door; }
    using BodySink = std::function<void(RequestBodies)>;
    /// Told of the bodies of each recorded request, before its record is; not of what the side door answers.
    void setBodySink(BodySink bodies) { m_bodySink = std::move(bodies); }
    using StudySink = std::function<void(gateway::Studied)>;
    /// Told what came of Gateway::study(), on the loop's thread.
    void setStudySink(StudySink sink) { m_studySink = std::move(sink); }
    /// Bytes of each body that are kept; 0: none.
    void keepBodies(std::int64_t most) { m_tap.setMost(most); }
    Status<std::string> listen(const std::string &address);
    [[nodiscard]] const Listener &listener() const { return m_listener; }
    /// New connections of clients speak TLS with it from now on; null: plainly.
    void setTls(ServerTls tls);
    /// Certificates of authorities are read from their files again for the next connections.
    void forgetAuthorities();
    /// Stops accepting; calls \p done when the last exchange has ended, or after \p patience, when
    /// what still runs has been ended with an error.
    void drain(Millis patience, std::function<void()> done);

    /// Of clients and to upstreams.
    [[nodiscard]] std::size_t openConnections() const
    {
        return m_clients.size() + m_pool.openConnections();
    }

    /// Carries out actions and arms the timers. Any actions, the side door's too.
    void perform(gateway::Actions actions);
    /// To be called after a command to the gateway that may have moved its deadlines.
    void rearm();

private:
    struct Client
    {
        std::shared_ptr<ClientConnection> connection;
        gateway::ExchangeId exchange = 0; ///< being served; 0: none
    };

    void requestArrived(ClientConnection &connection,
                        http::RequestHead head,
                        std::string body) override;
    void requestRefused(ClientConnection &connection, const Refusal &refusal) override;
    void clientGone(ClientConnection &connection) override;
    void clientSlow(ClientConnection &connection, bool slow) override;
    void connectionClosed(ClientConnection &connection) override;

    void accepted(boost::asio::ip::tcp::socket socket);
    void upstreamEvent(gateway::AttemptId attempt, const gateway::UpstreamEvent &event);
    void pictureCame(gateway::ExchangeId exchange,
                     std::size_t number,
                     gateway::PictureResult result);
    void questionCompared(gateway::ExchangeId exchange, const std::optional<cache::Alike> &alike);
    void passIndexOrders();
    void passStudied();
    void performOne(gateway::Action &action, ClientConnection::Next next);
    ClientConnection *connectionOf(gateway::ExchangeId exchange);
    void finished(gateway::Finished &action);
    void holdForSlowClient(gateway::AttemptId attempt);
    void onTimer();
    void finishDrainIfDone();
    [[nodiscard]] ClientConnection::Terms clientTerms() const;

    boost::asio::io_context &m_loop;
    gateway::Gateway &m_gateway;
    RecordSink m_records;
    BodySink m_bodySink;
    StudySink m_studySink;
    BodyTap m_tap;
    RimOptions m_options;
    BodyBudget m_bodies;
    ServerTls m_tls;
    SideDoor *m_sideDoor = nullptr;
    Listener m_listener;
    UpstreamPool m_pool;
    PictureFetcher m_pictures;
    QuestionFinder m_questions;
    boost::asio::steady_timer m_timer;
    SteadyTime m_armedFor = SteadyTime::max();
    SteadyTime m_nextSweep{};
    std::unordered_set<gateway::ExchangeId> m_slow; ///< whose clients do not read
    std::unordered_map<ClientConnection *, Client> m_clients;
    std::unordered_map<gateway::ExchangeId, ClientConnection *> m_serving;
    std::unordered_map<gateway::ExchangeId, bool> m_atSideDoor;
    gateway::ExchangeId m_lastExchange = 0;
    std::function<void()> m_drained;
    SteadyTime m_drainUntil = SteadyTime::max();
    SteadyTime m_graceUntil = SteadyTime::max(); ///< of a drain, for requests on their way
};

} // namespace signalbox::runtime
