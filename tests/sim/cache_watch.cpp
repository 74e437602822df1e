// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/cache_watch.h"

#include <algorithm>
#include <charconv>

namespace signalbox::sim {

namespace {

/// Beyond it nothing is kept in any configuration of a simulation, unless it is pinned.
constexpr Seconds kOldest{120};

std::string textOf(const CacheTotals &totals)
{
    return std::to_string(totals.exactHits) + " hits, " + std::to_string(totals.semanticHits)
           + " by meaning, " + std::to_string(totals.staleHits) + " stale, "
           + std::to_string(totals.shared) + " shared, " + std::to_string(totals.saved.nanos())
           + " nano-USD saved, " + std::to_string(totals.unpricedHits) + " of unknown price";
}

} // namespace

bool CacheWatch::mayBeAnsweredBy(const Client &client, const TargetId &target)
{
    const RouteSettings *route = client.configuration->route(client.model);
    if (!client.pin.empty() || route == nullptr) {
        return target.name() == (client.pin.empty() ? client.model : client.pin);
    }
    const auto has = [&](const std::vector<TargetChoice> &choices) {
        return std::ranges::find(choices, target, &TargetChoice::target) != choices.end();
    };
    return has(route->targets) || std::ranges::any_of(route->rules, [&](const RuleSettings &rule) {
               return has(rule.targets);
           });
}

void CacheWatch::made(const Client &client, const RequestRecord &record, SteadyTime now)
{
    forgetOld(now);
    const CallSeen &call = client.answering();
    MadeAnswer answer;
    answer.by = client.id;
    answer.requestId = record.id;
    answer.form = client.form;
    answer.key = client.key;
    answer.sense = client.sense;
    answer.target = call.target;
    answer.text = call.text;
    answer.usage = record.usage;
    answer.at = now;
    const auto attempt = std::ranges::find(client.calls, call.attempt, &CallSeen::attempt);
    answer.cost = record.attempts[static_cast<std::size_t>(attempt - client.calls.begin())].cost;
    m_made[client.id] = std::move(answer);
}

void CacheWatch::forgetOld(SteadyTime now)
{
    for (auto it = m_made.begin(); it != m_made.end();) {
        if (now - it->second.at < kOldest) {
            return; // they are numbered as they begin, which is near enough
        }
        it = m_pinned.contains(it->second.key) ? std::next(it) : m_made.erase(it);
    }
}

const MadeAnswer *CacheWatch::madeOf(std::string_view text) const
{
    constexpr std::string_view lead = "exchange"; // as Simulation::script() has it
    if (!text.starts_with(lead)) {
        return nullptr;
    }
    const std::string_view digits = text.substr(lead.size());
    gateway::ExchangeId by = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), by);
    const auto made = m_made.find(by);
    return made == m_made.end() ? nullptr : &made->second;
}

std::optional<std::string> CacheWatch::faultInGift(const Client &client,
                                                   const RequestRecord &record,
                                                   const Configuration &configuration,
                                                   SteadyTime now) const
{
    const MadeAnswer &made = *client.given;
    const auto &note = record.decision.cache;
    if (!client.looksUp) {
        return "it was given another's answer, and did not want one";
    }
    if (made.sense != client.sense) {
        return "it was given the answer to another question or to another client: " + made.sense
               + ", asked was " + client.sense;
    }
    const bool byMeaning = record.cache == "semantic";
    if (byMeaning ? !client.comparesMeaning : made.key != client.key) {
        return "it was given the answer to other words: " + made.key;
    }
    if (!note || note->from != made.requestId || record.target != made.target
        || record.usage != made.usage || note->saved != made.cost
        || record.cacheSaved != made.cost.amount) {
        return "its record tells another origin of its answer";
    }
    if (note->shared != (client.follows == made.by) || (note->shared && record.cache != "miss")) {
        return "it was given an answer in the air, or a kept one, and the record says otherwise";
    }
    if (!mayBeAnsweredBy(client, made.target)) {
        return "it was given the answer of " + made.target.name() + ", which its route has not";
    }
    if (note->stale.empty() ? !record.attempts.empty()
                            : note->stale != "error" && !record.attempts.empty()) {
        return "an answer was given beside a call";
    }
    const CacheSettings &cache = configuration.cache;
    const Millis oldest = cache.lifetime + (note->stale.empty() ? Millis(0) : cache.staleIfError);
    if (!note->shared && !m_pinned.contains(made.key) && now - made.at >= oldest) {
        return "it was given an answer that is too old";
    }
    return std::nullopt;
}

void CacheWatch::pin(const std::string &requestId)
{
    for (const auto &[by, answer] : m_made) {
        if (answer.requestId == requestId) {
            m_pinned.insert(answer.key);
        }
    }
}

std::optional<gateway::ExchangeId> CacheWatch::joins(const Client &client)
{
    const auto [flight, first] = m_flights.try_emplace(client.key);
    if (first) {
        flight->second.leader = client.id;
        return std::nullopt;
    }
    flight->second.followers.insert(client.id);
    return flight->second.leader;
}

std::vector<gateway::ExchangeId> CacheWatch::ends(const Client &client)
{
    const auto flight = m_flights.find(client.key);
    if (flight == m_flights.end()) {
        return {};
    }
    if (flight->second.leader != client.id) {
        flight->second.followers.erase(client.id);
        return {};
    }
    const std::set<gateway::ExchangeId> followers = std::move(flight->second.followers);
    m_flights.erase(flight);
    return {followers.begin(), followers.end()};
}

bool CacheWatch::isAwaited(const Client &client) const
{
    const auto flight = m_flights.find(client.key);
    return flight != m_flights.end() && flight->second.leader == client.id
           && !flight->second.followers.empty();
}

void CacheWatch::count(const Client &client, const RequestRecord &record)
{
    m_counts.bypasses += record.cache == "bypass" ? 1 : 0;
    if (client.given == nullptr) {
        return;
    }
    const CacheNote &note = *record.decision.cache;
    m_counts.otherForm += client.given->form != client.form ? 1 : 0;
    m_counts.survivors += client.given->survived ? 1 : 0;
    if (note.shared) {
        ++m_totals.shared;
        ++m_counts.shared;
    } else if (!note.stale.empty()) {
        ++m_totals.staleHits;
        ++(note.stale == "slow" ? m_counts.staleForSlow : m_counts.staleForError);
    } else if (record.cache == "semantic") {
        ++m_totals.semanticHits;
        ++m_counts.semantic;
    } else {
        ++m_totals.exactHits;
        ++m_counts.exact;
    }
    m_totals.saved += note.saved->amount.value_or(Money());
    m_totals.unpricedHits += note.saved->amount ? 0U : 1U;
}

void CacheWatch::restart()
{
    m_totals = {};
    m_flights.clear();
    for (auto &[by, answer] : m_made) {
        answer.survived = true;
    }
}

std::optional<std::string> CacheWatch::differenceTo(const CacheTotals &totals) const
{
    CacheTotals counted = m_totals;
    counted.lookups = totals.lookups; // what no answer tells
    counted.notCacheable = totals.notCacheable;
    counted.vetoed = totals.vetoed;
    counted.evicted = totals.evicted;
    counted.waitSaved = totals.waitSaved;
    return counted == totals ? std::nullopt
                             : std::optional("the cache counts " + textOf(totals)
                                             + ", the records have " + textOf(counted));
}

} // namespace signalbox::sim
