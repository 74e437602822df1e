// SPDX-License-Identifier: Apache-2.0
// What operators watch live: snapshots, breaker transitions and finished requests, as they happen.
#pragma once

#include "core/gateway/gateway.h"
#include "core/runtime/net/rim.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::runtime {

/// Server-sent events to all who listen. Lives on the gateway's thread.
class EventStream
{
public:
    EventStream(boost::asio::io_context &loop, gateway::Gateway &gateway);

    void setRim(Rim &rim) { m_rim = &rim; }
    /// Begins an answer that ends when its client leaves; false when too many are open, or after
    /// shutDown(): nothing would end it then.
    [[nodiscard]] bool subscribe(gateway::ExchangeId id);
    void requestFinished(const RequestRecord &record);
    void clientGone(gateway::ExchangeId id);
    /// Who reads slowly is told how many events it missed, once it reads again.
    void clientSlow(gateway::ExchangeId id, bool slow);
    void shutDown();
    [[nodiscard]] bool hasEnded() const { return m_ended; }

private:
    struct Subscriber
    {
        bool slow = false;
        std::uint64_t missed = 0; ///< events, while it was slow
        SystemTime lastTransition{};
    };

    void tick();
    void pushSnapshot();
    void push(gateway::ExchangeId id,
              Subscriber &subscriber,
              std::string_view event,
              const std::string &data);

    gateway::Gateway &m_gateway;
    Rim *m_rim = nullptr;
    std::map<gateway::ExchangeId, Subscriber> m_subscribers;
    boost::asio::steady_timer m_ticker;
    bool m_ticking = false;
    bool m_ended = false;
};

} // namespace signalbox::runtime
