// SPDX-License-Identifier: Apache-2.0
// Anthropic Messages: whole answers and errors; anthropic_request.cpp reads, anthropic_stream.cpp streams.
#include "app/simulator/anthropic_json.h"
#include "app/simulator/wire_time.h"

namespace signalbox::simulator {

namespace {

ApiError invalid(std::string message)
{
    return {400, "invalid_request_error", std::move(message), {}, {}};
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
    return readAnthropicCall(request);
}

std::string AnthropicDialect::writeAnswer(const Answer &answer) const
{
    Json content = Json::array();
    for (const AnthropicBlock &block : anthropicBlocks(answer)) {
        content.push_back(block.whole());
    }
    Json message = anthropicMessage(answer, content);
    message["stop_reason"] = anthropicStop(answer);
    message["usage"] = anthropicUsage(answer, answer.completionTokens());
    if (!answer.thinking.empty()) {
        message["usage"]["output_tokens_details"] = {{"thinking_tokens", answer.thinking.size()}};
    }
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

const Dialect &dialectOf(const ProviderSpec &provider)
{
    switch (provider.format) {
    case Format::Anthropic:
        return anthropicDialect();
    case Format::Gemini:
        return geminiDialect();
    case Format::OpenAi:
        break;
    }
    return openAiDialect(provider.rules);
}

} // namespace signalbox::simulator
