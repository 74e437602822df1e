// SPDX-License-Identifier: Apache-2.0
// What stands behind which path, and what is answered at once.
#include "core/gateway/answer_headers.h"
#include "core/gateway/gateway.h"
#include "core/gateway/request_id.h"
#include "core/http/target.h"

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

} // namespace signalbox::gateway
