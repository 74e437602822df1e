// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/gateway.h"

#include "core/gateway/answer_headers.h"
#include "core/gateway/request_id.h"
#include "core/http/target.h"
#include "core/telemetry/prometheus.h"

#include <utility>

namespace signalbox::gateway {

namespace {

/// What a path is, whatever the method.
enum class Door : std::uint8_t {
    Chat,
    Messages,
    CountTokens,
    Responses,
    Embeddings,
    Models,
    Model,
    Health,
    Ready,
    Metrics,
    None
};

Door doorOf(std::string_view path)
{
    // SDKs add the version to the base URL they are given, or do not.
    if (path.starts_with("/v1/")) {
        path.remove_prefix(3);
    }
    if (path == "/chat/completions") {
        return Door::Chat;
    }
    if (path == "/messages") {
        return Door::Messages;
    }
    if (path == "/messages/count_tokens") {
        return Door::CountTokens;
    }
    if (path == "/responses") {
        return Door::Responses;
    }
    if (path == "/embeddings") {
        return Door::Embeddings;
    }
    if (path == "/models") {
        return Door::Models;
    }
    if (path.starts_with("/models/")) {
        return Door::Model;
    }
    if (path == "/healthz") {
        return Door::Health;
    }
    if (path == "/readyz") {
        return Door::Ready;
    }
    return path == "/metrics" ? Door::Metrics : Door::None;
}

/// Whether it leads to a provider.
bool isAsking(Door door)
{
    return door == Door::Chat || door == Door::Messages || door == Door::Responses
           || door == Door::Embeddings;
}

bool takesBody(Door door)
{
    return isAsking(door) || door == Door::CountTokens;
}

std::string allowedAt(Door door)
{
    return takesBody(door) ? "POST" : "GET, HEAD";
}

const providers::Dialect &dialectAt(Door door)
{
    if (door == Door::Messages || door == Door::CountTokens) {
        return providers::messagesDialect();
    }
    return door == Door::Responses ? providers::responsesDialect() : providers::chatDialect();
}

Respond jsonAnswer(ExchangeId id, int status, std::string body)
{
    Respond answer;
    answer.exchange = id;
    answer.status = status;
    answer.headers.add("content-type", "application/json");
    answer.body = std::move(body);
    return answer;
}

} // namespace

std::string_view toString(Act act)
{
    switch (act) {
    case Act::Trip:
        return "trip";
    case Act::Hold:
        return "hold";
    case Act::Reset:
        return "reset";
    case Act::Drain:
        return "drain";
    case Act::Undrain:
        return "undrain";
    }
    return "";
}

std::optional<Act> actFromString(std::string_view name)
{
    for (const Act act : {Act::Trip, Act::Hold, Act::Reset, Act::Drain, Act::Undrain}) {
        if (toString(act) == name) {
            return act;
        }
    }
    return std::nullopt;
}

Gateway::Gateway(GatewayOptions options,
                 std::shared_ptr<const Configuration> configuration,
                 const Credentials &credentials,
                 Now now)
    : m_options(std::move(options))
    , m_configuration(std::move(configuration))
    , m_random(m_options.seed)
    , m_draws(m_options.seed)
    , m_budgets(m_options.dayEndIn)
    , m_telemetry(*m_configuration, now)
{
    m_budgets.configure(*m_configuration, now.system);
    m_upstreams.configure(*m_configuration, credentials, now.steady);
    m_admission.configure(m_configuration, credentials);
}

Gateway::~Gateway() = default;

void Gateway::configure(std::shared_ptr<const Configuration> configuration,
                        const Credentials &credentials,
                        Now now)
{
    m_configuration = std::move(configuration);
    m_upstreams.configure(*m_configuration, credentials, now.steady);
    m_admission.configure(m_configuration, credentials);
    m_budgets.configure(*m_configuration, now.system);
    m_telemetry.configure(*m_configuration, now);
    m_experience.keepOnly(
        [this](const TargetId &target) { return m_configuration->model(target) != nullptr; });
    m_affinity.keepOnly(
        [this](const TargetId &target) { return m_configuration->model(target) != nullptr; });
    m_outliers.configure(m_configuration->routes);
    letWaitingReconsider(now.steady);
}

void Gateway::arrived(ExchangeId id, Arrival arrival, Now now, Actions &out)
{
    const auto decoded = http::decodePath(arrival.head.path);
    const std::string path = decoded ? *decoded : std::string();
    const std::string &method = arrival.head.method;
    // By the path as it was sent: whoever guards one, we or a proxy before us, compares that too.
    const Door door = decoded ? doorOf(arrival.head.path) : Door::None;
    if (isAsking(door) && method == "POST") {
        const char *operation = door == Door::Embeddings ? "embeddings" : "chat";
        ask(id, operation, dialectAt(door), std::move(arrival), now, out);
        return;
    }
    const auto answerWith = [&](Respond answer) {
        addIds(answer.headers,
               makeRequestId(now.system, m_random),
               echoableRequestId(arrival.head.headers),
               dialectAt(door));
        out.emplace_back(std::move(answer));
        out.emplace_back(Finished{id, nullptr});
    };
    const auto refuseAtOnce = [&](const ErrorAnswer &error) {
        std::string body = errorBody(error, {}, dialectAt(door));
        answerWith(Respond{id, error.status, errorHeaders(error), std::move(body), false});
    };
    if (door == Door::None) {
        refuseAtOnce(decoded ? notFound(headerSafe(path))
                             : invalidRequest("The path is malformed."));
        return;
    }
    const bool readOnly = method == "GET" || method == "HEAD";
    if (door == Door::CountTokens && method == "POST") {
        const auto counted = countTokens(arrival, now);
        if (!counted) {
            refuseAtOnce(counted.error());
            return;
        }
        Respond answer = jsonAnswer(id, 200, providers::encodeCount(counted->prompt.tokens));
        answer.headers.set("x-signalbox-token-count",
                           counted->prompt.exact ? "exact" : "estimated");
        answer.headers.set("x-signalbox-cost-usd-max",
                           counted->ceiling ? counted->ceiling->toDecimal() : "unknown");
        answerWith(std::move(answer));
        return;
    }
    if (takesBody(door) || !readOnly) {
        refuseAtOnce(methodNotAllowed(headerSafe(method), allowedAt(door)));
        return;
    }
    Respond answer = jsonAnswer(id, 200, R"({"status":"ok"})");
    if (door == Door::Ready && !isReady(now.steady)) {
        answer.status = 503;
        answer.body = R"({"status":"a route has no available target"})";
    } else if (door == Door::Metrics) {
        answer.headers.set("content-type", "text/plain; version=0.0.4; charset=utf-8");
        answer.body = metrics(now);
    } else if (door == Door::Models || door == Door::Model) {
        models(arrival.head, path, answer);
    }
    answerWith(std::move(answer));
}

std::string Gateway::refusalBody(const ErrorAnswer &error, std::string_view path)
{
    return errorBody(error, {}, dialectAt(doorOf(path)));
}

http::Headers Gateway::refuseUnread(const ErrorAnswer &error,
                                    const http::Headers *asked,
                                    std::string_view path,
                                    Now now)
{
    m_telemetry.refusedUnread(error.status);
    http::Headers headers = errorHeaders(error);
    const std::string own = asked == nullptr ? std::string() : echoableRequestId(*asked);
    addIds(headers, makeRequestId(now.system, m_random), own, dialectAt(doorOf(path)));
    return headers;
}

void Gateway::upstream(AttemptId attempt, const UpstreamEvent &event, Now now, Actions &out)
{
    const auto found = m_attempts.find(attempt);
    if (found == m_attempts.end()) {
        return;
    }
    const ExchangeId id = found->second;
    const std::size_t before = out.size();
    Exchange &exchange = *m_exchanges.at(id).exchange;
    exchange.onUpstream(attempt, event, now, out);
    if (!exchange.isInTheAir(attempt)) {
        m_attempts.erase(attempt);
    }
    after(id, before, now, out);
}

void Gateway::picture(
    ExchangeId id, std::size_t number, PictureResult result, Now now, Actions &out)
{
    const auto found = m_exchanges.find(id);
    if (found != m_exchanges.end()) {
        const std::size_t before = out.size();
        found->second.exchange->onPicture(number, std::move(result), now, out);
        after(id, before, now, out);
    }
}

void Gateway::clientGone(ExchangeId id, Now now, Actions &out)
{
    const auto found = m_exchanges.find(id);
    if (found != m_exchanges.end()) {
        const std::size_t before = out.size();
        found->second.exchange->onClientGone(now, out);
        after(id, before, now, out);
    }
}

void Gateway::clientSlow(ExchangeId id, bool slow, Now now)
{
    const auto found = m_exchanges.find(id);
    if (found != m_exchanges.end()) {
        found->second.exchange->setPaused(slow, now);
        schedule(id, found->second); // the idle timer runs again
    }
}

void Gateway::advance(Now now, Actions &out)
{
    while (!m_deadlines.empty() && m_deadlines.begin()->first <= now.steady) {
        const ExchangeId id = m_deadlines.begin()->second;
        m_deadlines.erase(m_deadlines.begin());
        Running &running = m_exchanges.at(id);
        running.registered = SteadyTime::max();
        const std::size_t before = out.size();
        running.exchange->onTime(now, out);
        after(id, before, now, out);
    }
}

void Gateway::shutDown(Now now, Actions &out)
{
    while (!m_exchanges.empty()) {
        const ExchangeId id = m_exchanges.begin()->first;
        const std::size_t before = out.size();
        m_exchanges.begin()->second.exchange->onShutDown(now, out);
        after(id, before, now, out);
    }
}

std::optional<SteadyTime> Gateway::nextDeadline() const
{
    return m_deadlines.empty() ? std::nullopt : std::optional(m_deadlines.begin()->first);
}

std::optional<AttemptId> Gateway::attemptOf(ExchangeId id) const
{
    const auto found = m_exchanges.find(id);
    return found == m_exchanges.end() ? std::nullopt : found->second.exchange->attempt();
}

/// Keeps the books after an exchange has acted: which attempts are its, when it wants to be woken,
/// and whether it is over. A deadline that moved later is left where it stands: a stream moves it
/// with every piece, and being woken early costs less than moving it each time.
void Gateway::keepBooks(ExchangeId id, std::size_t firstAction, Actions &out)
{
    for (std::size_t i = firstAction; i < out.size(); ++i) {
        if (const auto *call = std::get_if<CallUpstream>(&out[i])) {
            m_attempts[call->attempt] = id;
        } else if (const auto *cancel = std::get_if<CancelUpstream>(&out[i])) {
            m_attempts.erase(cancel->attempt);
        } else if (const auto *release = std::get_if<ReleaseUpstream>(&out[i])) {
            m_attempts.erase(release->attempt);
        }
    }
    const auto found = m_exchanges.find(id);
    Running &running = found->second;
    if (running.exchange->isOver()) {
        m_deadlines.erase({running.registered, id});
        m_exchanges.erase(found);
        return;
    }
    schedule(id, running);
}

void Gateway::after(ExchangeId id, std::size_t firstAction, Now now, Actions &out)
{
    keepBooks(id, firstAction, out);
    // What has ended may have left its place in the air to one that waits for it.
    while (const auto next = m_upstreams.nextInLine(now.steady)) {
        const std::size_t before = out.size();
        m_exchanges.at(*next).exchange->onPlace(now, out);
        keepBooks(*next, before, out);
    }
}

void Gateway::letWaitingReconsider(SteadyTime now)
{
    for (auto &[id, running] : m_exchanges) {
        running.exchange->reconsider(now);
        schedule(id, running);
    }
}

void Gateway::schedule(ExchangeId id, Running &running)
{
    const SteadyTime deadline = running.exchange->deadline();
    if (deadline < running.registered) {
        m_deadlines.erase({running.registered, id});
        m_deadlines.emplace(deadline, id);
        running.registered = deadline;
    }
}

bool Gateway::isReady(SteadyTime now) const
{
    for (const RouteSettings &route : m_configuration->routes) {
        bool any = false;
        for (const TargetChoice &choice : route.targets) {
            const TargetState *target = m_upstreams.find(choice.target);
            any |= target != nullptr && !target->breaker.isDrained()
                   && target->breaker.effectiveState(now) != resilience::BreakerState::Open;
        }
        if (!any) {
            return false;
        }
    }
    return true;
}

bool Gateway::operate(Act act,
                      const TargetId &target,
                      std::optional<Millis> duration,
                      const std::string &reason,
                      Now now)
{
    const auto done = [&] {
        switch (act) {
        case Act::Trip:
            return m_upstreams.trip(target, now.steady, duration, reason);
        case Act::Hold:
            return m_upstreams.hold(target, now.steady, duration, reason);
        case Act::Reset:
            return m_upstreams.reset(target, now.steady, reason);
        case Act::Drain:
            return m_upstreams.drain(target, now.steady, reason);
        case Act::Undrain:
            return m_upstreams.undrain(target, now.steady, reason);
        }
        return false;
    }();
    publishTransitions(now);
    letWaitingReconsider(now.steady);
    return done;
}

telemetry::SnapshotPtr Gateway::snapshot(Now now)
{
    publishTransitions(now);
    return m_telemetry.snapshot(now, liveState(now));
}

std::string Gateway::metrics(Now now)
{
    publishTransitions(now);
    return telemetry::prometheusText(m_telemetry, liveState(now), now);
}

} // namespace signalbox::gateway
