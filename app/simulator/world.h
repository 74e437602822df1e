// SPDX-License-Identifier: Apache-2.0
// The simulated providers as one state machine: a request in, a reply out. No sockets, no clock.
#pragma once

#include "app/simulator/dialect.h"
#include "app/simulator/fault_book.h"
#include "app/simulator/statistics.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::simulator {

/// A request as the connection read it.
struct Request
{
    std::string method;
    std::string path; ///< without the query
    std::string query;
    std::string body;
    std::string bearer; ///< of Authorization: Bearer
    std::string apiKey; ///< of x-api-key
    std::string googleKey; ///< of x-goog-api-key
    bool hasVersion = false; ///< anthropic-version was sent
    bool tooLarge = false; ///< the body went over the limit and was not read
    std::optional<std::size_t> provider; ///< on a provider's own port: which
};

/// How the peer and the simulator parted over one request.
enum class Outcome {
    Finished,
    Broken, ///< by a fault
    Aborted ///< by the peer
};

/// Used on one thread.
class World
{
public:
    World(Scenario scenario, Now start);

    [[nodiscard]] const std::vector<ProviderSpec> &providers() const
    {
        return m_scenario.providers;
    }
    /// The provider that a path or an own port means.
    [[nodiscard]] std::optional<std::size_t> providerOf(std::string_view path,
                                                        std::optional<std::size_t> ownPortOf) const;
    [[nodiscard]] bool isClosed(std::size_t provider, SteadyTime now) const;
    [[nodiscard]] Json state(bool withRequests, Now now) const;

    void setPort(std::size_t provider, int port) { m_ports[provider] = port; }
    /// True when the connection must be reset as soon as its request's head was read.
    bool refuses(std::size_t provider, Now now);
    Reply answer(const Request &request, Now now);
    void headSent(const Ticket &ticket, int status);
    void ended(const Ticket &ticket, Outcome outcome);
    void connectionsChanged(std::optional<std::size_t> provider, int by);

    std::optional<std::uint64_t> addFault(Fault fault, SteadyTime now);
    bool removeFault(std::uint64_t id) { return m_faults.remove(id); }
    std::size_t clearFaults(const std::string &provider) { return m_faults.clear(provider); }
    void resetCounters();

private:
    Random randomFor(std::size_t provider);
    RequestRecord &enter(const Request &request, std::size_t provider, Now now);

    Scenario m_scenario;
    Now m_start;
    FaultBook m_faults;
    std::vector<RateLimits> m_limits;
    std::vector<ProviderCounters> m_counters;
    std::vector<std::uint64_t> m_drawn;
    std::vector<std::optional<int>> m_ports;
    RequestLog m_log;
    std::int64_t m_openConnections = 0;
    std::uint64_t m_nextNumber = 1;
};

} // namespace signalbox::simulator
