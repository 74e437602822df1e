// SPDX-License-Identifier: Apache-2.0
// The clients' side of a simulation: who reads slowly, who leaves, and what they get.
#include "tests/sim/simulation.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace signalbox::sim {

using namespace gateway;

void Simulation::leave(ExchangeId id)
{
    const auto found = m_clients.find(id);
    if (found == m_clients.end()) {
        return;
    }
    if (std::exchange(found->second.gone, true)) {
        return;
    }
    trace("leaves", id);
    found->second.slowUntil = {};
    Actions actions;
    if (m_cache.isAwaited(found->second)) {
        m_gone.insert(id);
        ++m_cache.counts().wentOn;
    }
    m_gateway->clientGone(id, m_now, actions);
    take(actions, Ending::ClientGone);
    if (m_clients.contains(id) != m_gone.contains(id)) {
        check("the client left and is not forgotten, or is though others wait", id);
    }
}

void Simulation::setSlow(ExchangeId id, bool slow)
{
    const auto found = m_clients.find(id);
    if (found == m_clients.end() || found->second.gone) {
        return;
    }
    trace(slow ? "stops reading" : "reads again", id);
    if (slow) {
        found->second.slowUntil = m_now.steady + someTime(Seconds(8));
        m_events.plan(found->second.slowUntil, Happening::ReadingAgain, id);
    }
    m_gateway->clientSlow(id, slow, m_now);
}

/// The client that \p what is meant for, if one is there to take it.
Client *Simulation::clientOf(ExchangeId id, const char *what)
{
    const auto found = m_clients.find(id);
    if (found == m_clients.end()) {
        check(std::string(what) + " after the end of the request", id);
        return nullptr;
    }
    return &found->second;
}

void Simulation::onAction(const Respond &respond, Ending /*ending*/)
{
    Client *client = clientOf(respond.exchange, "an answer");
    if (client == nullptr) {
        return;
    }
    trace("answered", respond.exchange, 0, respond.streamed ? "by a stream" : "");
    if (client->status != 0 || client->gone) {
        check("answered twice, or after it left", respond.exchange);
    }
    client->status = respond.status;
    client->headers = respond.headers;
    client->body = respond.body;
    client->streamed = respond.streamed;
    client->ended = !respond.streamed;
    client->callsAtHead = client->calls.size();
    m_report.streams += respond.streamed ? 1 : 0;
}

void Simulation::onAction(const SendBytes &send, Ending /*ending*/)
{
    Client *client = clientOf(send.exchange, "bytes");
    if (client == nullptr) {
        return;
    }
    if (!client->streamed || client->ended || client->gone) {
        check("bytes outside of a stream", send.exchange);
    }
    client->body += send.bytes;
}

void Simulation::onAction(const EndStream &end, Ending /*ending*/)
{
    Client *client = clientOf(end.exchange, "the end of a stream");
    if (client == nullptr) {
        return;
    }
    if (!client->streamed || std::exchange(client->ended, true)) {
        check("ended what was no stream", end.exchange);
    }
}

/// What the calls of \p client cost it, each on the day on which it ended.
void Simulation::bookSpending(const Client &client, const RequestRecord &record)
{
    m_report.budgetRefusals += record.errorCode == "budget_exhausted" ? 1 : 0;
    for (std::size_t i = 0; i < client.calls.size() && !m_report.fault; ++i) {
        m_budgets.add(client.name,
                      client.calls[i].target.provider(),
                      record.attempts[i].cost.amount.value_or(Money()),
                      client.calls[i].endedAt);
    }
}

/// What \p client was answered, for the cache to give it again and for a shadow to be compared with.
void Simulation::bookAnswer(const Client &client, const RequestRecord &record)
{
    if (client.given != nullptr || client.calls.empty()
        || client.answering().outcome != OutcomeClass::Success) {
        return;
    }
    std::optional<std::int64_t> words;
    if (!client.gone) {
        words = static_cast<std::int64_t>(client.text().size());
    } else if (std::ranges::count(record.attempts, true, &AttemptRecord::contentSent) < 2) {
        words = static_cast<std::int64_t>(client.answering().text.size());
    }
    m_answered[record.id] = {client.name, record.target, words};
}

