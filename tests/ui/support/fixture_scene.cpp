// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fixture_scene.h"

#include "tests/ui/support/fixture_kinds.h"

#include <array>
#include <cmath>

namespace signalbox::ui {

namespace {

using telemetry::BreakerState;
using telemetry::ForcedState;
using telemetry::ProviderView;
using telemetry::Quantiles;
using telemetry::TargetView;

Quantiles quantiles(std::int64_t samples, double medianMs)
{
    Quantiles result{.samples = samples, .p50Ms = {}, .p90Ms = {}, .p95Ms = {}, .p99Ms = {}};
    if (samples < 20) {
        return result;
    }
    result.p50Ms = medianMs;
    result.p90Ms = medianMs * 1.7;
    result.p95Ms = medianMs * 2.1;
    result.p99Ms = medianMs * 3.4;
    return result;
}

TargetView target(const char *provider, const char *model, std::int64_t attempts, double medianMs)
{
    TargetView view;
    view.target = TargetId(provider, model);
    view.breaker.failuresToOpen = 3;
    view.breaker.changedAt = sceneStart() - Seconds(11'240);
    view.inFlight = static_cast<int>(attempts / 90);
    view.attemptsLastMinute = attempts;
    view.latency = quantiles(attempts, medianMs);
    view.firstToken = quantiles(attempts, medianMs * 0.42);
    view.outcomes[static_cast<std::size_t>(OutcomeClass::Success)] = attempts * 181;
    view.outcomes[static_cast<std::size_t>(OutcomeClass::ServerError)] = attempts / 40;
    view.outcomes[static_cast<std::size_t>(OutcomeClass::RateLimited)] = attempts / 60;
    view.outcomes[static_cast<std::size_t>(OutcomeClass::FirstTokenTimeout)] = attempts / 120;
    return view;
}

ProviderView provider(const Kind &kind, std::vector<TargetView> targets)
{
    ProviderView view;
    view.id = kind.id;
    view.kind = kind.id;
    view.targets = std::move(targets);
    view.requestsPerSecond = kind.rate;
    view.costPerHour = kind.rate * 3600 * kind.usdPerAttempt;
    view.latency = quantiles(static_cast<std::int64_t>(kind.rate * 60), kind.medianMs);
    return view;
}

void setBreakers(telemetry::Snapshot &scene, SystemTime now)
{
    auto &deepseek = scene.providers[3].targets[0];
    deepseek.breaker.state = BreakerState::HalfOpen;
    deepseek.breaker.probesOut = 1;
    deepseek.breaker.failures = 3;
    deepseek.breaker.cause = "overloaded, overloaded, overloaded in 12 s";
    deepseek.breaker.changedAt = now - Seconds(4);
    deepseek.shortCircuited = 112;

    auto &mistral = scene.providers[4].targets[0];
    mistral.breaker.state = BreakerState::Open;
    mistral.breaker.failures = 3;
    mistral.breaker.cause = "server_error, server_error, first_token_timeout in 41 s";
    mistral.breaker.changedAt = now - Seconds(43);
    mistral.breaker.retryAt = now + Seconds(557);
    mistral.failuresLastMinute = 12;
    mistral.shortCircuited = 37;
    mistral.inFlight = 0;

    scene.providers[5].targets[0].breaker.drained = true;
    scene.providers[5].targets[0].inFlight = 3;

    auto &forced = scene.providers[1].targets[1];
    forced.breaker.forced = ForcedState::Open;
    forced.breaker.forcedReason = "vendor incident 4711, Ada is on it";
    forced.breaker.forcedUntil = now + Seconds(1'512);
    forced.inFlight = 0;

    auto &wobbling = scene.providers[2].targets[1];
    wobbling.breaker.failures = 1;
    wobbling.breaker.cause = "connection_reset";
    wobbling.failuresLastMinute = 3;
}

void addTransitions(telemetry::Snapshot &scene, SystemTime now)
{
    const TargetId mistral("mistral", "mistral-large");
    const TargetId deepseek("deepseek", "deepseek-chat");
    const TargetId mini("openai", "gpt-4.1-mini");
    const std::string overloaded = "overloaded, overloaded, overloaded in 12 s";
    scene.transitions = {
        {now - Seconds(2'950),
         mistral,
         BreakerState::Closed,
         BreakerState::Open,
         ForcedState::None,
         "connect_timeout, connect_timeout, connect_timeout in 17 s"},
        {now - Seconds(2'350),
         mistral,
         BreakerState::Open,
         BreakerState::HalfOpen,
         ForcedState::None,
         "time to probe"},
        {now - Seconds(2'349),
         mistral,
         BreakerState::HalfOpen,
         BreakerState::Closed,
         ForcedState::None,
         "probe succeeded"},
        {now - Seconds(604),
         deepseek,
         BreakerState::Closed,
         BreakerState::Open,
         ForcedState::None,
         overloaded},
        {now - Seconds(288),
         mini,
         BreakerState::Closed,
         BreakerState::Closed,
         ForcedState::Open,
         "tripped: vendor incident 4711, Ada is on it"},
        {now - Seconds(43),
         mistral,
         BreakerState::Closed,
         BreakerState::Open,
         ForcedState::None,
         "server_error, server_error, first_token_timeout in 41 s"},
        {now - Seconds(4),
         deepseek,
         BreakerState::Open,
         BreakerState::HalfOpen,
         ForcedState::None,
         "time to probe"},
    };
}

void addRoutes(telemetry::Snapshot &scene)
{
    const auto share = [](const char *provider, const char *model, double planned, double actual) {
        return telemetry::RouteShare{.target = TargetId(provider, model),
                                     .planned = planned,
                                     .actual = actual,
                                     .attempts = std::llround(actual * 1'000)};
    };
    scene.routes = {{.name = "chat-default",
                     .strategy = "weighted",
                     .requestsPerSecond = 31.4,
                     .shares = {share("openai", "gpt-4.1", 0.5, 0.58),
                                share("anthropic", "claude-sonnet-4-5", 0.3, 0.31),
                                share("mistral", "mistral-large", 0.2, 0.11)}},
                    {.name = "code",
                     .strategy = "priority",
                     .requestsPerSecond = 6.8,
                     .shares = {share("anthropic", "claude-sonnet-4-5", telemetry::kNoData, 0.93),
                                share("deepseek", "deepseek-chat", telemetry::kNoData, 0.07)}},
                    {.name = "cjk-to-qwen",
                     .strategy = "weighted",
                     .requestsPerSecond = 3.0,
                     .shares = {share("qwen", "qwen-max", 0.6, 0.59),
                                share("qwen", "qwen-turbo", 0.4, 0.41)}}};
}

} // namespace

SystemTime sceneStart()
{
    return *fromIso8601("2026-03-14T14:03:22.4Z");
}

telemetry::Snapshot busyScene(SystemTime now)
{
    telemetry::Snapshot scene;
    scene.startedAt = now - Seconds(18'002);
    scene.listen = "http://127.0.0.1:8787";
    scene.revision = "17";
    scene.totals.requests = 482'110;
    scene.totals.failedRequests = 3'391;
    scene.totals.abandoned = 212;
    scene.totals.inFlight = 34;
    scene.totals.requestsPerSecond = 41.2;
    scene.totals.failureShare = 0.007;
    scene.totals.latency = quantiles(2'470, 642);
    scene.totals.firstToken = quantiles(2'102, 311);
    scene.totals.costPerHour = 5.3142;
    scene.totals.unknownPriceLastMinute = 21;
    scene.providers = {
        provider(kKinds[0],
                 {target("qwen", "qwen-max", 310, 480), target("qwen", "qwen-turbo", 236, 290)}),
        provider(kKinds[1],
                 {target("openai", "gpt-4.1", 873, 610), target("openai", "gpt-4.1-mini", 0, 0)}),
        provider(kKinds[2],
                 {target("anthropic", "claude-sonnet-4-5", 441, 980),
                  target("anthropic", "claude-haiku-4-5", 52, 520)}),
        provider(kKinds[3], {target("deepseek", "deepseek-chat", 4, 1240)}),
        provider(kKinds[4], {target("mistral", "mistral-large", 31, 540)}),
        provider(kKinds[5], {target("gemini", "gemini-2.5-flash", 96, 710)}),
        provider(kKinds[6], {target("openrouter", "meta-llama/llama-3.3-70b-instruct", 7, 1510)}),
    };
    setBreakers(scene, now);
    addTransitions(scene, now);
    addRoutes(scene);
    scene.providers[1].headRoom = {.requestsLimit = 1'000,
                                   .requestsRemaining = 812,
                                   .tokensLimit = 2'000'000,
                                   .tokensRemaining = 240'000,
                                   .asOf = now};
    return scene;
}

std::shared_ptr<const RequestRecord> sceneRequest(std::int64_t serial, SystemTime now)
{
    static const std::array<TargetId, 6> targets{TargetId("openai", "gpt-4.1"),
                                                 TargetId("qwen", "qwen-max"),
                                                 TargetId("anthropic", "claude-sonnet-4-5"),
                                                 TargetId("openai", "gpt-4.1"),
                                                 TargetId("qwen", "qwen-turbo"),
                                                 TargetId("openrouter",
                                                          "meta-llama/llama-3.3-70b-instruct")};
    const auto seed = static_cast<std::uint64_t>(serial);
    auto record = std::make_shared<RequestRecord>();
    record->id = "req-" + std::to_string(serial);
    record->target = targets[seed % targets.size()];
    record->route = seed % 5 == 0 ? "code" : "chat-default";
    record->rule = seed % 3 == 1 ? "cjk-to-qwen" : seed % 5 == 0 ? "code-blocks" : "";
    record->status = 200;
    record->total = Millis(300 + std::llround(2600 * noise(7, seed)));
    record->firstToken = record->total / 3;
    record->arrived = now - record->total - Millis(seed * 137 % 400);
    record->usage.promptTokens = 80 + std::llround(14'000 * noise(3, seed) * noise(4, seed));
    record->usage.completionTokens = 20 + std::llround(900 * noise(5, seed));
    record->cost.amount = Money::fromNanos(record->usage.promptTokens * 2'000
                                           + record->usage.completionTokens * 8'000);
    AttemptRecord attempt;
    attempt.target = record->target;
    attempt.total = record->total;
    if (seed % 7 == 3) {
        AttemptRecord failed = attempt;
        failed.target = TargetId("mistral", "mistral-large");
        failed.outcome = OutcomeClass::ServerError;
        failed.reason = "HTTP 503 upstream connect error";
        record->attempts.push_back(failed);
    }
    if (seed % targets.size() == 5) {
        record->cost.amount.reset();
    }
    if (seed % 11 == 4) {
        record->abandoned = true;
        record->outcome = OutcomeClass::ClientGone;
        record->usage.estimated = record->cost.estimated = true;
    }
    if (seed % 17 == 9) {
        record->status = 503;
        record->outcome = attempt.outcome = OutcomeClass::Overloaded;
        record->target = TargetId();
        record->firstToken.reset();
        record->usage = {};
        record->cost.amount = Money();
    }
    record->attempts.push_back(attempt);
    return record;
}

std::shared_ptr<const RequestRecord> sceneFailure(SystemTime at)
{
    auto record = std::make_shared<RequestRecord>(*sceneRequest(9'001, at));
    AttemptRecord failed;
    failed.target = TargetId("mistral", "mistral-large");
    failed.outcome = OutcomeClass::ServerError;
    failed.reason = "upstream connect error: no healthy upstream";
    failed.counted = true;
    failed.total = Millis(700);
    record->arrived = at - failed.total;
    record->attempts.insert(record->attempts.begin(), failed);
    return record;
}

} // namespace signalbox::ui
