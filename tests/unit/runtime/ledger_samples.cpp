// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/ledger_samples.h"

#include "core/base/check.h"

#include <array>

namespace signalbox::tests {
namespace {

constexpr std::array<std::string_view, 8> kTexts = {
    "",
    "chat",
    "short chat",
    "quote \" and \\ backslash",
    "中文 ключ ñ",
    "a\nb\t",
    "emoji 🚂",
    "x",
};
constexpr std::array<std::string_view, 6> kTargets = {
    "qwen/qwen-plus",
    "qwen/qwen-max",
    "anthropic/claude-haiku-4-5",
    "openrouter/qwen/qwen-plus",
    "openai/gpt-5-mini",
    "mistral/mistral-small",
};

bool flip(Random &random)
{
    return random.below(2) == 1;
}

std::int64_t number(Random &random, std::uint64_t bound)
{
    return static_cast<std::int64_t>(random.below(bound));
}

std::string text(Random &random)
{
    return std::string(kTexts[random.below(kTexts.size())]);
}

std::vector<std::string> texts(Random &random)
{
    std::vector<std::string> list(random.below(4));
    for (std::string &item : list) {
        item = text(random);
    }
    return list;
}

TargetId target(Random &random)
{
    return TargetId(std::string(kTargets[random.below(kTargets.size())]));
}

Micros micros(Random &random)
{
    return Micros(number(random, 700'000'000));
}

std::optional<Micros> maybeMicros(Random &random)
{
    return flip(random) ? std::optional(micros(random)) : std::nullopt;
}

OutcomeClass outcome(Random &random)
{
    return static_cast<OutcomeClass>(random.below(kOutcomeClassCount));
}

std::optional<Money> maybeMoney(Random &random)
{
    return flip(random) ? std::optional(Money::fromNanos(number(random, 1'000'000'000'000)))
                        : std::nullopt;
}

Cost cost(Random &random)
{
    return {maybeMoney(random), flip(random)};
}

Usage usage(Random &random)
{
    return {number(random, 200'000),
            number(random, 100'000),
            number(random, 50'000),
            number(random, 20'000),
            number(random, 60'000),
            number(random, 30'000),
            flip(random),
            maybeMoney(random)};
}

TokenPrice tokenPrice(Random &random)
{
    return TokenPrice::fromPicosPerToken(number(random, 100'000'000));
}

/// Few different ones, as there are few in a ledger.
AppliedPrice price(Random &random)
{
    AppliedPrice p;
    p.model = text(random);
    p.byOperator = flip(random);
    if (flip(random)) {
        p.since = at("2026-03-01") + Micros(number(random, 3));
    }
    Random few(random.below(4));
    p.row = {number(few, 3) * 100'000,
             tokenPrice(few),
             tokenPrice(few),
             tokenPrice(few),
             tokenPrice(few)};
    if (flip(few)) {
        p.row.cacheWriteHour = tokenPrice(few);
        p.row.thinkingOutput = tokenPrice(few);
    }
    return p;
}

std::map<std::string, std::string> map(Random &random)
{
    std::map<std::string, std::string> entries;
    for (auto left = random.below(3); left > 0; --left) {
        entries["key" + std::to_string(left)] = text(random);
    }
    return entries;
}

AttemptRecord attempt(Random &random)
{
    AttemptRecord a;
    a.target = target(random);
    a.keyIndex = static_cast<int>(random.below(4)) - 1;
    a.probe = flip(random);
    a.startedAfter = micros(random);
    a.connected = maybeMicros(random);
    a.firstToken = maybeMicros(random);
    a.total = micros(random);
    a.backoffBefore = micros(random);
    a.httpStatus = flip(random) ? static_cast<int>(random.below(600)) : 0;
    a.outcome = outcome(random);
    a.reason = text(random);
    if (flip(random)) {
        a.hint = RetryHint{Millis(number(random, 3'600'000)),
                           static_cast<RetryHintSource>(random.below(7))};
    }
    a.counted = flip(random);
    a.contentSent = flip(random);
    a.upstreamRequestId = text(random);
    a.upstreamModel = text(random);
    if (flip(random)) {
        a.usage = usage(random);
    }
    a.cost = cost(random);
    if (flip(random)) {
        a.price = price(random);
    }
    a.promptCacheSaved = Money::fromNanos(number(random, 2'000'000) - 1'000'000);
    a.notes = texts(random);
    return a;
}

RequestFacts facts(Random &random)
{
    RequestFacts f;
    f.cjkShare = random.unit();
    f.language = random.below(2) == 0 ? "" : "zh";
    f.task = kTasks.at(random.below(kTasks.size()));
    f.promptTokens = number(random, 200'000);
    if (flip(random)) {
        f.maxOutputTokens = number(random, 64'000);
    }
    f.hasTools = flip(random);
    f.hasImages = flip(random);
    f.wantsJson = flip(random);
    f.wantsReasoning = flip(random);
    f.stream = flip(random);
    f.turns = static_cast<int>(random.below(40));
    f.client = text(random);
    f.hour = static_cast<int>(random.below(24));
    f.headers = map(random);
    f.metadata = map(random);
    return f;
}

Forecast forecast(Random &random)
{
    Forecast f;
    if (flip(random)) {
        f.cost = Money::fromNanos(static_cast<std::int64_t>(random.below(1'000'000'000)));
    }
    if (flip(random)) {
        f.time = Micros(random.below(600'000'000));
    }
    f.failureShare = random.unit();
    f.outputTokens = static_cast<std::int64_t>(random.below(5000));
    f.observations = static_cast<int>(random.below(33));
    f.cachedTokens = static_cast<std::int64_t>(random.below(5000));
    return f;
}

CacheNote cacheNote(Random &random)
{
    CacheNote note;
    note.reason = text(random);
    note.from = text(random);
    note.stale = text(random);
    note.shared = flip(random);
    note.vetoes = texts(random);
    if (flip(random)) {
        note.age = Millis(random.below(90'000'000));
        note.likeness = random.unit();
        note.saved = Cost{Money::fromNanos(static_cast<std::int64_t>(random.below(5'000'000))),
                          flip(random)};
        note.waitSaved = micros(random);
    }
    return note;
}

Decision decision(Random &random)
{
    Decision d;
    d.route = text(random);
    d.rule = text(random);
    d.strategy = static_cast<Strategy>(random.below(5));
    for (auto left = random.below(4); left > 0; --left) {
        d.trials.push_back({text(random), flip(random), text(random)});
    }
    for (auto left = random.below(5); left > 0; --left) {
        d.candidates.push_back({target(random),
                                static_cast<int>(random.below(4)),
                                random.unit() * 100,
                                flip(random),
                                static_cast<Veto>(random.below(12)),
                                text(random)});
        if (flip(random)) {
            d.candidates.back().forecast = forecast(random);
            d.candidates.back().score = random.unit() * 1e9;
        }
    }
    if (flip(random)) {
        d.explored = target(random);
    }
    if (flip(random)) {
        d.warm = WarmPrompt{target(random),
                            static_cast<std::int64_t>(random.below(5000)),
                            flip(random)};
    }
    if (flip(random)) {
        d.draw = random.unit();
    }
    d.seed = random.next();
    d.notes = texts(random);
    if (flip(random)) {
        d.cache = cacheNote(random);
    }
    return d;
}

FeatureSet needs(Random &random)
{
    FeatureSet set;
    for (const Feature feature : {Feature::Tools,
                                  Feature::Images,
                                  Feature::JsonSchema,
                                  Feature::Reasoning,
                                  Feature::Embeddings}) {
        if (flip(random)) {
            set.insert(feature);
        }
    }
    return set;
}

} // namespace

RequestRecord randomRecord(Random &random, std::string id, SystemTime arrived)
{
    RequestRecord r;
    r.id = std::move(id);
    r.arrived = arrived;
    r.clientRequestId = text(random);
    r.client = text(random);
    r.dialect = text(random);
    r.operation = text(random);
    r.modelAsked = text(random);
    r.route = text(random);
    r.rule = text(random);
    r.target = flip(random) ? target(random) : TargetId();
    r.stream = flip(random);
    r.status = flip(random) ? 200 : 400 + static_cast<int>(random.below(200));
    r.errorCode = text(random);
    r.outcome = outcome(random);
    r.abandoned = flip(random);
    r.cache = text(random);
    r.usage = usage(random);
    r.cost = cost(random);
    r.cacheSaved = maybeMoney(random);
    r.firstToken = maybeMicros(random);
    r.total = micros(random);
    r.stages = {micros(random), micros(random), micros(random)};
    r.facts = facts(random);
    r.needs = needs(random);
    r.configRevision = text(random);
    r.decision = decision(random);
    for (auto left = random.below(5); left > 0; --left) {
        r.attempts.push_back(attempt(random));
    }
    return r;
}

std::vector<RequestRecord> randomRecords(std::uint64_t seed, int count, SystemTime start)
{
    Random random(seed);
    std::vector<RequestRecord> records;
    for (int i = 0; i < count; ++i) {
        start += Micros(number(random, 600'000'000));
        records.push_back(randomRecord(random, "r" + std::to_string(100'000 + i), start));
    }
    return records;
}

RequestRecord plainRecord(std::string id,
                          SystemTime arrived,
                          std::string_view target,
                          std::int64_t nanos)
{
    RequestRecord r;
    r.id = std::move(id);
    r.arrived = arrived;
    r.client = "support-bot";
    r.dialect = "openai";
    r.operation = "chat";
    r.modelAsked = "chat";
    r.route = "chat";
    r.target = TargetId(std::string(target));
    r.status = 200;
    r.usage.promptTokens = 100;
    r.usage.completionTokens = 20;
    r.cost.amount = Money::fromNanos(nanos);
    r.total = Micros(812'345);
    r.configRevision = "0123456789ab";
    r.decision.route = "chat";
    r.decision.candidates = {{r.target, 1, 70, false, Veto::None, ""}};
    AttemptRecord a;
    a.target = r.target;
    a.httpStatus = 200;
    a.total = Micros(800'000);
    a.usage = r.usage;
    a.cost = r.cost;
    r.attempts = {a};
    return r;
}

SystemTime at(std::string_view iso)
{
    const auto time = fromIso8601(iso);
    SB_CHECK(time.has_value());
    return *time;
}

} // namespace signalbox::tests
