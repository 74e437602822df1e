// SPDX-License-Identifier: Apache-2.0
// Anthropic Messages: requests, whole answers and errors; anthropic_stream.cpp has the stream.
#include "app/simulator/anthropic_json.h"
#include "app/simulator/token_text.h"
#include "app/simulator/wire_time.h"

namespace signalbox::simulator {

namespace {

ApiError invalid(std::string message)
{
    return {400, "invalid_request_error", std::move(message), {}, {}};
}

std::optional<ToolCall> demandedTool(const Json &request)
{
    const Json *tools = arrayAt(request, "tools");
    const Json *choice = objectAt(request, "tool_choice");
    if (tools == nullptr || choice == nullptr) {
        return std::nullopt;
    }
    const std::string type = textAt(*choice, "type").value_or("auto");
    if (type != "any" && type != "tool") {
        return std::nullopt;
    }
    for (const Json &tool : *tools) {
        const std::optional<std::string> name = textAt(tool, "name");
        if (name && (type == "any" || textAt(*choice, "name") == name)) {
            const Json *schema = objectAt(tool, "input_schema");
            const Json example = schema != nullptr ? exampleOf(*schema) : Json::object();
            return ToolCall{*name, example.empty() ? "" : toText(example)};
        }
    }
    return std::nullopt;
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

std::optional<ApiError> faultInMessages(const Json &messages)
{
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const std::string place = "messages." + std::to_string(i);
        const std::optional<std::string> role = textAt(messages[i], "role");
        if (!role) {
            return invalid(place + ".role: Field required");
        }
        if (*role != "user" && *role != "assistant") {
            return invalid(
                "messages: Unexpected role \"" + *role
                + "\". The Messages API accepts a top-level `system` parameter, not \"system\" as "
                  "an input message role.");
        }
        if (!messages[i].contains("content")) {
            return invalid(place + ".content: Field required");
        }
    }
    return std::nullopt;
}

std::optional<ApiError> faultIn(const Json &request)
{
    if (!request.is_object()) {
        return invalid("The request body must be a JSON object.");
    }
    for (const char *key : {"model", "max_tokens", "messages"}) {
        if (!request.contains(key)) {
            return invalid(std::string(key) + ": Field required");
        }
    }
    if (textAt(request, "model").value_or("").empty()) {
        return invalid("model: Input should be a valid string");
    }
    if (integerAt(request, "max_tokens").value_or(0) < 1) {
        return invalid("max_tokens: Input should be greater than or equal to 1");
    }
    const Json *messages = arrayAt(request, "messages");
    if (messages == nullptr) {
        return invalid("messages: Input should be a valid list");
    }
    if (messages->empty()) {
        return invalid("messages: at least one message is required");
    }
    return faultInMessages(*messages);
}

class AnthropicDialect final : public Dialect
{
public:
    Result<ChatCall, ApiError> readCall(const Json &request) const override;
    std::string writeAnswer(const Answer &answer) const override;
    std::shared_ptr<const StreamWriter> stream(Answer answer) const override;
    std::string writeModels(const ProviderSpec &provider) const override;
    ApiError notJson() const override;
    ApiError wrongKey(bool given) const override;
    ApiError unknownModel(const std::string &model) const override;
    ApiError unsupportedParameter(const std::string &name, const std::string &model) const override;
    ApiError outOfCredit() const override;
    ApiError overTheLimit(const std::string &model,
                          LimitKind kind,
                          double waitSeconds,
                          bool sayWhen) const override;
    ApiError ofStatus(int status) const override;
    std::string writeError(const ApiError &error, const std::string &requestId) const override;
    std::string errorEvent(const std::string &requestId) const override;
    Headers usualHeaders(const std::string &requestId) const override;
    Headers limitHeaders(const LimitState &state, SystemTime now) const override;
};

Result<ChatCall, ApiError> AnthropicDialect::readCall(const Json &request) const
{
    if (std::optional<ApiError> fault = faultIn(request)) {
        return Failure{std::move(*fault)};
    }
    ChatCall call;
    call.model = textAt(request, "model").value_or("");
    call.stream = flagAt(request, "stream");
    call.includeUsage = true;
    call.tokensMax = integerAt(request, "max_tokens");
    call.lastUserText = lastUserText(*arrayAt(request, "messages"));
    call.promptTokens = countPromptTokens(request);
    call.tool = demandedTool(request);
    call.fixedText = demandedForm(request);
    return call;
}

std::string AnthropicDialect::writeAnswer(const Answer &answer) const
{
    Json block{{"type", "text"}, {"text", answer.joined()}};
    if (answer.toolName) {
        const std::optional<Json> input = parseJson(answer.joined());
        block = {{"type", "tool_use"},
                 {"id", answer.toolId},
                 {"name", *answer.toolName},
                 {"input", input.value_or(Json::object())}};
    }
    Json message = anthropicMessage(answer, Json::array({block}));
    message["stop_reason"] = anthropicStop(answer);
    message["usage"] = anthropicUsage(answer, answer.completionTokens());
    return toText(message);
}

std::shared_ptr<const StreamWriter> AnthropicDialect::stream(Answer answer) const
{
    return anthropicStream(std::move(answer));
}

std::string AnthropicDialect::writeModels(const ProviderSpec &provider) const
{
    Json list = Json::array();
    for (const ModelSpec &model : provider.models) {
        list.push_back({{"type", "model"},
                        {"id", model.name},
                        {"display_name", model.name},
                        {"created_at", "2025-10-01T00:00:00Z"}});
    }
    return toText({{"data", list},
                   {"has_more", false},
                   {"first_id", provider.models.front().name},
                   {"last_id", provider.models.back().name}});
}

ApiError AnthropicDialect::notJson() const
{
    return invalid("The request body is not valid JSON.");
}

ApiError AnthropicDialect::wrongKey(bool given) const
{
    return {401,
            "authentication_error",
            given ? "invalid x-api-key" : "x-api-key header is required",
            {},
            {}};
}

ApiError AnthropicDialect::unknownModel(const std::string &model) const
{
    return {404, "not_found_error", "model: " + model, {}, {}};
}

ApiError AnthropicDialect::unsupportedParameter(const std::string &name,
                                                const std::string &model) const
{
    return invalid("`" + name + "` is not supported for " + model + ".");
}

ApiError AnthropicDialect::outOfCredit() const
{
    return invalid(
        "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing "
        "to upgrade or purchase credits.");
}

ApiError AnthropicDialect::overTheLimit(const std::string &,
                                        LimitKind kind,
                                        double waitSeconds,
                                        bool sayWhen) const
{
    const std::string what = kind == LimitKind::Requests ? "requests" : "input tokens";
    std::string message = "This request would exceed your organization's rate limit of " + what
                          + " per minute.";
    if (sayWhen) {
        message += " Please try again in " + goDuration(waitSeconds) + ".";
    }
    return {429, "rate_limit_error", message, {}, {}};
}

ApiError AnthropicDialect::ofStatus(int status) const
{
    return anthropicErrorOf(status);
}

std::string AnthropicDialect::writeError(const ApiError &error, const std::string &requestId) const
{
    return toText({{"type", "error"},
                   {"error", {{"type", error.type}, {"message", error.message}}},
                   {"request_id", requestId}});
}

std::string AnthropicDialect::errorEvent(const std::string &requestId) const
{
    return "event: error\ndata: "
           + toText(
               {{"type", "error"},
                {"error",
                 {{"details", nullptr}, {"type", "overloaded_error"}, {"message", "Overloaded"}}},
                {"request_id", requestId}})
           + "\n\n";
}

Headers AnthropicDialect::usualHeaders(const std::string &requestId) const
{
    return {{"request-id", requestId}};
}

Headers AnthropicDialect::limitHeaders(const LimitState &state, SystemTime now) const
{
    Headers headers;
    const auto add = [&headers, now](const std::string &what, const LimitGauge &gauge) {
        const std::string prefix = "anthropic-ratelimit-" + what;
        headers.emplace_back(prefix + "-limit", std::to_string(gauge.limit));
        headers.emplace_back(prefix + "-remaining", std::to_string(gauge.remaining));
        headers.emplace_back(prefix + "-reset",
                             rfc3339(now + std::chrono::duration_cast<Micros>(gauge.fullAfter)));
    };
    if (state.requests) {
        add("requests", *state.requests);
    }
    if (state.tokens) {
        add("tokens", *state.tokens);
        add("input-tokens", *state.tokens);
        add("output-tokens", *state.tokens);
    }
    return headers;
}

} // namespace

const Dialect &anthropicDialect()
{
    static const AnthropicDialect kDialect;
    return kDialect;
}

const Dialect &dialectOf(Format format)
{
    return format == Format::Anthropic ? anthropicDialect() : openAiDialect();
}

} // namespace signalbox::simulator
