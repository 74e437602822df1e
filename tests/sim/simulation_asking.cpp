// SPDX-License-Identifier: Apache-2.0
// What the clients of a simulation ask.
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
    Client client;
    const bool inCrowd = m_questions.isCrowd();
    const bool odd = !inCrowd && m_random.below(40) == 0;
    if (!odd) {
        client.question = m_questions.next(m_random);
        client.name = inCrowd ? m_crowdClient : "";
    }
    Arrival arrival = odd ? oddArrival(client) : askingArrival(client);
    identify(client, arrival.head.headers);
    m_crowdClient = client.name;
    if (!odd && !inCrowd && m_random.below(16) == 0) {
        client.bypass = true;
        arrival.head.headers.add("x-signalbox-cache", "Bypass");
    }
    if (m_toAsk > 0) {
        const Micros gap = m_questions.isCrowd() ? Micros(2'000) : m_arrivalGap;
        m_events.plan(m_now.steady + someTime(gap), Happening::Arrival);
    }
    const ExchangeId id = m_lastExchange + 1;
    if ((inCrowd || m_questions.isCrowd())
        && m_random.below(3) == 0) { // while others wait for its answer
        m_events.plan(m_now.steady + someTime(Millis(150)), Happening::Leaving, id);
    } else if (m_random.below(10) == 0) {
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
        client.name.clear();
        if (stranger) {
            headers.add("origin", "https://elsewhere.example");
        }
        return;
    }
    if (stranger) {
        client.name.clear();
    } else if (client.name.empty()) {
        client.name = names[m_random.below(names.size())];
    }
    const std::string key = stranger ? "nobody's" : "C" + client.name.substr(1) + "-secret";
    if (m_random.below(2) == 0) {
        headers.add("authorization", "Bearer " + key);
    } else {
        headers.add("x-api-key", key);
    }
}

Arrival Simulation::askingArrival(Client &client)
{
    constexpr std::array routes = {"chat", "chat", "steady", "steady", "brittle"};
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
    if (!client.question.route.empty()) {
        return askingArrival(client, std::string(client.question.route));
    }
    const std::string &target = Town::targetNames()[m_random.below(Town::kTargets)];
    if (m_random.below(24) == 0) {
        return askingArrival(client, target);
    }
    Arrival arrival = askingArrival(client, routes[m_random.below(routes.size())]);
    if (m_random.below(24) == 0) {
        client.pin = target;
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
    const std::string words = "\"" + client.question.words() + "\"";
    if (client.embeddings()) {
        return arrivalOf("POST", pathOf(client.form), named + R"(,"input":"say it"})");
    }
    client.stream = m_random.below(2) == 0;
    // The other forms always tell it.
    client.includeUsage = client.stream && (client.form != Form::Chat || m_random.below(2) == 0);
    std::string body = named + (client.stream ? R"(,"stream":true)" : "");
    client.question.limited |= client.form == Form::Messages; // which must be
    if (client.question.limited) {
        body += client.form == Form::Responses ? R"(,"max_output_tokens":800)"
                                               : R"(,"max_tokens":800)";
    }
    if (client.form == Form::Responses) {
        return arrivalOf("POST", pathOf(client.form), body + R"(,"input":)" + words + "}");
    }
    if (client.form == Form::Chat && client.includeUsage) {
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
    tellWhatFits(client);
    const ExchangeId id = client.id;
    trace(kAsks, id, 0, client.stream ? "for a stream" : pathOf(client.form));
    m_clients.emplace(id, std::move(client));
    ++m_report.requests;
    Actions actions;
    m_gateway->arrived(id, std::move(arrival), m_now, actions);
    take(actions, Ending::Told);
    const auto still = m_clients.find(id);
    if (still != m_clients.end() && still->second.looksUp) {
        still->second.follows = m_cache.joins(still->second);
        if (still->second.follows && !still->second.calls.empty()) {
            check("a call beside that of an equal request", id);
        }
    }
}

/// Which answers of others \p client may be given.
void Simulation::tellWhatFits(Client &client) const
{
    const CacheSettings &cache = m_configuration->cache;
    const RouteSettings *route = m_configuration->route(client.model);
    const CacheMode mode = route == nullptr ? cache.mode : route->cache.value_or(cache.mode);
    client.looksUp = client.asks && !client.model.empty() && !client.embeddings() && !client.bypass
                     && mode != CacheMode::Off;
    client.comparesMeaning = client.looksUp && mode == CacheMode::Semantic;
    client.sense = (cache.shareClients ? "" : client.name) + '|' + client.model + '|' + client.pin
                   + '|' + (client.question.limited ? "800|" : "|")
                   + std::to_string(client.question.number);
    client.key = client.sense + '|' + client.question.words();
}

} // namespace signalbox::sim
