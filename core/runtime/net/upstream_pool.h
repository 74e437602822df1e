// SPDX-License-Identifier: Apache-2.0
// All connections to upstreams: calls go out on kept ones where possible.
#pragma once

#include "core/base/time.h"
#include "core/gateway/ports.h"
#include "core/http/url.h"
#include "core/runtime/net/upstream_connection.h"

#include <boost/asio/io_context.hpp>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace signalbox::runtime {

/// Lives on the gateway's thread.
class UpstreamPool : private UpstreamConnection::Owner
{
public:
    using Sink = std::function<void(gateway::AttemptId, gateway::UpstreamEvent)>;

    UpstreamPool(boost::asio::io_context &loop, Sink sink);
    ~UpstreamPool() override;

    void call(gateway::CallUpstream call, SteadyTime now);
    void cancel(gateway::AttemptId attempt);
    void release(gateway::AttemptId attempt, SteadyTime now);
    void setReading(gateway::AttemptId attempt, bool reading);
    /// Certificates of authorities are read again for the next connections; idle ones, which the
    /// old certificates vouched for, are closed.
    void forgetAuthorities();
    /// Closes what has been idle, or released and still talking, for too long.
    void sweep(SteadyTime now);

    [[nodiscard]] std::size_t openConnections() const { return m_connections.size(); }

private:
    struct Held
    {
        std::unique_ptr<UpstreamConnection> connection;
        SteadyTime since{}; ///< idle or released since
        bool idle = false;
    };

    void callEvent(gateway::AttemptId attempt, gateway::UpstreamEvent event) override;
    void connectionIdle(UpstreamConnection &connection) override;
    void connectionDead(UpstreamConnection &connection) override;
    void callStale(gateway::AttemptId attempt, std::string request) override;

    const http::Url &urlOf(const std::string &baseUrl);
    UpstreamConnection *takeIdle(const UpstreamPlace &place);
    UpstreamConnection &connectNew(const UpstreamPlace &place);
    void startOnNew(gateway::AttemptId attempt, const UpstreamPlace &place, std::string request);
    void discard(UpstreamConnection &connection);
    std::shared_ptr<boost::asio::ssl::context> tlsContext(const std::string &caFile);

    boost::asio::io_context &m_loop;
    Sink m_sink;
    std::unordered_map<UpstreamConnection *, Held> m_connections;
    std::map<UpstreamPlace, std::vector<UpstreamConnection *>> m_idle; ///< newest last
    std::unordered_map<gateway::AttemptId, UpstreamConnection *> m_calls;
    std::unordered_map<std::string, http::Url> m_urls; ///< base URLs taken apart
    std::map<std::string, std::shared_ptr<boost::asio::ssl::context>> m_tlsContexts;
    SteadyTime m_now{}; ///< of the last call into the pool; idle times need no finer clock
};

} // namespace signalbox::runtime
