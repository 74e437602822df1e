// SPDX-License-Identifier: Apache-2.0
// The upstream calls of a simulation: whether they may be made, and what they will meet.
#include "tests/sim/simulation.h"

#include <algorithm>
#include <array>
#include <utility>

namespace signalbox::sim {

using namespace gateway;

TargetId Simulation::targetOf(const CallUpstream &action)
{
    constexpr std::string_view lead = R"("model":")";
    const std::string_view body = action.call.body;
    const auto from = body.find(lead) + lead.size();
    return {action.provider->id, body.substr(from, body.find('"', from) - from)};
}

void Simulation::onAction(const CallUpstream &action, Ending /*ending*/)
{
    if (action.exchange == 0) {
        beginOwnCall(action);
        return;
    }
    Client *client = clientOf(action.exchange, "an upstream call");
    if (client == nullptr) {
        return;
    }
    Call call;
    call.exchange = action.exchange;
    call.target = targetOf(action);
    prepare(action, call);
    check(m_budgets.faultInCall(client->name, *action.provider, *m_configuration, m_now.system),
          action.exchange);
    checkCaller(action, *client);
    if (m_report.fault) {
        return;
    }
    client->calls.push_back(
        script(action, {.stream = client->stream, .embeddings = client->embeddings()}, call));
    put(action, std::move(call));
}

/// Whether anybody wants it.
void Simulation::checkCaller(const CallUpstream &action, const Client &client)
{
    const auto inTheAir = std::ranges::count(client.calls, false, &CallSeen::over);
    const RouteSettings *route = client.configuration->route(client.model);
    const bool mayHedge = route != nullptr && route->hedgeAfter && !client.embeddings();
    const bool begun = client.hasContent();
    if ((client.gone && !m_cache.isAwaited(client)) || client.ended
        || (begun && !client.continues()) || inTheAir > (mayHedge ? 1 : 0)) {
        check("a call for a client that has its answer or waits for another", action.exchange);
    }
    m_report.hedges += inTheAir;
    if (begun && !client.gone) {
        std::string text = client.text();
        text.erase(text.find_last_not_of(' ') + 1);
        if (text.empty() || action.call.body.find("\"" + text + "\"") == std::string::npos) {
            check("the rest of an answer is asked for, and not by what of it was sent",
                  action.exchange);
        }
    }
}

/// Whether it may be called at all, at its place, with this key.
void Simulation::prepare(const CallUpstream &action, Call &call)
{
    call.breaker = m_watch.find(call.target);
    call.seats = m_seats.of(*action.provider);
    call.kind = action.provider->kind;
    call.begun = m_now.steady;
    const std::string name = call.target.name();
    if (!call.breaker || !call.seats || call.breaker->place() != Place::of(*action.provider)) {
        check(name + " was called where it is no more", action.exchange);
        return;
    }
    if (!call.breaker->mayBeCalled(m_now.steady)) {
        check(name + " was called though its breaker lets nobody through", action.exchange);
    }
    if (!call.seats->hasRoom(m_now.steady)) {
        check(name + " was called beyond its provider's concurrency", action.exchange);
    }
    if (!call.seats->hasKey(action.key.expose())) {
        check(name + " was called with a key that is not its", action.exchange);
    }
}

/// What this call will meet. Every answer says something that no other says.
CallSeen Simulation::script(const CallUpstream &action, Wanted wanted, Call &call)
{
    constexpr std::array paces = {0.02, 0.1, 0.3, 1.0, 1.0, 2.5};
    CallSeen seen;
    seen.attempt = action.attempt;
    seen.target = call.target;
    const auto names = Town::targetNames();
    const auto index = std::ranges::find(names, seen.target.name()) - names.begin();
    const Mood mood = m_moods[static_cast<std::size_t>(index)];
    seen.behaviour = m_rollCall ? &goodBehaviour() : &someBehaviour(mood, m_random);
    if (wanted.list && isOfAnswers(*seen.behaviour)) {
        seen.behaviour = &goodBehaviour();
    }
    seen.told = sim::outcomeOf(*seen.behaviour, call.kind, wanted.embeddings);
    seen.mark = "exchange" + std::to_string(action.exchange) + "-attempt"
                + std::to_string(action.attempt); // long enough to be passed on as an id
    seen.promptTokens = 1 + static_cast<int>(m_random.below(3000));
    seen.completionTokens = wanted.embeddings ? 0 : 1 + static_cast<int>(m_random.below(800));
    seen.metered = !wanted.list
                   && (seen.behaviour->metered || call.kind == ProviderKind::Anthropic);
    tests::ScriptedAnswer answer{seen.mark,
                                 {},
                                 seen.promptTokens,
                                 seen.completionTokens,
                                 m_now.system,
                                 wanted.embeddings};
    const auto pieces = 1 + m_random.below(6);
    for (std::uint64_t i = 0; i < pieces; ++i) {
        answer.pieces.push_back(seen.mark + "." + std::to_string(i) + " ");
        seen.text += answer.pieces.back();
    }
    call.pace = paces[m_random.below(paces.size())];
    call.steps = tests::stepsOf(seen.behaviour->name, call.kind, wanted.stream, answer);
    return seen;
}

/// It is in the air.
void Simulation::put(const CallUpstream &action, Call call)
{
    call.breaker->admit(action.attempt, m_now.steady);
    ++call.seats->taken;
    ++m_liveCalls;
    trace("call", action.exchange, action.attempt, seenOf(action.attempt, call).behaviour->name);
    digest(action.attempt);
    planStep(action.attempt, call);
    const ExchangeId exchange = call.exchange;
    if (!m_calls.emplace(action.attempt, std::move(call)).second) {
        check("an attempt's number was used twice", exchange);
    }
}

CallSeen &Simulation::seenOf(AttemptId attempt, const Call &call)
{
    if (call.exchange == 0) {
        return m_ownCalls.at(attempt).seen;
    }
    return *std::ranges::find(m_clients.at(call.exchange).calls, attempt, &CallSeen::attempt);
}

} // namespace signalbox::sim
