// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/openai_json.h"
#include "app/simulator/openai_rules.h"
#include "app/simulator/openai_thinking.h"
#include "app/simulator/token_text.h"

namespace signalbox::simulator {

namespace {

constexpr std::size_t kParallelCallsMax = 3;

/// The name of the one function that `tool_choice` demands.
std::optional<std::string> namedTool(const Json &request)
{
    const Json *choice = objectAt(request, "tool_choice");
    const Json *function = choice != nullptr ? objectAt(*choice, "function") : nullptr;
    return function != nullptr ? textAt(*function, "name") : std::nullopt;
}

/// One that thinks calls of its own accord, until it has the results.
bool callsTools(const Json &request, bool thinks)
{
    if (objectAt(request, "tool_choice") != nullptr) {
        return true;
    }
    const std::string choice = textAt(request, "tool_choice").value_or("auto");
    const bool answered = textAt(request["messages"].back(), "role") == "tool";
    return choice == "required" || choice == "any" || (choice == "auto" && thinks && !answered);
}

/// The calls that must be the answer: one of each function, if several may be.
std::vector<ToolCall> demandedTools(const Json &request, bool thinks)
{
    std::vector<ToolCall> calls;
    const Json *tools = arrayAt(request, "tools");
    if (tools == nullptr || !callsTools(request, thinks)) {
        return calls;
    }
    const std::optional<std::string> wanted = namedTool(request);
    const std::size_t most = flagAt(request, "parallel_tool_calls", true) ? kParallelCallsMax : 1;
    for (const Json &tool : *tools) {
        const Json *function = objectAt(tool, "function");
        const std::optional<std::string> name = function != nullptr ? textAt(*function, "name")
                                                                    : std::nullopt;
        if (!name || (wanted && *wanted != *name)) {
            continue;
        }
        const Json *parameters = objectAt(*function, "parameters");
        calls.push_back(
            {*name, toText(parameters != nullptr ? exampleOf(*parameters) : Json::object())});
        if (calls.size() == most) {
            break;
        }
    }
    return calls;
}

/// The schema that a system message tells in words, up to its end.
std::optional<Json> schemaInWords(const Json &messages)
{
    for (const Json &message : messages) {
        const std::string text = contentText(message);
        const std::size_t begin = text.find('{');
        if (textAt(message, "role") == "system" && begin != std::string::npos) {
            return parseJson(std::string_view(text).substr(begin));
        }
    }
    return std::nullopt;
}

std::optional<std::string> demandedForm(const Json &request)
{
    const Json *format = objectAt(request, "response_format");
    if (format == nullptr) {
        return std::nullopt;
    }
    if (textAt(*format, "type") == "json_object") {
        const std::optional<Json> schema = schemaInWords(request["messages"]);
        return schema ? toText(exampleOf(*schema)) : R"({"answer":"example","ok":true})";
    }
    const Json *named = objectAt(*format, "json_schema");
    const Json *schema = named != nullptr ? objectAt(*named, "schema") : nullptr;
    if (schema == nullptr) {
        return std::nullopt;
    }
    return toText(exampleOf(*schema));
}

std::string nameOfCall(const Json &messages, const std::string &id)
{
    std::string name;
    for (const Json &message : messages) {
        for (const Json &call : callsOf(message)) {
            const Json *function = objectAt(call, "function");
            if (function != nullptr && textAt(call, "id") == id) {
                name = textAt(*function, "name").value_or(""); // of the latest one
            }
        }
    }
    return name;
}

/// Results of tools come back in the answer's words, so that a test sees they arrived.
std::optional<std::string> echo(const Json &messages)
{
    std::string text;
    for (auto at = messages.rbegin(); at != messages.rend() && textAt(*at, "role") == "tool";
         ++at) {
        const std::string id = textAt(*at, "tool_call_id").value_or("");
        text = nameOfCall(messages, id) + " said " + contentText(*at)
               + (text.empty() ? "" : "; " + text);
    }
    return text.empty() ? std::nullopt : std::optional(text);
}

std::optional<ApiError> faultIn(const Json &request)
{
    if (!request.is_object()) {
        return openAiInvalid("We expected a JSON object as the body of your request.", {}, {});
    }
    if (textAt(request, "model").value_or("").empty()) {
        return openAiInvalid("you must provide a model parameter", {}, {});
    }
    if (!request.contains("messages")) {
        return openAiInvalid("Missing required parameter: 'messages'.",
                             "messages",
                             "missing_required_parameter");
    }
    const Json *messages = arrayAt(request, "messages");
    if (messages == nullptr) {
        return openAiInvalid(
            "Invalid type for 'messages': expected an array of objects, but got something else "
            "instead.",
            "messages",
            "invalid_type");
    }
    if (messages->empty()) {
        return openAiInvalid(
            "Invalid 'messages': empty array. Expected an array with minimum length 1, but got "
            "an empty array instead.",
            "messages",
            "empty_array");
    }
    for (std::size_t i = 0; i < messages->size(); ++i) {
        const std::string place = "messages[" + std::to_string(i) + "]";
        if (!textAt((*messages)[i], "role")) {
            return openAiInvalid("Missing required parameter: '" + place + ".role'.",
                                 place + ".role",
                                 "missing_required_parameter");
        }
    }
    return std::nullopt;
}

} // namespace

Result<ChatCall, ApiError> readOpenAiCall(const Json &request, Rules rules)
{
    if (std::optional<ApiError> fault = faultIn(request)) {
        return Failure{std::move(*fault)};
    }
    if (std::optional<ApiError> fault = faultByRules(request, rules)) {
        return Failure{std::move(*fault)};
    }
    ChatCall call;
    call.model = textAt(request, "model").value_or("");
    call.stream = flagAt(request, "stream");
    if (const Json *options = objectAt(request, "stream_options")) {
        call.includeUsage = flagAt(*options, "include_usage");
        call.padding = flagAt(*options, "include_obfuscation", true);
    }
    for (const char *key : {"max_tokens", "max_completion_tokens"}) {
        const std::optional<std::int64_t> max = integerAt(request, key);
        if (max && *max < 1) {
            return Failure{openAiInvalid(
                "Invalid '" + std::string(key)
                    + "': integer below minimum value. Expected a value >= 1, but got "
                    + std::to_string(*max) + " instead.",
                key,
                "integer_below_min_value")};
        }
        call.tokensMax = max ? max : call.tokensMax;
    }
    if (rules == Rules::Mistral || rules == Rules::OpenRouter) {
        call.includeUsage = true; // asked for or not
    }
    call.lastUserText = lastUserText(*arrayAt(request, "messages"));
    call.promptTokens = countPromptTokens(request);
    call.thinks = thinksByRules(request, rules);
    call.moreTools = demandedTools(request, call.thinks);
    if (!call.moreTools.empty()) {
        call.tool = call.moreTools.front();
        call.moreTools.erase(call.moreTools.begin());
    }
    call.fixedText = demandedForm(request);
    if (!call.fixedText) {
        call.fixedText = echo(*arrayAt(request, "messages"));
    }
    return call;
}

} // namespace signalbox::simulator
