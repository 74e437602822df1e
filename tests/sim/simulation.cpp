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
    for (const Happening what : {Happening::Mood,
                                 Happening::Reload,
                                 Happening::Operator,
                                 Happening::Look,
                                 Happening::ShutDown}) {
        m_events.plan(m_now.steady + someTime(Seconds(2)), what);
    }
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
    callTheRoll();
    settleDown();
    checkQuiet();
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

void Simulation::changeMood()
{
    const auto mood = static_cast<Mood>(m_random.below(kMoodCount));
    const std::size_t target = m_random.below(Town::kTargets);
    m_moods[target] = m_random.below(2) == 0 ? Mood::Well : mood;
    if (mood == Mood::Unreachable) { // the provider's door is the same for all of its models
        m_moods[target ^ 1U] = m_moods[target];
    }
    m_arrivalGap = m_random.below(4) == 0 ? Micros(20'000) : Micros(80'000);
    trace("mood", 0, 0, Town::targetNames()[target]);
}

void Simulation::reload()
{
    look(); // what a target that goes has still to tell
    m_town.change(m_random);
    m_configuration = tests::configurationOf(m_town.toml());
    trace("reload", 0);
    m_gateway->configure(m_configuration, tests::credentialsOf(*m_configuration), m_now);
    m_watch.configure(*m_configuration, m_now.steady);
    m_seats.configure(*m_configuration, m_now.steady);
    m_ownBooks.configure(*m_configuration);
    for (auto &[attempt, call] : m_ownCalls) {
        call.dropped |= call.kind != OwnKind::Shadow;
    }
    ++m_report.reloads;
}

void Simulation::operate()
{
    ++m_report.operatorActs;
    if (m_random.below(5) == 0) {
        operateCache();
        return;
    }
    using enum Act; // what disturbs is mended more often than done
    constexpr std::array acts =
        {Trip, Hold, Drain, Reset, Reset, Reset, Reset, Undrain, Undrain, Undrain, Undrain};
    const Act act = acts[m_random.below(acts.size())];
    const std::string &name = Town::targetNames()[m_random.below(Town::kTargets)];
    const auto duration = m_random.below(8) == 0
                              ? std::nullopt
                              : std::optional(Millis(1 + m_random.below(20'000)));
    const auto breaker = m_watch.find(TargetId(name));
    trace(toString(act), 0, 0, name);
    const bool done = m_gateway->operate(act, TargetId(name), duration, "sim", m_now);
    if (done != (breaker != nullptr)) {
        check("an operator's act reached a target that is not there, or missed one that is");
    } else if (done) {
        breaker->operate(act, duration, m_now.steady);
    }
}

void Simulation::operateCache()
{
    gateway::AnswerCache &cache = m_gateway->cache();
    CacheQuery first;
    first.limit = 1;
    const CacheView view = cache.view(first, m_now);
    if (view.entries.empty()) {
        return;
    }
    const CacheEntry &entry = view.entries.front();
    switch (m_random.below(4)) {
    case 0: {
        CacheFilter ofRoute;
        ofRoute.route = entry.route;
        cache.evict(ofRoute, m_now);
        ++m_report.evictions;
        break;
    }
    case 1:
        check(cache.evict(entry.id) ? std::nullopt : std::optional("a kept answer was not there"));
        ++m_report.evictions;
        break;
    case 2:
        m_cache.pin(entry.requestId);
        cache.pin(entry.id, true);
        ++m_report.pins;
        break;
    default:
        cache.pin(entry.id, false);
        break;
    }
}

/// At first the gateway's own calls alone, now and then; in the end all.
void Simulation::shutDown()
{
    Actions actions;
    if (!m_draining && m_random.below(2) == 0) {
        trace("begins to stop", 0);
        m_draining = true;
        m_gateway->endOwnCalls(m_now, actions);
        take(actions, Ending::ShutDown);
        if (!m_ownCalls.empty()) {
            check("a call of our own outlived the end of all of them");
        }
        return;
    }
    trace("shut down", 0);
    m_gateway->shutDown(m_now, actions);
    take(actions, Ending::ShutDown);
    if (!m_clients.empty() || !m_ownCalls.empty()) {
        check("a request outlived the end of all requests");
    }
    ++m_report.shutDowns;
    restart();
}

/// Another gateway takes over what the last one kept: answers, and what the day has cost.
void Simulation::restart()
{
    checkQuiet();
    closeTheBooks();
    if (m_report.fault) {
        return;
    }
    gateway::AnswerCache &before = m_gateway->cache();
    before.beginToTellChanges();
    before.tellAll();
    std::vector<gateway::KeptAnswer> kept;
    for (gateway::CacheChange &change : before.takeChanges()) {
        kept.push_back(std::move(*change.kept));
    }
    std::ranges::stable_sort(kept, {}, [](const auto &each) { return each.answer->made; });
    m_events.drop(Happening::Upstream);
    m_calls.clear();
    m_books = {};
    m_cache.restart();
    begin();
    for (const gateway::KeptAnswer &each : kept) {
        m_gateway->cache().restore(each, m_now);
    }
    for (const auto &[owner, spent] : m_budgets.spentOn(m_now.system)) {
        m_gateway->bookSpent(owner.first, owner.second, spent, m_now);
    }
    trace("begins again", 0);
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
