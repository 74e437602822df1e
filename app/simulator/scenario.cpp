// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/scenario.h"

#include <array>

namespace signalbox::simulator {

namespace {

template <typename E>
struct Name
{
    E value;
    std::string_view text;
};

constexpr std::array kFaultKinds{Name<FaultKind>{FaultKind::Status, "status"},
                                 Name<FaultKind>{FaultKind::RateLimit, "rate_limit"},
                                 Name<FaultKind>{FaultKind::Quota, "quota"},
                                 Name<FaultKind>{FaultKind::Credit, "credit"},
                                 Name<FaultKind>{FaultKind::Refuse, "refuse"},
                                 Name<FaultKind>{FaultKind::Reset, "reset"},
                                 Name<FaultKind>{FaultKind::ResetBeforeHead, "reset_before_head"},
                                 Name<FaultKind>{FaultKind::Cut, "cut"},
                                 Name<FaultKind>{FaultKind::Stall, "stall"},
                                 Name<FaultKind>{FaultKind::Hang, "hang"},
                                 Name<FaultKind>{FaultKind::Garbage, "garbage"},
                                 Name<FaultKind>{FaultKind::ErrorEvent, "error_event"},
                                 Name<FaultKind>{FaultKind::Slow, "slow"},
                                 Name<FaultKind>{FaultKind::Empty, "empty"},
                                 Name<FaultKind>{FaultKind::Html, "html"}};

constexpr std::array kRetryHints{Name<RetryHint>{RetryHint::None, "none"},
                                 Name<RetryHint>{RetryHint::RetryAfterSeconds, "retry_after_s"},
                                 Name<RetryHint>{RetryHint::RetryAfterDate, "retry_after_date"},
                                 Name<RetryHint>{RetryHint::RetryAfterMs, "retry_after_ms"},
                                 Name<RetryHint>{RetryHint::XRatelimitReset, "x_ratelimit_reset"},
                                 Name<RetryHint>{RetryHint::Text, "text"}};

constexpr std::array kFormats{Name<Format>{Format::OpenAi, "openai"},
                              Name<Format>{Format::Anthropic, "anthropic"},
                              Name<Format>{Format::Gemini, "gemini"}};

constexpr std::array kRules{Name<Rules>{Rules::None, "none"},
                            Name<Rules>{Rules::OpenAi, "openai"},
                            Name<Rules>{Rules::Qwen, "qwen"},
                            Name<Rules>{Rules::DeepSeek, "deepseek"},
                            Name<Rules>{Rules::Mistral, "mistral"},
                            Name<Rules>{Rules::OpenRouter, "openrouter"}};

template <typename E, std::size_t N>
std::string_view nameIn(const std::array<Name<E>, N> &names, E value)
{
    for (const Name<E> &name : names) {
        if (name.value == value) {
            return name.text;
        }
    }
    return {};
}

template <typename E, std::size_t N>
std::optional<E> valueIn(const std::array<Name<E>, N> &names, std::string_view text)
{
    for (const Name<E> &name : names) {
        if (name.text == text) {
            return name.value;
        }
    }
    return std::nullopt;
}

ProviderSpec provider(std::string id,
                      std::vector<ModelSpec> models,
                      LogNormal latencyMs,
                      double speed)
{
    ProviderSpec spec;
    spec.id = std::move(id);
    spec.models = std::move(models);
    spec.latencyMs = latencyMs;
    spec.tokensPerSecond = speed;
    return spec;
}

ModelSpec model(std::string name)
{
    return {std::move(name), {}, {}};
}

} // namespace

Scenario defaultScenario()
{
    const ModelSpec embedding = model("text-embedding-3-small");
    Scenario scenario;
    std::vector<ProviderSpec> &list = scenario.providers;
    list.push_back(provider("qwen",
                            {model("qwen-plus"), model("qwen-turbo"), model("text-embedding-v3")},
                            {260, 0.30},
                            95));
    list.push_back(provider("openai",
                            {model("gpt-5-mini"), model("gpt-4o-mini"), embedding},
                            {420, 0.35},
                            110));
    list.push_back(provider("anthropic",
                            {model("claude-haiku-4-5"), model("claude-sonnet-4-5")},
                            {520, 0.25},
                            140));
    list.push_back(provider("deepseek",
                            {model("deepseek-chat"), model("deepseek-reasoner")},
                            {780, 0.45},
                            45));
    list.push_back(provider("mistral",
                            {model("mistral-small-latest"), model("mistral-embed")},
                            {240, 0.30},
                            130));
    list.push_back(
        provider("gemini", {model("gemini-2.5-flash"), model("gemini-2.5-pro")}, {350, 0.30}, 210));
    list.push_back(provider("openrouter",
                            {model("openai/gpt-4o-mini"), model("qwen/qwen-plus")},
                            {610, 0.50},
                            85));
    list[1].padding = true;
    list[2].format = Format::Anthropic;
    list[5].format = Format::Gemini;
    for (ProviderSpec &spec : list) {
        spec.rules = rulesNamed(spec.id).value_or(Rules::None);
    }
    return scenario;
}

std::string_view nameOf(FaultKind kind)
{
    return nameIn(kFaultKinds, kind);
}

std::string_view nameOf(RetryHint hint)
{
    return nameIn(kRetryHints, hint);
}

std::string_view nameOf(Format format)
{
    return nameIn(kFormats, format);
}

std::string_view nameOf(Rules rules)
{
    return nameIn(kRules, rules);
}

std::optional<FaultKind> faultKindNamed(std::string_view name)
{
    return valueIn(kFaultKinds, name);
}

std::optional<RetryHint> retryHintNamed(std::string_view name)
{
    return valueIn(kRetryHints, name);
}

std::optional<Format> formatNamed(std::string_view name)
{
    return valueIn(kFormats, name);
}

std::optional<Rules> rulesNamed(std::string_view name)
{
    return valueIn(kRules, name);
}

std::vector<std::string> faultKindNames()
{
    std::vector<std::string> names;
    for (const auto &name : kFaultKinds) {
        names.emplace_back(name.text);
    }
    return names;
}

} // namespace signalbox::simulator
