// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/openai_rules.h"

#include "app/simulator/openai_json.h"
#include "app/simulator/openai_thinking.h"

#include <algorithm>
#include <cctype>

namespace signalbox::simulator {

namespace {

using Complaint = std::optional<ApiError>;

bool forcesATool(const Json &request)
{
    const std::string choice = textAt(request, "tool_choice").value_or("");
    return choice == "required" || choice == "any" || objectAt(request, "tool_choice") != nullptr;
}

bool saysJson(const Json &messages)
{
    std::string text = toText(messages);
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return text.find("json") != std::string::npos;
}

bool wantsJsonUnsaid(const Json &request)
{
    const Json *format = objectAt(request, "response_format");
    return format != nullptr && textAt(*format, "type") == "json_object"
           && !saysJson(request["messages"]);
}

/// Ids are 40 characters at most, and reasoning is not taken back.
Complaint faultForOpenAi(const Json &request)
{
    constexpr std::size_t kIdMax = 40;
    const Json &messages = request["messages"];
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const std::string place = "messages[" + std::to_string(i) + "]";
        for (const char *name : {"reasoning", "reasoning_content", "reasoning_details"}) {
            if (messages[i].contains(name)) {
                const std::string member = place + "." + name;
                return openAiInvalid("Unknown parameter: '" + member + "'.",
                                     member,
                                     "unknown_parameter");
            }
        }
        for (const Json &call : callsOf(messages[i])) {
            const std::size_t size = textAt(call, "id").value_or("").size();
            if (size > kIdMax) {
                return openAiInvalid("Invalid '" + place
                                         + ".tool_calls[0].id': string too long. Expected a string "
                                           "with maximum length 40, but got a string with length "
                                         + std::to_string(size) + " instead.",
                                     place + ".tool_calls[0].id",
                                     "string_above_max_length");
            }
        }
    }
    return std::nullopt;
}

Complaint faultForQwen(const Json &request)
{
    const bool thinks = thinksByRules(request, Rules::Qwen);
    if (thinks && !flagAt(request, "stream")) {
        return openAiInvalid(
            "parameter.enable_thinking must be set to false for non-streaming calls",
            {},
            "invalid_parameter_error");
    }
    if (thinks && forcesATool(request)) {
        return qwenInvalid("The tool_choice parameter does not support being set to required or "
                           "object in thinking mode");
    }
    if (wantsJsonUnsaid(request)) {
        return qwenInvalid("'messages' must contain the word 'json' in some form, to use "
                           "'response_format' of type 'json_object'.");
    }
    return std::nullopt;
}

bool hasTools(const Json &messages)
{
    return std::any_of(messages.begin(), messages.end(), [](const Json &message) {
        return !callsOf(message).empty();
    });
}

Complaint faultForDeepSeek(const Json &request)
{
    const Json &messages = request["messages"];
    const bool thinks = thinksByRules(request, Rules::DeepSeek);
    if (thinks && hasTools(messages)) {
        for (const Json &message : messages) {
            if (textAt(message, "role") == "assistant" && !textAt(message, "reasoning_content")) {
                return deepSeekInvalid(
                    "The `reasoning_content` in the thinking mode must be passed "
                    "back to the API.");
            }
        }
    }
    if (thinks && forcesATool(request)) {
        return deepSeekInvalid("Thinking mode does not support this tool_choice");
    }
    for (const Json &tool : request.value("tools", Json::array())) {
        const Json *function = objectAt(tool, "function");
        const Json *schema = function == nullptr ? nullptr : objectAt(*function, "parameters");
        if (schema == nullptr || textAt(*schema, "type") != "object") {
            return deepSeekInvalid("Invalid schema for function: schema must be a JSON Schema of "
                                   "'type: \"object\"', got 'type: null'.");
        }
    }
    const Json *format = objectAt(request, "response_format");
    if (format != nullptr && textAt(*format, "type") == "json_schema") {
        return deepSeekInvalid("This response_format type is unavailable now");
    }
    if (wantsJsonUnsaid(request)) {
        return deepSeekInvalid("Prompt must contain the word 'json' in some form to use "
                               "'response_format' of type 'json_object'.");
    }
    return std::nullopt;
}

/// What it signed must come back as it was; what others signed is theirs to judge.
Complaint faultForOpenRouter(const Json &request)
{
    for (const Json &message : request["messages"]) {
        for (const Json &detail : message.value("reasoning_details", Json::array())) {
            const std::string text = textAt(detail, "text").value_or("");
            if (textAt(detail, "format") == "unknown"
                && textAt(detail, "signature") != signatureOfReasoning(text)) {
                return openAiInvalid("Invalid signature in reasoning_details", {}, {});
            }
        }
    }
    return std::nullopt;
}

Complaint ownFault(const Json &request, Rules rules)
{
    switch (rules) {
    case Rules::None:
        break;
    case Rules::OpenAi:
        return faultForOpenAi(request);
    case Rules::Qwen:
        return faultForQwen(request);
    case Rules::DeepSeek:
        return faultForDeepSeek(request);
    case Rules::Mistral:
        return faultForMistral(request);
    case Rules::OpenRouter:
        return faultForOpenRouter(request);
    }
    return std::nullopt;
}

} // namespace

Complaint faultByRules(const Json &request, Rules rules)
{
    if (rules == Rules::None) {
        return std::nullopt;
    }
    if (Complaint fault = ownFault(request, rules)) {
        return fault;
    }
    return faultInCalls(request["messages"], rules);
}

} // namespace signalbox::simulator
