// SPDX-License-Identifier: Apache-2.0
// The clients' side of a simulation: who asks, reads slowly, leaves, and what they get.
#include "tests/sim/simulation.h"

#include <array>
#include <functional>
#include <utility>

namespace signalbox::sim {

using namespace gateway;

namespace {

Arrival arrivalOf(std::string method, std::string path, std::string body)
{
    Arrival arrival;
    arrival.head.method = std::move(method);
    arrival.head.target = path;
    arrival.head.path = std::move(path);
    arrival.head.authority = "localhost:8787";
    arrival.head.headers.add("host", "localhost:8787");
    arrival.body = std::move(body);
    return arrival;
}

const char *pathOf(Form form)
{
    switch (form) {
    case Form::Chat:
        break;
    case Form::Embeddings:
        return "/v1/embeddings";
    case Form::Messages:
        return "/v1/messages";
    case Form::Responses:
        return "/v1/responses";
    }
    return "/v1/chat/completions";
}

} // namespace

void Simulation::arrive()
{
    --m_toAsk;
    if (m_toAsk > 0) {
        m_events.plan(m_now.steady + someTime(m_arrivalGap), Happening::Arrival);
    }
    Client client;
    const bool odd = m_random.below(40) == 0;
    Arrival arrival = odd ? oddArrival(client) : askingArrival(client);
    identify(client, arrival.head.headers);
    const ExchangeId id = m_lastExchange + 1;
    if (m_random.below(10) == 0) {
        m_events.plan(m_now.steady + someTime(Seconds(m_random.below(4) == 0 ? 20 : 1)),
                      Happening::Leaving,
                      id);
    }
    if (m_random.below(12) == 0) {
        m_events.plan(m_now.steady + someTime(Seconds(2)), Happening::ReadingSlowly, id);
    }
    ask(std::move(client), std::move(arrival));
}

/// A key where clients are configured; now and then a wrong one, or a web page's request.
void Simulation::identify(Client &client, http::Headers &headers)
{
    constexpr std::array names = {"c0", "c0", "c0", "c1", "c2"};
    const bool stranger = m_random.below(100) == 0;
    if (m_configuration->clients.empty()) {
        if (stranger) {
            headers.add("origin", "https://elsewhere.example");
        }
        return;
    }
    client.name = stranger ? "" : names[m_random.below(names.size())];
    const std::string key = stranger ? "nobody's" : "C" + client.name.substr(1) + "-secret";
    if (m_random.below(2) == 0) {
        headers.add("authorization", "Bearer " + key);
    } else {
        headers.add("x-api-key", key);
    }
}

Arrival Simulation::askingArrival(Client &client)
{
    constexpr std::array routes = {"chat", "chat", "chat", "steady", "brittle"};
    constexpr std::array forms = {Form::Embeddings,
                                  Form::Messages,
                                  Form::Messages,
                                  Form::Responses,
                                  Form::Responses,
                                  Form::Chat,
                                  Form::Chat,
                                  Form::Chat,
                                  Form::Chat,
                                  Form::Chat};
    client.form = forms[m_random.below(forms.size())];
    const std::string &target = Town::targetNames()[m_random.below(Town::kTargets)];
    if (m_random.below(24) == 0) {
        return askingArrival(client, target);
    }
    Arrival arrival = askingArrival(client, routes[m_random.below(routes.size())]);
    if (m_random.below(24) == 0) {
        arrival.head.headers.add("x-signalbox-target", target);
    }
    return arrival;
}

/// \p model is a route or a target; in the form that \p client has.
Arrival Simulation::askingArrival(Client &client, const std::string &model)
{
    client.model = model;
    const RouteSettings *route = m_configuration->route(model);
    client.deadline = m_now.steady + (route != nullptr ? *route : RouteSettings()).deadline;
    const std::string named = R"({"model":")" + model + "\"";
    const std::string words = "\"" + std::string(1 + m_random.below(200), 'q') + "\"";
    if (client.embeddings()) {
        return arrivalOf("POST", pathOf(client.form), named + R"(,"input":"say it"})");
    }
    client.stream = m_random.below(2) == 0;
    // The other forms always tell it.
    client.includeUsage = client.stream && (client.form != Form::Chat || m_random.below(2) == 0);
    std::string body = named + (client.stream ? R"(,"stream":true)" : "");
    if (client.form == Form::Responses) {
        return arrivalOf("POST", pathOf(client.form), body + R"(,"input":)" + words + "}");
    }
    if (client.form == Form::Messages) {
        body += R"(,"max_tokens":800)";
    } else if (client.includeUsage) {
        body += R"(,"stream_options":{"include_usage":true})";
    }
    body += R"(,"messages":[{"role":"user","content":)" + words + "}]}";
    return arrivalOf("POST", pathOf(client.form), std::move(body));
}

