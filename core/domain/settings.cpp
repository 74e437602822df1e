// SPDX-License-Identifier: Apache-2.0
#include "core/domain/settings.h"

#include <algorithm>
#include <array>

namespace signalbox {
namespace {

template <typename Enum, std::size_t N>
using Names = std::array<std::pair<Enum, std::string_view>, N>;

template <typename Enum, std::size_t N>
std::string_view nameOf(const Names<Enum, N> &names, Enum wanted)
{
    for (const auto &entry : names) {
        if (entry.first == wanted) {
            return entry.second;
        }
    }
    return "";
}

template <typename Enum, std::size_t N>
std::optional<Enum> valueOf(const Names<Enum, N> &names, std::string_view wanted)
{
    for (const auto &entry : names) {
        if (entry.second == wanted) {
            return entry.first;
        }
    }
    return std::nullopt;
}

constexpr Names<ProviderKind, 8> kKinds = {{
    {ProviderKind::OpenAi, "openai"},
    {ProviderKind::Qwen, "qwen"},
    {ProviderKind::Anthropic, "anthropic"},
    {ProviderKind::DeepSeek, "deepseek"},
    {ProviderKind::Mistral, "mistral"},
    {ProviderKind::Gemini, "gemini"},
    {ProviderKind::OpenRouter, "openrouter"},
    {ProviderKind::OpenAiCompatible, "openai-compatible"},
}};

constexpr Names<Strategy, 5> kStrategies = {{
    {Strategy::Priority, "priority"},
    {Strategy::Weighted, "weighted"},
    {Strategy::Cheapest, "cheapest"},
    {Strategy::Fastest, "fastest"},
    {Strategy::Balanced, "balanced"},
}};

constexpr Names<CacheMode, 3> kCacheModes = {{
    {CacheMode::Off, "off"},
    {CacheMode::Exact, "exact"},
    {CacheMode::Semantic, "semantic"},
}};

constexpr Names<Fact, 15> kFacts = {{
    {Fact::CjkShare, "cjk_share"},
    {Fact::Language, "language"},
    {Fact::Task, "task"},
    {Fact::PromptTokens, "prompt_tokens"},
    {Fact::MaxOutputTokens, "max_output_tokens"},
    {Fact::HasTools, "has_tools"},
    {Fact::HasImages, "has_images"},
    {Fact::WantsJson, "wants_json"},
    {Fact::WantsReasoning, "wants_reasoning"},
    {Fact::Stream, "stream"},
    {Fact::Client, "client"},
    {Fact::Hour, "hour"},
    {Fact::BudgetLeft, "budget_left"},
    {Fact::Header, "header"},
    {Fact::Metadata, "metadata"},
}};

constexpr Names<StreamBreakMode, 3> kStreamBreakModes = {{
    {StreamBreakMode::Fail, "fail"},
    {StreamBreakMode::RestartBeforeContent, "restart-before-content"},
    {StreamBreakMode::Continue, "continue"},
}};

} // namespace

std::string_view toString(ProviderKind kind)
{
    return nameOf(kKinds, kind);
}

std::optional<ProviderKind> providerKindFromString(std::string_view name)
{
    return valueOf(kKinds, name);
}

std::string_view defaultBaseUrl(ProviderKind kind)
{
    switch (kind) {
    case ProviderKind::OpenAi:
        return "https://api.openai.com/v1";
    case ProviderKind::Qwen:
        return "https://dashscope-intl.aliyuncs.com/compatible-mode/v1";
    case ProviderKind::Anthropic:
        return "https://api.anthropic.com/v1";
    case ProviderKind::DeepSeek:
        return "https://api.deepseek.com";
    case ProviderKind::Mistral:
        return "https://api.mistral.ai/v1";
    case ProviderKind::Gemini:
        return "https://generativelanguage.googleapis.com/v1beta";
    case ProviderKind::OpenRouter:
        return "https://openrouter.ai/api/v1";
    case ProviderKind::OpenAiCompatible:
        return "";
    }
    return "";
}

std::string SecretRef::toString() const
{
    switch (store) {
    case Store::Env:
        return "env:" + name;
    case Store::Keychain:
        return "keychain:" + name;
    case Store::File:
        return "file:" + name;
    case Store::Vault:
        return "vault:" + name;
    case Store::Session:
        return "session:" + name;
    }
    return name;
}

std::string_view toString(CacheMode mode)
{
    return nameOf(kCacheModes, mode);
}

std::optional<CacheMode> cacheModeFromString(std::string_view name)
{
    return valueOf(kCacheModes, name);
}

std::string_view toString(Strategy strategy)
{
    return nameOf(kStrategies, strategy);
}

std::optional<Strategy> strategyFromString(std::string_view name)
{
    return valueOf(kStrategies, name);
}

std::string_view toString(Fact fact)
{
    return nameOf(kFacts, fact);
}

std::optional<Fact> factFromString(std::string_view name)
{
    return valueOf(kFacts, name);
}

std::string_view toString(HealthCheckSettings::Ask ask)
{
    return ask == HealthCheckSettings::Ask::Models ? "models" : "answer";
}

std::string_view toString(WeightAim aim)
{
    switch (aim) {
    case WeightAim::Cost:
        return "cost";
    case WeightAim::Time:
        return "time";
    case WeightAim::Balanced:
        return "balanced";
    }
    return "";
}

std::optional<WeightAim> weightAimFromString(std::string_view name)
{
    for (const WeightAim aim : {WeightAim::Cost, WeightAim::Time, WeightAim::Balanced}) {
        if (toString(aim) == name) {
            return aim;
        }
    }
    return std::nullopt;
}

std::string_view toString(StreamBreakMode mode)
{
    return nameOf(kStreamBreakModes, mode);
}

std::optional<StreamBreakMode> streamBreakModeFromString(std::string_view name)
{
    return valueOf(kStreamBreakModes, name);
}

PriceHistory PriceHistory::always(PriceTable table)
{
    return {{{SystemTime::min(), std::move(table)}}};
}

const PriceTable &PriceHistory::at(SystemTime time) const
{
    static const PriceTable unknown;
    const PriceTable *holds = &unknown;
    for (const DatedPrice &price : prices) {
        if (price.from <= time) {
            holds = &price.table;
        }
    }
    return *holds;
}

const ProviderSettings *Configuration::provider(std::string_view id) const
{
    const auto found = std::ranges::find(providers, id, &ProviderSettings::id);
    return found == providers.end() ? nullptr : &*found;
}

const ModelSettings *Configuration::model(const TargetId &target) const
{
    const ProviderSettings *owner = provider(target.provider());
    if (owner == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find(owner->models, target.model(), &ModelSettings::name);
    return found == owner->models.end() ? nullptr : &*found;
}

const RouteSettings *Configuration::route(std::string_view name) const
{
    const auto found = std::ranges::find(routes, name, &RouteSettings::name);
    return found == routes.end() ? nullptr : &*found;
}

} // namespace signalbox
