// SPDX-License-Identifier: Apache-2.0
// Anthropic Messages: what is asked, and what the API would refuse.
#include "app/simulator/anthropic_json.h"
#include "app/simulator/anthropic_rules.h"
#include "app/simulator/token_text.h"

namespace signalbox::simulator {

namespace {

constexpr std::size_t kParallelCallsMax = 3;

/// One that thinks calls of its own accord, until it has the results.
bool callsUnasked(const Json &request)
{
    const std::vector<Json> last = contentBlocks(arrayAt(request, "messages")->back());
    return thinksIn(request) && textAt(last.front(), "type") != "tool_result";
}

/// The calls that must be the answer: with "any" one of each tool, if several may be.
std::vector<ToolCall> demandedTools(const Json &request)
{
    std::vector<ToolCall> calls;
    const Json *tools = arrayAt(request, "tools");
    if (tools == nullptr) {
        return calls;
    }
    const Json choice = request.value("tool_choice", Json{{"type", "auto"}});
    const std::string type = textAt(choice, "type").value_or("auto");
    if (type == "none" || (type == "auto" && !callsUnasked(request))) {
        return calls;
    }
    const bool single = type == "tool" || flagAt(choice, "disable_parallel_tool_use");
    for (const Json &tool : *tools) {
        const std::optional<std::string> name = textAt(tool, "name");
        if (!name || (type == "tool" && textAt(choice, "name") != name)) {
            continue;
        }
        const Json *schema = objectAt(tool, "input_schema");
        const Json example = schema != nullptr ? exampleOf(*schema) : Json::object();
        calls.push_back({*name, example.empty() ? "" : toText(example)});
        if (calls.size() == (single ? 1 : kParallelCallsMax)) {
            break;
        }
    }
    return calls;
}

std::optional<std::string> demandedForm(const Json &request)
{
    const Json *config = objectAt(request, "output_config");
    const Json *format = config != nullptr ? objectAt(*config, "format") : nullptr;
    const Json *schema = format != nullptr ? objectAt(*format, "schema") : nullptr;
    if (schema == nullptr) {
        return std::nullopt;
    }
    return toText(exampleOf(*schema));
}

std::string nameOfCall(const Json &messages, const std::string &id)
{
    for (const Json &message : messages) {
        for (const Json &block : contentBlocks(message)) {
            if (textAt(block, "id") == id) {
                return textAt(block, "name").value_or("");
            }
        }
    }
    return {};
}

std::string describedImage(const Json &block)
{
    const Json *source = objectAt(block, "source");
    if (source == nullptr) {
        return {};
    }
    if (textAt(*source, "type") == "url") {
        return textAt(*source, "url").value_or("");
    }
    return textAt(*source, "media_type").value_or("") + " of "
           + std::to_string(textAt(*source, "data").value_or("").size()) + " characters";
}

/// Results of tools and images come back in the answer's words, so that a test sees they arrived.
std::optional<std::string> echo(const Json &messages)
{
    std::string text;
    for (const Json &block : contentBlocks(messages.back())) {
        std::string said;
        if (textAt(block, "type") == "tool_result") {
            said = nameOfCall(messages, textAt(block, "tool_use_id").value_or("")) + " said "
                   + contentText(block);
        } else if (textAt(block, "type") == "image") {
            said = "an image " + describedImage(block);
        }
        if (!said.empty()) {
            text += (text.empty() ? "" : "; ") + said;
        }
    }
    return text.empty() ? std::nullopt : std::optional(text);
}

} // namespace

Result<ChatCall, ApiError> readAnthropicCall(const Json &request)
{
    if (std::optional<std::string> fault = faultInAnthropic(request)) {
        return Failure{ApiError{400, "invalid_request_error", std::move(*fault), {}, {}}};
    }
    const Json &messages = *arrayAt(request, "messages");
    ChatCall call;
    call.model = textAt(request, "model").value_or("");
    call.stream = flagAt(request, "stream");
    call.includeUsage = true;
    call.tokensMax = integerAt(request, "max_tokens");
    call.lastUserText = lastUserText(messages);
    call.promptTokens = countPromptTokens(request);
    call.thinks = thinksIn(request);
    call.moreTools = demandedTools(request);
    if (!call.moreTools.empty()) {
        call.tool = call.moreTools.front();
        call.moreTools.erase(call.moreTools.begin());
    }
    call.fixedText = demandedForm(request);
    if (!call.fixedText) {
        call.fixedText = echo(messages);
    }
    return call;
}

} // namespace signalbox::simulator
