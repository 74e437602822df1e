// SPDX-License-Identifier: Apache-2.0
// The whole gateway on a virtual clock between random clients, upstreams and operators.
#pragma once

#include "tests/sim/books.h"
#include "tests/sim/breaker_watch.h"
#include "tests/sim/budget_watch.h"
#include "tests/sim/cache_watch.h"
#include "tests/sim/client.h"
#include "tests/sim/event_queue.h"
#include "tests/sim/own_calls.h"
#include "tests/sim/questions.h"
#include "tests/sim/report.h"
#include "tests/sim/seats.h"
#include "tests/sim/town.h"
#include "tests/support/upstream_script.h"

#include "core/gateway/gateway.h"

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace signalbox::sim {

/// Everything follows from the seed. Holds the gateway to its promises at every step and stops at
/// the first that is broken. In rounds of some thousand requests; between them all comes to rest,
/// and nothing may be left over. Now and then the gateway is stopped and another one begins with what
/// was kept of the cache and of the day's budgets.
class Simulation
{
public:
    Simulation(std::uint64_t seed, std::uint64_t exchanges);

    Report run();

private:
    struct Call
    {
        gateway::ExchangeId exchange = 0; ///< 0: it is the gateway's own
        TargetId target;
        std::shared_ptr<WatchedBreaker> breaker;
        std::shared_ptr<Seats> seats;
        ProviderKind kind{};
        SteadyTime begun{};
        double pace = 1; ///< by which the script's times are stretched
        std::vector<tests::UpstreamStep> steps;
        std::size_t next = 0;
        bool over = false; ///< only late events are left
    };
    /// What a call is asked for.
    struct Wanted
    {
        bool stream = false;
        bool embeddings = false;
        bool list = false; ///< of models, in place of an answer
    };
    /// An answer that a shadow may be of.
    struct Answered
    {
        std::string client;
        TargetId target;
        std::optional<std::int64_t> words; ///< bytes; nothing: of parts that nobody saw
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
    void calmDown();
    void step();
    void happen(const Event &event);
    void begin();
    void advanceTo(SteadyTime time);
    void configure();
    void take(const gateway::Actions &actions, Ending ending);
    [[nodiscard]] Micros someTime(Micros longest);

    // simulation_acts.cpp: what nobody asked for
    void changeMood();
    void reload();
    void operate();
    void operateCache();
    void shutDown();
    void restart();

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

    // simulation_asking.cpp: what clients ask
    void arrive();
    void ask(Client client, gateway::Arrival arrival);
    void identify(Client &client, http::Headers &headers);
    gateway::Arrival askingArrival(Client &client);
    gateway::Arrival askingArrival(Client &client, const std::string &model);
    gateway::Arrival oddArrival(Client &client);
    void tellWhatFits(Client &client) const;

    // simulation_clients.cpp: what clients get
    void leave(gateway::ExchangeId id);
    void setSlow(gateway::ExchangeId id, bool slow);
    void bookSpending(const Client &client, const RequestRecord &record);
    void bookAnswer(const Client &client, const RequestRecord &record);
    void book(Client &client, const gateway::Finished &finished);
    void letFollowersGo(const Client &client, bool kept);
    void callForFollowers();
    Client *clientOf(gateway::ExchangeId id, const char *what);
    void onAction(const gateway::Respond &respond, Ending ending);
    void onAction(const gateway::SendBytes &send, Ending ending);
    void onAction(const gateway::EndStream &end, Ending ending);
    void onAction(const gateway::Finished &finished, Ending ending);

    // simulation_calls.cpp: which calls are made
    void onAction(const gateway::CallUpstream &call, Ending ending);
    [[nodiscard]] static TargetId targetOf(const gateway::CallUpstream &action);
    void checkCaller(const gateway::CallUpstream &action, const Client &client);
    void prepare(const gateway::CallUpstream &action, Call &call);
    CallSeen script(const gateway::CallUpstream &action, Wanted wanted, Call &call);
    void put(const gateway::CallUpstream &action, Call call);
    [[nodiscard]] CallSeen &seenOf(gateway::AttemptId attempt, const Call &call);

    // simulation_upstreams.cpp: what upstreams send, and when a call is over
    void onAction(const gateway::CancelUpstream &cancel, Ending ending);
    void onAction(const gateway::ReleaseUpstream &release, Ending ending);
    void onAction(const gateway::FetchPicture &fetch, Ending ending);
    void onAction(const gateway::CancelPictures &cancel, Ending ending);
    void onAction(const gateway::CompareQuestion &question, Ending ending);
    void planStep(gateway::AttemptId attempt, const Call &call);
    void deliver(gateway::AttemptId attempt);
    void send(gateway::AttemptId attempt, const gateway::UpstreamEvent &event);
    void endCall(gateway::AttemptId attempt, Ending ending);
    [[nodiscard]] std::optional<OutcomeClass> outcomeOf(gateway::AttemptId attempt,
                                                        const Call &call,
                                                        const CallSeen &seen,
                                                        Ending ending) const;

    // simulation_own_calls.cpp: what no client asked for
    void beginOwnCall(const gateway::CallUpstream &action);
    [[nodiscard]] std::optional<std::string> faultInShadow(const gateway::CallUpstream &action,
                                                           const Call &call) const;
    void endOwnCall(gateway::AttemptId attempt);
    void ownRecord(const RequestRecord &record);
    void callForOwnRecord();

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
    SeatWatch m_seats;
    Books m_books;
    BudgetWatch m_budgets;
    Questions m_questions;
    std::string m_crowdClient; ///< that asks the same at once
    CacheWatch m_cache;
    std::vector<gateway::ExchangeId> m_released; ///< whose answer is there: they are to get it now
    std::set<gateway::ExchangeId> m_gone; ///< left, while their calls went on for others
    std::unordered_map<gateway::AttemptId, OwnCallSeen> m_ownCalls;
    std::optional<OwnCallSeen> m_endedOwn; ///< the last that ended, as long as its record may come
    OwnBooks m_ownBooks;
    std::unordered_map<std::string, Answered> m_answered; ///< since all was quiet, by record
    bool m_draining = false; ///< the gateway's own calls are over for good
    std::deque<Trace> m_trace;
    Report m_report;
    std::int64_t m_memoryAtFirst = 0;
};

} // namespace signalbox::sim
