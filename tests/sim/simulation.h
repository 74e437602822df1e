// SPDX-License-Identifier: Apache-2.0
// The whole gateway on a virtual clock between random clients, upstreams and operators.
#pragma once

#include "tests/sim/books.h"
#include "tests/sim/breaker_watch.h"
#include "tests/sim/budget_watch.h"
#include "tests/sim/client.h"
#include "tests/sim/event_queue.h"
#include "tests/sim/report.h"
#include "tests/sim/town.h"
#include "tests/support/upstream_script.h"

#include "core/gateway/gateway.h"

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace signalbox::sim {

/// Everything follows from the seed. Holds the gateway to its promises at every step and stops at
/// the first that is broken. In rounds of some thousand requests; between them all comes to rest,
/// and nothing may be left over.
class Simulation
{
public:
    Simulation(std::uint64_t seed, std::uint64_t exchanges);

    Report run();

private:
    /// The concurrency of one provider with one set of keys.
    struct Seats
    {
        Place place;
        std::vector<SecretRef> keys;
        std::optional<std::int64_t> limit;
        std::optional<std::int64_t> limitBefore;
        SteadyTime changed{}; ///< from limitBefore to limit
        std::int64_t taken = 0;

        [[nodiscard]] bool hasRoom(SteadyTime now) const;
    };
    struct Call
    {
        gateway::ExchangeId exchange = 0;
        std::shared_ptr<WatchedBreaker> breaker;
        std::shared_ptr<Seats> seats;
        ProviderKind kind{};
        SteadyTime begun{};
        double pace = 1; ///< by which the script's times are stretched
        std::vector<tests::UpstreamStep> steps;
        std::size_t next = 0;
        bool over = false; ///< only late events are left
    };
    /// Why the gateway gives a call up.
    enum class Ending : std::uint8_t {
        Told, ///< by what its upstream sent
        Timer,
        ClientGone,
        ShutDown,
        Outrun, ///< another call answered, or ended the request
    };
    struct Trace
    {
        SteadyTime at{};
        std::string_view what;
        gateway::ExchangeId exchange = 0;
        gateway::AttemptId attempt = 0;
        std::string_view detail;
    };

    static constexpr std::string_view kAsks = "asks"; ///< with it the story of a request begins

    // simulation.cpp: the course of things
    void playRound(std::uint64_t exchanges);
    void settleDown();
    void step();
    void happen(const Event &event);
    void changeMood();
    void reload();
    void operate();
    void shutDown();
    void advanceTo(SteadyTime time);
    void configure();
    void take(const gateway::Actions &actions, Ending ending);
    [[nodiscard]] Micros someTime(Micros longest);

    // simulation_checks.cpp: what is looked at, and the story of a fault
    void look();
    void checkQuiet();
    void callTheRoll();
    void callTheRoll(const ProviderSettings &provider);
    void closeTheBooks();
    void check(std::optional<std::string> fault, gateway::ExchangeId exchange = 0);
    void trace(std::string_view what,
               gateway::ExchangeId exchange,
               gateway::AttemptId attempt = 0,
               std::string_view detail = {});
    void digest(std::uint64_t value);

    // simulation_clients.cpp: the clients' side
    void arrive();
    void ask(Client client, gateway::Arrival arrival);
    void identify(Client &client, http::Headers &headers);
    gateway::Arrival askingArrival(Client &client);
    gateway::Arrival askingArrival(Client &client, const std::string &model);
    gateway::Arrival oddArrival(Client &client);
    void leave(gateway::ExchangeId id);
    void setSlow(gateway::ExchangeId id, bool slow);
    void bookSpending(const Client &client, const RequestRecord &record);
    Client *clientOf(gateway::ExchangeId id, const char *what);
    void onAction(const gateway::Respond &respond, Ending ending);
    void onAction(const gateway::SendBytes &send, Ending ending);
    void onAction(const gateway::EndStream &end, Ending ending);
    void onAction(const gateway::Finished &finished, Ending ending);

    // simulation_upstreams.cpp: the upstreams' side
    void onAction(const gateway::CallUpstream &call, Ending ending);
    void onAction(const gateway::CancelUpstream &cancel, Ending ending);
    void onAction(const gateway::ReleaseUpstream &release, Ending ending);
    void onAction(const gateway::FetchPicture &fetch, Ending ending);
    void onAction(const gateway::CancelPictures &cancel, Ending ending);
    void onAction(const gateway::CompareQuestion &question, Ending ending);
    void checkCall(const gateway::CallUpstream &action, const Call &call);
    CallSeen scriptCall(const Client &client, const gateway::CallUpstream &action, Call &call);
    void planStep(gateway::AttemptId attempt, const Call &call);
    void deliver(gateway::AttemptId attempt);
    void send(gateway::AttemptId attempt, const gateway::UpstreamEvent &event);
    void endCall(gateway::AttemptId attempt, Ending ending);
    std::shared_ptr<Seats> seatsOf(const ProviderSettings &provider) const;
    void configureSeats();

    std::uint64_t m_exchanges;
    Random m_random;
    Now m_start;
    Now m_now;
    Town m_town;
    std::shared_ptr<const Configuration> m_configuration;
    std::unique_ptr<gateway::Gateway> m_gateway;
    EventQueue m_events;
    std::uint64_t m_toAsk = 0; ///< requests that this round has still to bring
    Micros m_arrivalGap{30'000}; ///< twice the mean
    bool m_rollCall = false; ///< every upstream answers well
    std::vector<Mood> m_moods; ///< by target, as in Town::targetNames()
    std::unordered_map<gateway::ExchangeId, Client> m_clients;
    std::unordered_map<gateway::AttemptId, Call> m_calls;
    std::size_t m_liveCalls = 0;
    std::uint64_t m_endedCalls = 0;
    gateway::AttemptId m_heard = 0; ///< whose event is being handled
    gateway::ExchangeId m_lastExchange = 0;
    BreakerWatch m_watch;
    std::vector<std::shared_ptr<Seats>> m_seats;
    Books m_books;
    BudgetWatch m_budgets;
    std::deque<Trace> m_trace;
    Report m_report;
    std::int64_t m_memoryAtFirst = 0;
};

} // namespace signalbox::sim
