// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/openai_thinking.h"

#include "app/simulator/hash.h"

namespace signalbox::simulator {

namespace {

Json mistralThinking(const std::string &text)
{
    return {{"type", "thinking"}, {"thinking", Json::array({{{"type", "text"}, {"text", text}}})}};
}

Json openRouterDetail(const std::string &text)
{
    return {{"type", "reasoning.text"}, {"text", text}, {"format", "unknown"}, {"index", 0}};
}

Json deltaOf(const std::string &piece, Rules rules)
{
    if (rules == Rules::Mistral) {
        return {{"content", Json::array({mistralThinking(piece)})}};
    }
    if (rules == Rules::OpenRouter) {
        return {{"role", "assistant"},
                {"content", ""},
                {"reasoning", piece},
                {"reasoning_details", Json::array({openRouterDetail(piece)})}};
    }
    return {{"content", nullptr}, {"reasoning_content", piece}};
}

bool isShown(const Answer &answer)
{
    return !answer.thinking.empty() && answer.rules != Rules::OpenAi;
}

bool deepSeekThinks(const Json &request)
{
    const Json *thinking = objectAt(request, "thinking");
    if (thinking != nullptr) {
        return textAt(*thinking, "type") == "enabled";
    }
    return textAt(request, "model") != "deepseek-chat"; // the alias that does not think
}

} // namespace

bool thinksByRules(const Json &request, Rules rules)
{
    const std::string effort = textAt(request, "reasoning_effort").value_or("none");
    switch (rules) {
    case Rules::None:
        return false;
    case Rules::OpenAi:
        return effort != "none";
    case Rules::OpenRouter:
        return effort != "none" || objectAt(request, "reasoning") != nullptr;
    case Rules::Qwen:
        return flagAt(request, "enable_thinking");
    case Rules::DeepSeek:
        return deepSeekThinks(request);
    case Rules::Mistral:
        return effort == "high" || textAt(request, "prompt_mode") == "reasoning";
    }
    return false;
}

void addThinking(Json &message, const Answer &answer)
{
    if (!isShown(answer)) {
        return;
    }
    const std::string text = joined(answer.thinking);
    if (answer.rules == Rules::Mistral) {
        Json parts = Json::array({mistralThinking(text)});
        if (const std::optional<std::string> content = textAt(message, "content")) {
            parts.push_back({{"type", "text"}, {"text", *content}});
        }
        message["content"] = parts;
    } else if (answer.rules == Rules::OpenRouter) {
        Json detail = openRouterDetail(text);
        detail["signature"] = signatureOfReasoning(text);
        message["reasoning"] = text;
        message["reasoning_details"] = Json::array({detail});
    } else {
        message["reasoning_content"] = text;
    }
}

std::vector<Json> thinkingDeltas(const Answer &answer)
{
    std::vector<Json> deltas;
    if (isShown(answer)) {
        for (const std::string &piece : answer.thinking) {
            deltas.push_back(deltaOf(piece, answer.rules));
        }
        if (answer.rules == Rules::OpenRouter) { // signed when it is whole
            deltas.back()["reasoning_details"][0]["signature"] = signatureOfReasoning(
                joined(answer.thinking));
        }
    }
    return deltas;
}

std::string signatureOfReasoning(std::string_view text)
{
    return "sim-" + std::to_string(hashOf(text));
}

} // namespace signalbox::simulator
