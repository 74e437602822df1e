// SPDX-License-Identifier: Apache-2.0
// The gateway's own routing, breakers, keys, limits, retries and prices on a virtual clock, with
// recorded traffic in place of clients and recorded outcomes in place of providers.
#pragma once

#include "core/base/random.h"
#include "core/gateway/budgets.h"
#include "core/gateway/upstreams.h"
#include "core/replay/journey.h"
#include "core/replay/outcomes.h"
#include "core/replay/prices.h"
#include "core/replay/run.h"
#include "core/routing/experience.h"
#include "core/routing/outliers.h"
#include "core/routing/smooth_weights.h"

#include <queue>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace signalbox::replay {

struct ReplayOptions
{
    std::uint64_t seed = 1; ///< of what is drawn, and of backoffs
    /// Draws that decide who leads are made anew; else the recorded ones are.
    bool freshDraws = false;
    /// Of kBlocks consecutive stretches of the traffic so many are replayed; a stretch is
    /// kStretch requests, so that breakers and limits meet the traffic they would.
    int blocks = kBlocks;
    static constexpr int kBlocks = 10;
    static constexpr std::size_t kStretch = 512;
    limits::DayBudgets::DayEnd dayEnd = {}; ///< without it budgets are not looked at
    /// Asked now and then with the share that is done; false ends the replay.
    std::function<bool(double done)> goOn = {};
};

/// One configuration over one period. Used once.
class Replayer
{
public:
    /// \p traffic and \p outcomes must outlive it and what run() gives.
    Replayer(const Traffic &traffic,
             const Outcomes &outcomes,
             std::shared_ptr<const Configuration> configuration,
             ReplayOptions options);
    ~Replayer();

    /// Nothing when it was told not to go on.
    [[nodiscard]] std::optional<Run> run();

private:
    friend class Journey;

    enum class Kind : std::uint8_t {
        CallEnds,
        CallBegins, ///< to answer, beside another
        Hedge,
        Wake, ///< what was waited for should have come
        Deadline
    };
    struct Event
    {
        SteadyTime at{};
        std::uint64_t order = 0;
        std::uint64_t journey = 0; ///< its number, so that one for a journey that is over is known
        std::uint32_t slot = 0;
        std::uint32_t call = 0;
        Kind kind = Kind::CallEnds;

        friend bool operator>(const Event &a, const Event &b)
        {
            return a.at != b.at ? a.at > b.at : a.order > b.order;
        }
    };

    // replayer.cpp: arrivals, events, what is learned
    [[nodiscard]] bool isInSample(std::size_t request) const;
    void arrive(std::uint32_t number);
    void asRecorded(std::uint32_t number);
    void happen(const Event &event);
    void plan(Journey &journey, Kind kind, SteadyTime at, std::uint32_t call = 0);
    void closeJourney(Journey &journey);
    void letNextIn();
    [[nodiscard]] Journey &openJourney();
    [[nodiscard]] std::shared_ptr<const RouteSettings> routeOf(const RecordedRequest &request);
    // replayer_decide.cpp: who may be asked
    void decide(Journey &journey);
    [[nodiscard]] routing::Availability availability(const Journey &journey,
                                                     const TargetId &target) const;
    [[nodiscard]] std::optional<BudgetView> tooDear(const Journey &journey,
                                                    const TargetId &target) const;
    [[nodiscard]] Money expectedCost(const Journey &journey, const TargetId &target) const;
    // replayer_calls.cpp: what comes of a call
    [[nodiscard]] std::optional<Call> outcomeOf(Journey &journey, const TargetId &target);
    void bound(Call &call, const Journey &journey) const;
    void settle(Journey &journey, Call &call, const Outcome &outcome);
    void learn(const Journey &journey, const Call &call, const Outcome &outcome);
    void countTrips();
    [[nodiscard]] std::uint32_t numberOf(const TargetId &target);

    const Traffic &m_traffic;
    const Outcomes &m_outcomes;
    std::shared_ptr<const Configuration> m_configuration;
    ReplayOptions m_options;
    Prices m_prices;
    gateway::Upstreams m_upstreams;
    gateway::Budgets m_budgets;
    routing::Experience m_experience;
    routing::Outliers m_outliers;
    routing::DrawState m_draws;
    Random m_random;
    bool m_learns = false; ///< some route looks at what was seen of targets
    bool m_hasBudgets = false;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::shared_ptr<const RouteSettings>>
        m_routes;
    std::deque<Journey> m_journeys;
    std::vector<std::uint32_t> m_free;
    std::map<gateway::ExchangeId, std::uint32_t> m_inLine; ///< slots of those who wait for another
    std::priority_queue<Event, std::vector<Event>, std::greater<>> m_events;
    std::uint64_t m_order = 0;
    std::uint64_t m_lastJourney = 0;
    SteadyTime m_now{};
    Run m_run;
};

} // namespace signalbox::replay
