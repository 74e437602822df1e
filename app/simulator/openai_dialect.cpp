// SPDX-License-Identifier: Apache-2.0
// OpenAI Chat Completions: whole answers and errors; openai_request.cpp reads, openai_stream.cpp streams.
#include "app/simulator/openai_json.h"
#include "app/simulator/openai_thinking.h"
#include "app/simulator/wire_time.h"

#include <array>

namespace signalbox::simulator {

namespace {

class OpenAiDialect final : public Dialect
{
public:
    explicit OpenAiDialect(Rules rules)
        : m_rules(rules)
    {}

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

private:
    Rules m_rules;
};

Result<ChatCall, ApiError> OpenAiDialect::readCall(const Json &request) const
{
    return readOpenAiCall(request, m_rules);
}

std::string OpenAiDialect::writeAnswer(const Answer &answer) const
{
    Json message{{"role", "assistant"}, {"content", nullptr}, {"refusal", nullptr}};
    if (!answer.toolName) {
        message["content"] = answer.joined();
    }
    addThinking(message, answer);
    if (answer.toolName) {
        Json &calls = message["tool_calls"];
        calls.push_back(openAiCall(answer.toolId, *answer.toolName, answer.joined()));
        for (const PlannedCall &more : answer.moreCalls) {
            calls.push_back(openAiCall(more.id, more.name, joined(more.pieces)));
        }
    }
    message["annotations"] = Json::array();
    Json choice{{"index", 0},
                {"message", message},
                {"logprobs", nullptr},
                {"finish_reason", openAiFinish(answer)}};
    return toText({{"id", answer.id},
                   {"object", "chat.completion"},
                   {"created", unixSeconds(answer.created)},
                   {"model", answer.model},
                   {"choices", Json::array({choice})},
                   {"usage", openAiUsage(answer)},
                   {"service_tier", "default"},
                   {"system_fingerprint", nullptr}});
}

std::shared_ptr<const StreamWriter> OpenAiDialect::stream(Answer answer) const
{
    return openAiStream(std::move(answer));
}

std::string OpenAiDialect::writeModels(const ProviderSpec &provider) const
{
    Json list = Json::array();
    for (const ModelSpec &model : provider.models) {
        list.push_back({{"id", model.name},
                        {"object", "model"},
                        {"created", 1754000000},
                        {"owned_by", provider.id}});
    }
    return toText({{"object", "list"}, {"data", list}});
}

ApiError OpenAiDialect::notJson() const
{
    return openAiInvalid(
        "We could not parse the JSON body of your request. (HINT: This likely means you aren't "
        "using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was "
        "sent was not valid JSON.)",
        {},
        {});
}

ApiError OpenAiDialect::wrongKey(bool given) const
{
    if (!given) {
        return {401,
                "invalid_request_error",
                "You didn't provide an API key. You need to provide your API key in an "
                "Authorization header "
                "using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
                {},
                {}};
    }
    return {401,
            "invalid_request_error",
            "Incorrect API key provided: sk-***.",
            {},
            "invalid_api_key"};
}

ApiError OpenAiDialect::unknownModel(const std::string &model) const
{
    return {404,
            "invalid_request_error",
            "The model `" + model + "` does not exist or you do not have access to it.",
            {},
            "model_not_found"};
}

ApiError OpenAiDialect::unsupportedParameter(const std::string &name, const std::string &) const
{
    const std::string instead = name == "max_tokens" ? " Use 'max_completion_tokens' instead." : "";
    return openAiInvalid("Unsupported parameter: '" + name + "' is not supported with this model."
                             + instead,
                         name,
                         "unsupported_parameter");
}

ApiError OpenAiDialect::outOfCredit() const
{
    return {429,
            "insufficient_quota",
            "You exceeded your current quota, please check your plan and billing details. For more "
            "information on this error, read the docs: "
            "https://platform.openai.com/docs/guides/error-codes/api-errors.",
            {},
            "insufficient_quota"};
}

ApiError OpenAiDialect::overTheLimit(const std::string &model,
                                     LimitKind kind,
                                     double waitSeconds,
                                     bool sayWhen) const
{
    const bool requests = kind == LimitKind::Requests;
    std::string message = "Rate limit reached for "
                          + (model.empty() ? std::string("default") : model)
                          + " in organization org-sim on "
                          + (requests ? "requests per min (RPM)." : "tokens per min (TPM).");
    if (sayWhen) {
        message += " Please try again in " + goDuration(waitSeconds) + ".";
    }
    message += " Visit https://platform.openai.com/account/rate-limits to learn more.";
    return {429, requests ? "requests" : "tokens", message, {}, "rate_limit_exceeded"};
}

ApiError OpenAiDialect::ofStatus(int status) const
{
    return openAiErrorOf(status);
}

std::string OpenAiDialect::writeError(const ApiError &error, const std::string &requestId) const
{
    return writeOpenAiError(error, m_rules, requestId);
}

std::string OpenAiDialect::errorEvent(const std::string &) const
{
    return "data: "
           + toText({{"error",
                      {{"message",
                        "The server had an error while processing your request. Sorry about that!"},
                       {"type", "server_error"},
                       {"param", nullptr},
                       {"code", nullptr}}}})
           + "\n\n";
}

Headers OpenAiDialect::usualHeaders(const std::string &requestId) const
{
    return {{"openai-version", "2020-10-01"}, {"x-request-id", requestId}};
}

Headers OpenAiDialect::limitHeaders(const LimitState &state, SystemTime) const
{
    Headers headers;
    const auto add = [&headers](const std::string &what, const LimitGauge &gauge) {
        const double seconds = std::chrono::duration<double>(gauge.fullAfter).count();
        headers.emplace_back("x-ratelimit-limit-" + what, std::to_string(gauge.limit));
        headers.emplace_back("x-ratelimit-remaining-" + what, std::to_string(gauge.remaining));
        headers.emplace_back("x-ratelimit-reset-" + what, goDuration(seconds));
    };
    if (state.requests) {
        add("requests", *state.requests);
    }
    if (state.tokens) {
        add("tokens", *state.tokens);
    }
    return headers;
}

} // namespace

const Dialect &openAiDialect(Rules rules)
{
    static const std::array<OpenAiDialect, 6> kDialects{OpenAiDialect(Rules::None),
                                                        OpenAiDialect(Rules::OpenAi),
                                                        OpenAiDialect(Rules::Qwen),
                                                        OpenAiDialect(Rules::DeepSeek),
                                                        OpenAiDialect(Rules::Mistral),
                                                        OpenAiDialect(Rules::OpenRouter)};
    return kDialects.at(static_cast<std::size_t>(rules));
}

} // namespace signalbox::simulator
