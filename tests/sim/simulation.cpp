// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/simulation.h"

#include "tests/support/dummy_secrets.h"

#include <algorithm>
#include <fstream>
#include <unistd.h>
#include <utility>

namespace signalbox::sim {

using namespace gateway;

namespace {

constexpr std::uint64_t kRound = 2000;

/// 2026-01-05T12:00Z.
constexpr Now kStart{SteadyTime(Seconds(1000)), SystemTime(Seconds(1'767'614'400))};

/// Resident memory of this process in kilobytes.
std::int64_t memoryNow()
{
    std::ifstream file("/proc/self/statm");
    std::int64_t size = 0;
    std::int64_t resident = 0;
    file >> size >> resident;
    return resident * sysconf(_SC_PAGESIZE) / 1024;
}

} // namespace

Simulation::Simulation(std::uint64_t seed, std::uint64_t exchanges)
    : m_exchanges(exchanges)
    , m_random(seed)
    , m_start(kStart)
    , m_now(kStart)
    , m_town(m_random)
    , m_configuration(tests::configurationOf(m_town.toml()))
    , m_moods(Town::kTargets, Mood::Well)
    , m_watch(kStart)
    , m_questions(m_random)
{
    m_report.seed = seed;
    begin();
    for (const Happening what :
         {Happening::Mood, Happening::Reload, Happening::Operator, Happening::Look}) {
        m_events.plan(m_now.steady + someTime(Seconds(2)), what);
    }
    m_events.plan(m_now.steady + Seconds(20) + someTime(Seconds(200)), Happening::ShutDown);
}

/// A gateway that knows nothing yet, and the world's view of it.
void Simulation::begin()
{
    GatewayOptions options;
    options.version = "sim";
    options.seed = m_random.next();
    options.stopwatch = [this] { return m_now.steady; };
    options.hourIn = [](SystemTime, const std::string &) { return 12; };
    options.dayEndIn = [](SystemTime time, const std::string &) {
        return BudgetWatch::dayEnd(time);
    };
    m_gateway = std::make_unique<Gateway>(std::move(options),
                                          m_configuration,
                                          tests::credentialsOf(*m_configuration),
                                          m_now);
    m_watch.begin();
    m_watch.configure(*m_configuration, m_now.steady);
    m_seats.configure(*m_configuration, m_now.steady);
    m_ownBooks = {};
    m_ownBooks.configure(*m_configuration);
    m_draining = false;
}

Report Simulation::run()
{
    std::uint64_t asked = 0;
    while (asked < m_exchanges && !m_report.fault) {
        const std::uint64_t round = std::min(kRound, m_exchanges - asked);
        playRound(round);
        asked += round;
        if (asked >= m_exchanges / 5 && m_memoryAtFirst == 0) {
            m_memoryAtFirst = memoryNow();
        }
    }
    if (!m_report.fault) {
        closeTheBooks();
    }
    m_report.memoryGrowthKilobytes = memoryNow() - m_memoryAtFirst;
    m_report.breakerChanges = m_watch.compared();
    m_report.cache = m_cache.counts();
    m_report.virtualSeconds =
        std::chrono::duration_cast<Seconds>(m_now.steady - m_start.steady).count();
    return m_report;
}

void Simulation::playRound(std::uint64_t exchanges)
{
    m_toAsk = exchanges;
    m_events.plan(m_now.steady, Happening::Arrival);
    settleDown();
    checkQuiet();
    m_rollCall = true;
    calmDown();
    callTheRoll();
    m_rollCall = false;
    settleDown();
    checkQuiet();
}

/// Until no provider keeps anybody out of a limit that it told.
void Simulation::calmDown()
{
    const SteadyTime calm = m_now.steady + Seconds(5);
    while (!m_report.fault && (m_now.steady < calm || !m_ownCalls.empty())) {
        step();
    }
}

/// Until no client waits and none is to come, and no call is in the air.
void Simulation::settleDown()
{
    while (!m_report.fault && (m_toAsk > 0 || !m_clients.empty() || !m_ownCalls.empty())) {
        step();
    }
}

void Simulation::step()
{
    const auto deadline = m_gateway->nextDeadline();
    if (!deadline || m_events.nextAt() <= *deadline) {
        const Event event = m_events.take();
        advanceTo(event.at);
        happen(event);
        return;
    }
    advanceTo(*deadline);
    Actions actions;
    m_gateway->advance(m_now, actions);
    take(actions, Ending::Timer);
}

void Simulation::advanceTo(SteadyTime time)
{
    m_now = m_start + (std::max(time, m_now.steady) - m_start.steady);
}

void Simulation::happen(const Event &event)
{
    const auto again = [&](Micros longest) {
        m_events.plan(m_now.steady + someTime(longest), event.what);
    };
    switch (event.what) {
    case Happening::Arrival:
        arrive();
        return;
    case Happening::Upstream:
        deliver(event.id);
        return;
    case Happening::Leaving:
        leave(event.id);
        return;
    case Happening::ReadingSlowly:
    case Happening::ReadingAgain:
        setSlow(event.id, event.what == Happening::ReadingSlowly);
        return;
    case Happening::Mood:
        changeMood();
        again(Seconds(2));
        return;
    case Happening::Reload:
        reload();
        again(Seconds(20));
        return;
    case Happening::Operator:
        operate();
        again(Seconds(4));
        return;
    case Happening::Look:
        look();
        again(Seconds(2));
        return;
    case Happening::ShutDown:
        shutDown();
        again(m_draining ? Seconds(3) : Seconds(400));
        return;
    }
}

Micros Simulation::someTime(Micros longest)
{
    return Micros(
        1 + static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(longest.count()))));
}

/// What of it must have happened by the end of all of it is looked at then.
void Simulation::take(const Actions &actions, Ending ending)
{
    for (const Action &action : actions) {
        if (m_report.fault) {
            return;
        }
        std::visit([&](const auto &what) { onAction(what, ending); }, action);
    }
    callForOwnRecord();
    callForFollowers();
}

} // namespace signalbox::sim
