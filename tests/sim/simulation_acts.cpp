// SPDX-License-Identifier: Apache-2.0
// What becomes of a simulated world without its clients' doing: moods, reloads, operators, restarts.
#include "tests/sim/simulation.h"
#include "tests/support/dummy_secrets.h"

#include <algorithm>
#include <array>
#include <utility>

namespace signalbox::sim {

using namespace gateway;

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

} // namespace signalbox::sim
