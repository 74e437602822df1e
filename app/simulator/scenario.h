// SPDX-License-Identifier: Apache-2.0
// What the simulator plays: its providers, their speed and limits, and the faults on the timetable.
#pragma once

#include "core/base/secret.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::simulator {

/// A log-normal distribution by its median; sigma 0 is the median itself.
struct LogNormal
{
    double median = 1;
    double sigma = 0;

    friend bool operator==(const LogNormal &, const LogNormal &) = default;
};

enum class Format {
    OpenAi,
    Anthropic,
    Gemini
};

/// Whose rules a provider of OpenAI's form keeps beyond that form: what it refuses, how it thinks.
enum class Rules {
    None,
    OpenAi,
    Qwen,
    DeepSeek,
    Mistral,
    OpenRouter
};

struct ModelSpec
{
    std::string name;
    std::string answersAs; ///< the `model` in answers; empty: the name
    std::vector<std::string> refuses; ///< parameters it answers with 400 unsupported_parameter

    friend bool operator==(const ModelSpec &, const ModelSpec &) = default;
};

struct ProviderSpec
{
    std::string id;
    Format format = Format::OpenAi;
    Rules rules = Rules::None; ///< of the form of OpenAI only
    std::vector<ModelSpec> models;
    LogNormal latencyMs{300, 0.3}; ///< from the request to the first token
    double tokensPerSecond = 80; ///< 0: the whole answer at once
    LogNormal outputTokens{120, 0.5};
    int outputTokensMax = 1000;
    double cachedShare = 0; ///< of the prompt, reported as read from the cache
    std::vector<Secret> keys; ///< accepted keys; with none, any or none is right
    std::optional<int> requestsPerMinute;
    std::optional<int> tokensPerMinute;
    bool padding = false; ///< OpenAI's random `obfuscation` field in stream chunks
    bool ownPort = false; ///< listens on a port of its own too, which `refuse` closes
};

enum class FaultKind {
    Status,
    RateLimit,
    Quota,
    Credit,
    Refuse,
    Reset,
    ResetBeforeHead,
    Cut,
    Stall,
    Hang,
    Garbage,
    ErrorEvent,
    Slow,
    Empty,
    Html
};

/// How a 429 says when to come back.
enum class RetryHint {
    None,
    RetryAfterSeconds,
    RetryAfterDate,
    RetryAfterMs,
    XRatelimitReset,
    Text
};

/// One trouble and when it happens; seconds count from the start (a scripted one) or from its
/// arrival (a live one).
struct Fault
{
    std::string provider; ///< empty: every provider
    std::string model; ///< empty: every model
    std::optional<int> keySlot; ///< only requests with the provider's nth key, from 0
    FaultKind kind = FaultKind::Status;
    double fromSeconds = 0;
    std::optional<double> forSeconds; ///< nothing: to the end
    std::optional<double> everySeconds; ///< the window comes again after so long
    double probability = 1;
    std::optional<int> count; ///< hits so many requests, then rests
    int status = 503;
    std::string body; ///< empty: the provider's own words
    std::vector<std::pair<std::string, std::string>> headers;
    RetryHint hint = RetryHint::None;
    double hintValue = 1; ///< seconds; milliseconds for retry_after_ms
    std::string hintVerbatim; ///< instead of the value, as written
    int afterTokens = 0;
    double factor = 4; ///< of `slow`
    bool framed = false; ///< `cut` ends the HTTP body properly, only the answer lacks its end
};

struct Scenario
{
    std::uint64_t seed = 1;
    bool keepBodies = false;
    std::vector<ProviderSpec> providers;
    std::vector<Fault> faults;
};

/// Seven providers with believable models and speeds, no keys, no limits, no faults.
Scenario defaultScenario();

/// The names used in files, at the control endpoint and in the state.
std::string_view nameOf(FaultKind kind);
std::string_view nameOf(RetryHint hint);
std::string_view nameOf(Format format);
std::string_view nameOf(Rules rules);
std::optional<FaultKind> faultKindNamed(std::string_view name);
std::optional<RetryHint> retryHintNamed(std::string_view name);
std::optional<Format> formatNamed(std::string_view name);
std::optional<Rules> rulesNamed(std::string_view name);
std::vector<std::string> faultKindNames();

} // namespace signalbox::simulator
