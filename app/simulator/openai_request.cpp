// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/openai_json.h"
#include "app/simulator/token_text.h"

namespace signalbox::simulator {

namespace {

/// The function that tool_choice demands; with "required", the first one.
std::optional<ToolCall> demandedTool(const Json &request)
{
    const Json *tools = arrayAt(request, "tools");
    if (tools == nullptr || tools->empty()) {
        return std::nullopt;
    }
    std::optional<std::string> wanted;
    if (const Json *choice = objectAt(request, "tool_choice")) {
        const Json *function = objectAt(*choice, "function");
        wanted = function != nullptr ? textAt(*function, "name") : std::nullopt;
    } else if (textAt(request, "tool_choice") != "required") {
        return std::nullopt;
    }
    for (const Json &tool : *tools) {
        const Json *function = objectAt(tool, "function");
        const std::optional<std::string> name = function != nullptr ? textAt(*function, "name")
                                                                    : std::nullopt;
        if (name && (!wanted || *wanted == *name)) {
            const Json *parameters = objectAt(*function, "parameters");
            return ToolCall{*name,
                            toText(parameters != nullptr ? exampleOf(*parameters)
                                                         : Json::object())};
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
        return R"({"answer":"example","ok":true})";
    }
    const Json *named = objectAt(*format, "json_schema");
    const Json *schema = named != nullptr ? objectAt(*named, "schema") : nullptr;
    if (schema == nullptr) {
        return std::nullopt;
    }
    return toText(exampleOf(*schema));
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

ApiError openAiInvalid(std::string message,
                       std::optional<std::string> param,
                       std::optional<std::string> code)
{
    return {400, "invalid_request_error", std::move(message), std::move(param), std::move(code)};
}

Result<ChatCall, ApiError> readOpenAiCall(const Json &request)
{
    if (std::optional<ApiError> fault = faultIn(request)) {
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
    call.lastUserText = lastUserText(*arrayAt(request, "messages"));
    call.promptTokens = countPromptTokens(request);
    call.tool = demandedTool(request);
    call.fixedText = demandedForm(request);
    return call;
}

} // namespace signalbox::simulator
