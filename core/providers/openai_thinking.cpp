// SPDX-License-Identifier: Apache-2.0
#include "core/providers/openai_thinking.h"

#include "core/providers/request_fields.h"

#include <algorithm>
#include <array>
#include <string>

namespace signalbox::providers {
namespace {

struct Level
{
    std::string_view json; ///< as the request writes it
    std::int64_t budget; ///< Qwen's; on the scale of the other providers with budgets
    std::string_view deepSeek;
};

constexpr std::array<Level, 6> kLevels = {{
    {R"("minimal")", 1024, "low"},
    {R"("low")", 2048, "low"},
    {R"("medium")", 8192, "high"},
    {R"("high")", 16'384, "high"},
    {R"("xhigh")", 32'768, "max"},
    {R"("max")", 32'768, "max"},
}};
constexpr std::string_view kNone = R"("none")";

bool startsWithAny(std::string_view text, std::initializer_list<std::string_view> prefixes)
{
    return std::ranges::any_of(prefixes,
                               [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool isOSeries(std::string_view model)
{
    return startsWithAny(model, {"o1", "o3", "o4"});
}

/// gpt-5 itself with its sizes, not gpt-5.1 and what came later.
bool isFirstGpt5(std::string_view model)
{
    return model.starts_with("gpt-5") && !model.starts_with("gpt-5.")
           && !model.starts_with("gpt-5-chat");
}

/// Efforts that some models lack become the nearest they have.
std::string_view openAiEffort(std::string_view effort, std::string_view model)
{
    const bool none = effort == kNone;
    const bool minimal = effort == R"("minimal")";
    if (isOSeries(model)) {
        return none || minimal ? R"("low")" : effort;
    }
    if (isFirstGpt5(model)) {
        return none ? R"("minimal")" : effort;
    }
    return minimal && model.starts_with("gpt-5.") ? R"("low")" : effort;
}

/// The open models, named by their size, think unless told not to.
bool qwenThinksUnasked(std::string_view model)
{
    const auto dash = model.find('-');
    const bool sized = dash + 1 < model.size() && model[dash + 1] >= '0' && model[dash + 1] <= '9';
    return model.starts_with("qwen3") && sized && model.find("-instruct") == std::string_view::npos;
}

void writeEnableThinking(JsonWriter &json,
                         std::string_view effort,
                         const Level *level,
                         std::string_view model,
                         EncodedBody &notes)
{
    if (effort == kNone && qwenAlwaysThinks(model)) {
        notes.drop("reasoning_effort");
        notes.note("the model always thinks");
        return;
    }
    json.key("enable_thinking").boolean(effort != kNone);
    if (level != nullptr) {
        json.key("thinking_budget").integer(level->budget);
    }
}

void writePromptMode(JsonWriter &json,
                     std::string_view effort,
                     std::string_view model,
                     EncodedBody &notes)
{
    const bool none = effort == kNone;
    if (!model.starts_with("magistral")) {
        const std::string_view said = none ? kNone : std::string_view(R"("high")");
        if (said != effort) {
            notes.note("asked for effort high: the model has no other");
        }
        json.key("reasoning_effort").raw(said);
    } else if (none) {
        notes.drop("reasoning_effort");
        notes.note("the model always thinks");
    } else {
        json.key("prompt_mode").string("reasoning");
    }
}

void writeThinkingType(JsonWriter &json, const Level *level)
{
    json.key("thinking").beginObject().key("type");
    json.string(level == nullptr ? "disabled" : "enabled").endObject();
    if (level != nullptr) {
        json.key("reasoning_effort").string(level->deepSeek);
    }
}

} // namespace

void writeThinking(JsonWriter &json,
                   ThinkingSwitch to,
                   std::string_view effort,
                   std::string_view model,
                   EncodedBody &notes)
{
    const auto *level = std::ranges::find(kLevels, effort, &Level::json);
    const bool translated = to != ThinkingSwitch::AsItIs && to != ThinkingSwitch::OpenAi;
    if (translated && effort != kNone && level == kLevels.end()) {
        notes.drop("reasoning_effort");
        notes.note("no such reasoning_effort is known");
        return;
    }
    const Level *known = level == kLevels.end() ? nullptr : level;
    switch (to) {
    case ThinkingSwitch::AsItIs:
        json.key("reasoning_effort").raw(effort);
        return;
    case ThinkingSwitch::OpenAi: {
        const std::string_view said = openAiEffort(effort, model);
        if (said != effort) {
            notes.note("asked for effort " + std::string(said) + ": the model has no "
                       + std::string(effort));
        }
        json.key("reasoning_effort").raw(said);
        return;
    }
    case ThinkingSwitch::EnableThinking:
        writeEnableThinking(json, effort, known, model, notes);
        return;
    case ThinkingSwitch::ThinkingType:
        writeThinkingType(json, known);
        return;
    case ThinkingSwitch::PromptMode:
        writePromptMode(json, effort, model, notes);
        return;
    }
}

void writeNoThinking(JsonWriter &json, ThinkingSwitch to)
{
    if (to == ThinkingSwitch::EnableThinking) {
        json.key("enable_thinking").boolean(false);
    } else if (to == ThinkingSwitch::ThinkingType) {
        writeThinkingType(json, nullptr);
    }
}

bool qwenAlwaysThinks(std::string_view model)
{
    return startsWithAny(model, {"qwq", "qvq"})
           || model.find("-thinking") != std::string_view::npos;
}

bool refusedWhileThinking(const ChatRequest &request, std::string_view model, const RawField &field)
{
    constexpr std::array<std::string_view, 8> kSampling = {"temperature",
                                                           "top_p",
                                                           "presence_penalty",
                                                           "frequency_penalty",
                                                           "logit_bias",
                                                           "logprobs",
                                                           "top_logprobs",
                                                           "stop"};
    const bool named = std::ranges::find(kSampling, field.name) != kSampling.end();
    // 1 is the only value that these models take, and means what they do anyway.
    if (!named || saysNothing(field) || field.json == "1" || field.json == "1.0") {
        return false;
    }
    if (isOSeries(model) || isFirstGpt5(model)) {
        return true;
    }
    const std::string *effort = givenField(request, "reasoning_effort");
    const bool asked = effort != nullptr && *effort != kNone;
    // From 5.1 to 5.4 they do not think unless told to, but for those that only chat.
    const bool unasked = startsWithAny(model, {"gpt-5.5", "gpt-5.6"})
                         || (model.starts_with("gpt-5.")
                             && model.find("-chat") != std::string_view::npos);
    return model.starts_with("gpt-5.") && (asked || (unasked && effort == nullptr));
}

bool mustStream(const OpenAiKind &kind, const ChatRequest &request, std::string_view model)
{
    if (kind.thinking != ThinkingSwitch::EnableThinking || request.stream) {
        return false;
    }
    const std::string *effort = givenField(request, "reasoning_effort");
    const std::string *enabled = givenField(request, "enable_thinking");
    const bool off = (effort != nullptr && *effort == kNone)
                     || (enabled != nullptr && *enabled == "false");
    const bool on = effort != nullptr || (enabled != nullptr && *enabled == "true");
    return qwenAlwaysThinks(model) || (!off && (on || qwenThinksUnasked(model)));
}

} // namespace signalbox::providers