/// What is refused, and the doors beside chat.
Arrival Simulation::oddArrival(Client &client)
{
    constexpr std::array forms = {Form::Chat, Form::Messages, Form::Responses};
    client.form = forms[m_random.below(forms.size())];
    const auto asking = [&client](std::string body) {
        return arrivalOf("POST", pathOf(client.form), std::move(body));
    };
    switch (m_random.below(9)) {
    case 0:
        return asking("{ not json");
    case 1:
        return asking(R"({"model":"chat"})");
    case 2:
        return asking(
            R"({"model":"nothing","max_tokens":9,"input":"hi","messages":[{"role":"user","content":"hi"}]})");
    default:
        break;
    }
    client.asks = false;
    constexpr std::array doors = {"/v1/models", "/models/chat", "/healthz", "/readyz", "/nowhere"};
    const bool metrics = m_random.below(20) == 0;
    return arrivalOf(m_random.below(8) == 0 ? "PUT" : "GET",
                     metrics ? "/metrics" : doors[m_random.below(doors.size())],
                     {});
}

void Simulation::ask(Client client, Arrival arrival)
{
    client.id = ++m_lastExchange;
    client.configuration = m_configuration;
    const ExchangeId id = client.id;
    trace(kAsks, id, 0, client.stream ? "for a stream" : pathOf(client.form));
    m_clients.emplace(id, std::move(client));
    ++m_report.requests;
    Actions actions;
    m_gateway->arrived(id, std::move(arrival), m_now, actions);
    take(actions, Ending::Told);
}

void Simulation::leave(ExchangeId id)
{
    const auto found = m_clients.find(id);
    if (found == m_clients.end()) {
        return;
    }
    trace("leaves", id);
    found->second.gone = true;
    Actions actions;
    m_gateway->clientGone(id, m_now, actions);
    take(actions, Ending::ClientGone);
    if (m_clients.contains(id)) {
        check("the client left and is not forgotten", id);
    }
}

void Simulation::setSlow(ExchangeId id, bool slow)
{
    const auto found = m_clients.find(id);
    if (found == m_clients.end()) {
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

void Simulation::onAction(const Finished &finished, Ending /*ending*/)
{
    Client *client = clientOf(finished.exchange, "an end");
    if (client == nullptr) {
        return;
    }
    const ExchangeId id = finished.exchange;
    trace("finished", id);
    check(faultInAnswer(*client), id);
    for (const CallSeen &call : client->calls) {
        if (!call.over) {
            check("an upstream call outlived its request", id);
        }
        m_report.probes += call.probe ? 1 : 0;
    }
    const bool stranger = client->status == 401 || client->status == 403;
    if (finished.record != nullptr) {
        check(faultInRecord(*client, *finished.record), id);
        m_books.add(*finished.record);
        for (const AttemptRecord &attempt : finished.record->attempts) {
            ++m_report.outcomes[static_cast<std::size_t>(attempt.outcome)];
        }
        bookSpending(*client, *finished.record);
        m_report.attempts += static_cast<std::int64_t>(finished.record->attempts.size());
    } else if (client->asks && stranger) {
        m_books.addStranger();
    } else if (client->asks) {
        check("a request without a record", id);
    }
    const bool broken = client->streamed && client->ended
                        && (client->calls.empty()
                            || client->answering().outcome != OutcomeClass::Success);
    m_report.comments += client->commented() ? 1 : 0;
    m_report.unfinishedStreams += broken ? 1 : 0;
    ++m_report.forms[static_cast<std::size_t>(client->form)];
    ++m_report.statuses[client->status];
    digest(id);
    digest(static_cast<std::uint64_t>(client->status));
    digest(std::hash<std::string>()(client->body));
    m_clients.erase(id);
}

} // namespace signalbox::sim
