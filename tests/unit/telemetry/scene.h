// SPDX-License-Identifier: Apache-2.0
// A small configuration and records for the tests of telemetry.
#pragma once

#include "core/base/time.h"
#include "core/domain/record.h"
#include "core/domain/settings.h"

#include <string>
#include <vector>

namespace signalbox::telemetry {

inline Now sceneStart()
{
    return {SteadyTime(Seconds(50)), *fromIso8601("2026-11-22T14:00:00Z")};
}

inline ProviderSettings sceneProvider(const std::string &id,
                                      ProviderKind kind,
                                      const std::vector<std::string> &models)
{
    ProviderSettings provider;
    provider.id = id;
    provider.kind = kind;
    for (const std::string &model : models) {
        provider.models.emplace_back().name = model;
    }
    return provider;
}

inline RouteSettings sceneRoute(const std::string &name,
                                Strategy strategy,
                                const std::vector<TargetChoice> &targets)
{
    RouteSettings route;
    route.name = name;
    route.strategy = strategy;
    route.targets = targets;
    return route;
}

inline const TargetId kPlus{std::string("qwen/qwen-plus")};
inline const TargetId kHaiku{std::string("anthropic/claude-haiku-4-5")};
inline const TargetId kSmall{std::string("local/small \"v1\"")};

/// Three providers; `chat` by weight 70 : 30, `cheap` by price.
inline Configuration sceneConfiguration()
{
    Configuration configuration;
    configuration
        .providers = {sceneProvider("qwen", ProviderKind::Qwen, {"qwen-plus"}),
                      sceneProvider("anthropic", ProviderKind::Anthropic, {"claude-haiku-4-5"}),
                      sceneProvider("local", ProviderKind::OpenAiCompatible, {"small \"v1\""})};
    configuration.routes =
        {sceneRoute("chat", Strategy::Weighted, {{kPlus, 70, 1}, {kHaiku, 30, 1}, {kSmall, 5, 2}}),
         sceneRoute("cheap", Strategy::Cheapest, {{kSmall, 1, 1}, {kPlus, 1, 1}})};
    return configuration;
}

inline AttemptRecord sceneAttempt(const TargetId &target, OutcomeClass outcome, Micros total)
{
    AttemptRecord attempt;
    attempt.target = target;
    attempt.outcome = outcome;
    attempt.total = total;
    return attempt;
}

/// A streamed success: 1000 tokens in, 101 out, the first after a quarter of \p total.
inline AttemptRecord sceneSuccess(const TargetId &target, Micros total)
{
    AttemptRecord attempt = sceneAttempt(target, OutcomeClass::Success, total);
    attempt.httpStatus = 200;
    attempt.firstToken = total / 4;
    attempt.usage.emplace();
    attempt.usage->promptTokens = 1000;
    attempt.usage->completionTokens = 101;
    attempt.cost.amount = Money::fromNanos(1'234'567);
    return attempt;
}

/// A request whose last attempt decided how it ended.
inline RequestRecord sceneRequest(const std::string &route, std::vector<AttemptRecord> attempts)
{
    RequestRecord request;
    request.route = route;
    request.operation = "chat";
    request.stages = {Micros(40), Micros(9), Micros(120)};
    request.status = 503;
    for (const AttemptRecord &attempt : attempts) {
        request.total += attempt.total;
        request.outcome = attempt.outcome;
        request.status = attempt.outcome == OutcomeClass::Success ? 200 : 503;
        request.firstToken = attempt.firstToken;
    }
    request.attempts = std::move(attempts);
    return request;
}

} // namespace signalbox::telemetry