/// Those that waited for \p client: if its answer is one to \p keep, they have it.
void Simulation::letFollowersGo(const Client &client, bool kept)
{
    const auto followers = m_cache.ends(client);
    m_cache.counts().failedLeaders += followers.empty() || kept ? 0 : 1;
    for (const ExchangeId id : followers) {
        Client &follower = m_clients.at(id);
        if (kept && CacheWatch::mayBeAnsweredBy(follower, client.answering().target)) {
            m_released.push_back(id);
        } else {
            follower.follows.reset(); // it goes its own way
        }
    }
}

/// Whose answer is there has got it, and nobody's call goes on for nobody.
void Simulation::callForFollowers()
{
    for (const ExchangeId id : std::exchange(m_released, {})) {
        if (m_clients.contains(id)) {
            check("the answer that it waited for is there, and it has not got it", id);
        }
    }
    for (const ExchangeId id : m_gone) {
        if (!m_cache.isAwaited(m_clients.at(id))) {
            check("its client left, nobody else waits, and it goes on", id);
        }
    }
}

void Simulation::onAction(const Finished &finished, Ending /*ending*/)
{
    if (finished.exchange == 0) {
        ownRecord(*finished.record);
        return;
    }
    Client *client = clientOf(finished.exchange, "an end");
    if (client == nullptr) {
        return;
    }
    const ExchangeId id = finished.exchange;
    trace("finished", id);
    const bool own = std::ranges::any_of(client->calls, [&](const CallSeen &call) {
        return client->text().starts_with(call.mark);
    });
    client->given = own || client->status != 200 ? nullptr : m_cache.madeOf(client->text());
    check(faultInAnswer(*client), id);
    for (const CallSeen &call : client->calls) {
        if (!call.over) {
            check("an upstream call outlived its request", id);
        }
        m_report.probes += call.probe ? 1 : 0;
    }
    book(*client, finished);
    ++m_report.forms[static_cast<std::size_t>(client->form)];
    ++m_report.statuses[client->status];
    digest(id);
    digest(static_cast<std::uint64_t>(client->status));
    digest(std::hash<std::string>()(client->body));
    if (m_gone.erase(id) > 0) {
        const bool cutOff = std::ranges::any_of(client->calls, [](const CallSeen &call) {
            return call.outcome == OutcomeClass::ClientGone;
        });
        m_cache.counts().abandoned += cutOff ? 1 : 0;
    }
    m_clients.erase(id);
}

void Simulation::book(Client &client, const Finished &finished)
{
    bool kept = false;
    if (finished.record != nullptr) {
        const RequestRecord &record = *finished.record;
        check(faultInRecord(client, record), client.id);
        if (m_report.fault) {
            return;
        }
        if (client.given != nullptr) {
            check(m_cache.faultInGift(client, record, *m_configuration, m_now.steady), client.id);
        }
        bookAnswer(client, record);
        const auto success = std::ranges::count(client.calls,
                                                OutcomeClass::Success,
                                                &CallSeen::outcome);
        // What went on for others alone was seen by nobody here.
        const auto told = std::ranges::count(record.attempts, true, &AttemptRecord::contentSent);
        const bool pieced = client.gone ? told > 1 : client.speakers().size() > 1;
        kept = client.looksUp && success > 0 && !pieced;
        if (kept) {
            m_cache.made(client, record, m_now.steady);
        }
        m_cache.count(client, record);
        m_books.add(record);
        for (const AttemptRecord &attempt : record.attempts) {
            ++m_report.outcomes[static_cast<std::size_t>(attempt.outcome)];
        }
        bookSpending(client, record);
        m_report.attempts += static_cast<std::int64_t>(record.attempts.size());
        m_report.warm += record.decision.warm ? 1 : 0;
    } else if (client.asks && (client.status == 401 || client.status == 403)) {
        m_books.addStranger();
    } else if (client.asks) {
        check("a request without a record", client.id);
    }
    letFollowersGo(client, kept);
    const bool broken = client.streamed && client.ended && client.given == nullptr
                        && (client.calls.empty()
                            || client.answering().outcome != OutcomeClass::Success);
    m_report.comments += client.commented() ? 1 : 0;
    m_report.unfinishedStreams += broken ? 1 : 0;
    m_report.continued += client.streamed && client.speakers().size() > 1 ? 1 : 0;
    m_report.continuedWhole += !broken && client.streamed && client.speakers().size() > 1 ? 1 : 0;
}

} // namespace signalbox::sim
