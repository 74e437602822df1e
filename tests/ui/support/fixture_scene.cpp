// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fixture_scene.h"

#include <array>
#include <cmath>

namespace signalbox::ui {

namespace {

using telemetry::BreakerState;
using telemetry::ForcedState;
using telemetry::ProviderView;
using telemetry::Quantiles;
using telemetry::TargetView;

struct Kind
{
    const char *id;
    double rate; ///< attempts per second
    double medianMs;
    double usdPerAttempt;
};

constexpr std::array<Kind, 7> kKinds{{{"qwen", 9.1, 420, 0.000018},
                                      {"openai", 14.6, 610, 0.000041},
                                      {"anthropic", 8.2, 980, 0.000063},
                                      {"deepseek", 3.9, 1240, 0.000009},
                                      {"mistral", 4.2, 540, 0.000014},
                                      {"gemini", 2.4, 710, 0.000012},
                                      {"openrouter", 0.4, 1510, 0}}};

/// Noise in [0, 1) that depends on its arguments only.
double noise(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t x = a * 0x9E3779B97F4A7C15ULL + b * 0xBF58476D1CE4E5B9ULL;
    x ^= x >> 31U;
    x *= 0x94D049BB133111EBULL;
    x ^= x >> 29U;
    return static_cast<double>(x >> 11U) / 9007199254740992.0;
}

Quantiles quantiles(std::int64_t samples, double medianMs)
{
    Quantiles result{.samples = samples, .p50Ms = {}, .p90Ms = {}, .p95Ms = {}, .p99Ms = {}};
    if (samples < 20)
        return result;
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
         "600 s have passed"},
        {now - Seconds(2'349),
         mistral,
         BreakerState::HalfOpen,
         BreakerState::Closed,
         ForcedState::None,
         "the probe succeeded"},
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
         "vendor incident 4711, Ada is on it"},
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
         "600 s have passed"},
    };
}

/// When a provider had nothing to do: deepseek while open, openrouter often, mistral since 43 s.
bool isQuiet(std::size_t provider, std::int64_t second, SystemTime start)
{
    const auto now = std::chrono::floor<Seconds>(start.time_since_epoch()).count();
    if (provider == 3)
        return second > now - 604 && second < now - 4;
    if (provider == 4)
        return second > now - 43;
    return provider == 6 && noise(6, static_cast<std::uint64_t>(second / 90)) < 0.45;
}

telemetry::SeriesPoint point(std::size_t index, std::int64_t second, std::int64_t width)
{
    const Kind &kind = kKinds[index];
    const auto seed = static_cast<std::uint64_t>(second / width);
    const double wave = 1 + 0.25 * std::sin(static_cast<double>(second) / 190.0 + double(index))
                        + 0.12 * std::sin(static_cast<double>(second) / 41.0);
    telemetry::SeriesPoint result;
    if (isQuiet(index, second, sceneStart()))
        return result;
    const double attempts = kind.rate * wave * (0.8 + 0.4 * noise(index, seed)) * double(width);
    result.attempts = std::llround(attempts);
    if (result.attempts == 0)
        return result;
    result.failures = noise(index + 50, seed) < 0.06 ? result.attempts / 12 + 1 : 0;
    result.cost = Money::fromNanos(std::llround(attempts * kind.usdPerAttempt * 1e9));
    result.unknownPriceAttempts = kind.usdPerAttempt > 0 ? 0 : result.attempts;
    const bool spike = index == 4 && second > 0 && noise(99, seed) < 0.03;
    const double speed = (0.92 + 0.2 * noise(index + 20, seed)) * (0.9 + 0.1 * wave);
    result.p50Ms = kind.medianMs * speed;
    result.p95Ms = kind.medianMs * (spike ? 3.6 : 1.9) * (0.9 + 0.35 * noise(index + 30, seed));
    result.firstTokenP50Ms = result.p50Ms * 0.42;
    result.firstTokenP95Ms = result.p95Ms * 0.5;
    return result;
}

telemetry::SeriesPoint sumOf(const std::vector<telemetry::SeriesPoint> &points)
{
    telemetry::SeriesPoint total;
    double weighted50 = 0;
    double worst = 0;
    double weightedFirst = 0;
    for (const telemetry::SeriesPoint &one : points) {
        total.attempts += one.attempts;
        total.failures += one.failures;
        total.cost += one.cost;
        if (one.attempts == 0)
            continue;
        weighted50 += one.p50Ms * double(one.attempts);
        weightedFirst += one.firstTokenP50Ms * double(one.attempts);
        worst += one.p95Ms * double(one.attempts);
    }
    if (total.attempts > 0) {
        total.p50Ms = weighted50 / double(total.attempts);
        total.p95Ms = worst / double(total.attempts);
        total.firstTokenP50Ms = weightedFirst / double(total.attempts);
    }
    return total;
}

std::shared_ptr<const telemetry::Snapshot::SeriesSet> seriesSet(SystemTime now,
                                                                std::int64_t width,
                                                                std::int64_t count)
{
    const std::int64_t end = std::chrono::floor<Seconds>(now.time_since_epoch()).count() / width
                             * width;
    auto set = std::make_shared<telemetry::Snapshot::SeriesSet>();
    telemetry::Series empty{.bucket = Seconds(width),
                            .firstBucket = SystemTime(Seconds(end - count * width)),
                            .points = {}};
    set->total = empty;
    set->byProvider.assign(kKinds.size(), empty);
    for (std::int64_t i = 0; i < count; ++i) {
        std::vector<telemetry::SeriesPoint> points;
        for (std::size_t index = 0; index < kKinds.size(); ++index) {
            points.push_back(point(index, end - (count - i) * width, width));
            set->byProvider[index].points.push_back(points.back());
        }
        set->total.points.push_back(sumOf(points));
    }
    return set;
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
    return scene;
}

void addSeries(telemetry::Snapshot &snapshot, SystemTime now)
{
    snapshot.seconds = seriesSet(now, 1, 900);
    snapshot.tens = seriesSet(now, 10, 720);
    snapshot.minutes = seriesSet(now, 60, 1440);
    snapshot.hours = seriesSet(now, 3600, 720);
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
    if (seed % targets.size() == 5)
        record->cost.amount.reset();
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

} // namespace signalbox::ui
