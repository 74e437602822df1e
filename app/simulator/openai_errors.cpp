// SPDX-License-Identifier: Apache-2.0
// What OpenAI's API says with its errors, and how the others of its form write theirs.
#include "app/simulator/openai_json.h"

namespace signalbox::simulator {

namespace {

Json orNull(const std::optional<std::string> &text)
{
    return text ? Json(*text) : Json(nullptr);
}

Json mistralError(const ApiError &error)
{
    if (error.status == 401) {
        return {{"detail", "Invalid API Key"}};
    }
    Json message = error.message;
    if (error.status == 422 && error.param) {
        message = {{"detail",
                    Json::array({{{"type", error.type},
                                  {"loc", Json::array({"body", *error.param})},
                                  {"msg", error.message}}})}};
    }
    return {{"object", "error"},
            {"message", message},
            {"type", error.type},
            {"param", nullptr},
            {"code", orNull(error.code)},
            {"raw_status_code", error.status}};
}

Json errorJson(const ApiError &error, Rules rules, const std::string &requestId)
{
    if (rules == Rules::Mistral) {
        return mistralError(error);
    }
    if (rules == Rules::OpenRouter) {
        return {{"error", {{"message", error.message}, {"code", error.status}}},
                {"user_id", "user_sim"}};
    }
    Json json{{"error",
               {{"message", error.message},
                {"type", error.type},
                {"param", orNull(error.param)},
                {"code", orNull(error.code)}}}};
    if (rules == Rules::Qwen) {
        json["request_id"] = requestId;
    }
    return json;
}

} // namespace

ApiError openAiInvalid(std::string message,
                       std::optional<std::string> param,
                       std::optional<std::string> code)
{
    return {400, "invalid_request_error", std::move(message), std::move(param), std::move(code)};
}

std::string writeOpenAiError(const ApiError &error, Rules rules, const std::string &requestId)
{
    constexpr int kIndent = 4;
    return errorJson(error, rules, requestId)
               .dump(kIndent, ' ', false, Json::error_handler_t::replace)
           + "\n";
}

ApiError openAiErrorOf(int status)
{
    switch (status) {
    case 400:
        return {400, "invalid_request_error", "The request is invalid.", {}, {}};
    case 401:
        return openAiDialect(Rules::None).wrongKey(true);
    case 402:
        return {402, "billing_error", "Insufficient Balance", {}, "invalid_request_error"};
    case 403:
        return {403,
                "invalid_request_error",
                "You are not allowed to do this.",
                {},
                "unsupported_country_region_territory"};
    case 404:
        return openAiDialect(Rules::None).unknownModel("unknown");
    case 413:
        return {413,
                "invalid_request_error",
                "Request body is too large.",
                {},
                "request_too_large"};
    case 422:
        return {422, "invalid_request_error", "The request could not be processed.", {}, {}};
    case 429:
        return openAiDialect(Rules::None).overTheLimit("", LimitKind::Requests, 1, false);
    case 503:
        return {503,
                "server_error",
                "The server is overloaded or not ready yet.",
                {},
                "service_unavailable"};
    default:
        return {status,
                "server_error",
                "The server had an error while processing your request. Sorry about that!",
                {},
                {}};
    }
}

} // namespace signalbox::simulator
