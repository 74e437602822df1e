// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/world.h"

#include "app/simulator/control.h"
#include "app/simulator/desk.h"
#include "app/simulator/hash.h"

#include "core/base/check.h"

namespace signalbox::simulator {

namespace {

Reply nobodyHere(const std::string &path)
{
    Reply reply;
    reply.status = 404;
    reply.headers.emplace_back("content-type", "application/json");
    reply.body = toText(
        {{"error", {{"message", "no simulated provider at " + path}, {"type", "not_found"}}}});
    return reply;
}

} // namespace

World::World(Scenario scenario, Now start)
    : m_scenario(std::move(scenario))
    , m_start(start)
    , m_faults(m_scenario.faults, start.steady)
    , m_counters(m_scenario.providers.size())
    , m_drawn(m_scenario.providers.size())
    , m_ports(m_scenario.providers.size())
{
    for (const ProviderSpec &spec : m_scenario.providers) {
        m_limits.emplace_back(spec.requestsPerMinute, spec.tokensPerMinute);
    }
}

std::optional<std::size_t> World::providerOf(std::string_view path,
                                             std::optional<std::size_t> ownPortOf) const
{
    if (ownPortOf) {
        return ownPortOf;
    }
    if (path.empty() || path.front() != '/') {
        return std::nullopt;
    }
    path.remove_prefix(1);
    const std::string_view id = path.substr(0, path.find('/'));
    for (std::size_t i = 0; i < m_scenario.providers.size(); ++i) {
        if (m_scenario.providers[i].id == id) {
            return i;
        }
    }
    return std::nullopt;
}

bool World::isClosed(std::size_t provider, SteadyTime now) const
{
    return m_faults.isClosed(m_scenario.providers[provider].id, now);
}

Json World::state(bool withRequests, Now now) const
{
    Json list = Json::array();
    for (std::size_t i = 0; i < m_counters.size(); ++i) {
        const ProviderSpec &spec = m_scenario.providers[i];
        Json item{{"id", spec.id},
                  {"format", std::string(nameOf(spec.format))},
                  {"port", m_ports[i] ? Json(*m_ports[i]) : Json(nullptr)}};
        item.update(m_counters[i].toJson());
        list.push_back(std::move(item));
    }
    Json json{{"seed", m_scenario.seed},
              {"uptime_s", std::chrono::duration<double>(now.steady - m_start.steady).count()},
              {"open_connections", m_openConnections},
              {"providers", list},
              {"faults", m_faults.toJson(now.steady)}};
    if (withRequests) {
        json["requests"] = m_log.toJson();
    }
    return json;
}

bool World::refuses(std::size_t provider, Now now)
{
    Random random = randomFor(provider);
    if (!m_faults.drawRefusal(m_scenario.providers[provider].id, now.steady, random)) {
        return false;
    }
    ++m_counters[provider].broken;
    return true;
}

Reply World::answer(const Request &request, Now now)
{
    if (!request.provider && request.path.rfind("/_sim/", 0) == 0) {
        return answerControl(*this, request, now);
    }
    const std::optional<std::size_t> provider = providerOf(request.path, request.provider);
    if (!provider) {
        return nobodyHere(request.path);
    }
    RequestRecord &record = enter(request, *provider, now);
    Desk desk(m_scenario.providers[*provider],
              m_limits[*provider],
              m_faults,
              record,
              randomFor(*provider));
    Reply reply = desk.serve(request, now);
    reply.ticket = Ticket{*provider, record.number};
    return reply;
}

RequestRecord &World::enter(const Request &request, std::size_t provider, Now now)
{
    ++m_counters[provider].requests;
    ++m_counters[provider].inFlight;
    RequestRecord record;
    record.number = m_nextNumber++;
    record.provider = m_scenario.providers[provider].id;
    record.path = request.path;
    record.time = now.system;
    record.atSeconds = std::chrono::duration<double>(now.steady - m_start.steady).count();
    record.outcome = "in_flight";
    if (m_scenario.keepBodies) {
        record.body = parseJson(request.body);
    }
    return m_log.add(std::move(record));
}

void World::headSent(const Ticket &ticket, int status)
{
    ++m_counters[ticket.provider].byStatus[status];
    if (RequestRecord *record = m_log.find(ticket.number)) {
        record->status = status;
    }
}

void World::ended(const Ticket &ticket, Outcome outcome)
{
    ProviderCounters &counters = m_counters[ticket.provider];
    SB_CHECK(counters.inFlight > 0);
    --counters.inFlight;
    counters.aborted += outcome == Outcome::Aborted ? 1 : 0;
    counters.broken += outcome == Outcome::Broken ? 1 : 0;
    RequestRecord *record = m_log.find(ticket.number);
    if (record == nullptr) {
        return;
    }
    record->outcome = outcome == Outcome::Finished  ? "finished"
                      : outcome == Outcome::Aborted ? "aborted"
                                                    : "broken";
}

void World::connectionsChanged(std::optional<std::size_t> provider, int by)
{
    if (provider) {
        m_counters[*provider].openConnections += by;
    } else {
        m_openConnections += by;
    }
}

std::optional<std::uint64_t> World::addFault(Fault fault, SteadyTime now)
{
    return m_faults.add(std::move(fault), now);
}

void World::resetCounters()
{
    for (ProviderCounters &counters : m_counters) {
        ProviderCounters fresh;
        fresh.inFlight = counters.inFlight;
        fresh.openConnections = counters.openConnections;
        counters = fresh;
    }
    m_log.clear();
}

Random World::randomFor(std::size_t provider)
{
    Random derive(m_scenario.seed ^ hashOf(m_scenario.providers[provider].id));
    return Random(derive.next() + ++m_drawn[provider]);
}

} // namespace signalbox::simulator
