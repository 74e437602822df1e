// SPDX-License-Identifier: Apache-2.0
// Gemini: whole answers and errors; gemini_request.cpp reads, gemini_stream.cpp streams.
#include "app/simulator/gemini_json.h"

#include <array>
#include <cmath>

namespace signalbox::simulator {

namespace {

struct StatusWords
{
    int status;
    const char *type;
    const char *message;
};

constexpr std::array<StatusWords, 8> kStatuses = {{
    {400, "INVALID_ARGUMENT", "Request contains an invalid argument."},
    {403, "PERMISSION_DENIED", "The caller does not have permission"},
    {404, "NOT_FOUND", "Requested entity was not found."},
    {413, "INVALID_ARGUMENT", "Request payload size exceeds the limit: 20971520 bytes."},
    {429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."},
    {500, "INTERNAL", "An internal error has occurred."},
    {503, "UNAVAILABLE", "The model is overloaded. Please try again later."},
    {504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete."},
}};

class GeminiDialect final : public Dialect
{
public:
    Result<ChatCall, ApiError> readCall(const Json &request) const override
    {
        return readGeminiCall(request);
    }
    std::string writeAnswer(const Answer &answer) const override;
    std::shared_ptr<const StreamWriter> stream(Answer answer) const override
    {
        return geminiStream(std::move(answer));
    }
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
    Headers usualHeaders(const std::string & /*requestId*/) const override
    {
        return {{"x-gemini-service-tier", "standard"}};
    }
    Headers limitHeaders(const LimitState & /*state*/, SystemTime /*now*/) const override
    {
        return {};
    }
};

/// Texts of a whole answer come in one part.
std::string GeminiDialect::writeAnswer(const Answer &answer) const
{
    Json parts = Json::array();
    for (const Json &part : geminiParts(answer)) {
        const bool goesOn = !parts.empty() && part.contains("text") && parts.back().contains("text")
                            && part.contains("thought") == parts.back().contains("thought");
        if (goesOn) {
            parts.back()["text"] = textAt(parts.back(), "text").value_or("")
                                   + textAt(part, "text").value_or("");
        } else {
            parts.push_back(part);
        }
    }
    return geminiResponse(answer, parts, true).dump(2) + "\n";
}

std::string GeminiDialect::writeModels(const ProviderSpec &provider) const
{
    Json list = Json::array();
    for (const ModelSpec &model : provider.models) {
        list.push_back({{"name", "models/" + model.name},
                        {"displayName", model.name},
                        {"supportedGenerationMethods", {"generateContent", "countTokens"}}});
    }
    return toText({{"models", list}});
}

ApiError GeminiDialect::notJson() const
{
    return {400, "INVALID_ARGUMENT", "Invalid JSON payload received.", {}, {}};
}

ApiError GeminiDialect::wrongKey(bool given) const
{
    if (!given) {
        return {403,
                "PERMISSION_DENIED",
                "Method doesn't allow unregistered callers (callers without established identity).",
                {},
                {}};
    }
    return {400,
            "INVALID_ARGUMENT",
            "API key not valid. Please pass a valid API key.",
            {},
            "API_KEY_INVALID"};
}

ApiError GeminiDialect::unknownModel(const std::string &model) const
{
    return {404,
            "NOT_FOUND",
            "models/" + model
                + " is not found for API version v1beta, or is not supported for generateContent.",
            {},
            {}};
}

ApiError GeminiDialect::unsupportedParameter(const std::string &name,
                                             const std::string &model) const
{
    return {400, "INVALID_ARGUMENT", name + " is not enabled for models/" + model, {}, {}};
}

ApiError GeminiDialect::outOfCredit() const
{
    return {429, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted.", {}, {}};
}

/// In OpenAI's billing words, though it clears within the minute; when to come back stands in a
/// detail.
ApiError GeminiDialect::overTheLimit(const std::string &,
                                     LimitKind,
                                     double waitSeconds,
                                     bool sayWhen) const
{
    ApiError error{429,
                   "RESOURCE_EXHAUSTED",
                   "You exceeded your current quota, please check your plan and billing details.",
                   {},
                   {}};
    if (sayWhen) {
        error.retryDelay = std::to_string(static_cast<std::int64_t>(std::floor(waitSeconds))) + "s";
    }
    return error;
}

ApiError GeminiDialect::ofStatus(int status) const
{
    if (status == 401) {
        return {401, "UNAUTHENTICATED", "Request had invalid authentication credentials.", {}, {}};
    }
    const StatusWords *found = &kStatuses[5];
    for (const StatusWords &words : kStatuses) {
        found = words.status == status ? &words : found;
    }
    return {status, found->type, found->message, {}, {}};
}

std::string GeminiDialect::writeError(const ApiError &error, const std::string &) const
{
    Json details = Json::array();
    if (error.code) {
        details.push_back({{"@type", "type.googleapis.com/google.rpc.ErrorInfo"},
                           {"reason", *error.code},
                           {"domain", "googleapis.com"}});
    }
    if (!error.retryDelay.empty()) {
        details.push_back({{"@type", "type.googleapis.com/google.rpc.RetryInfo"},
                           {"retryDelay", error.retryDelay}});
    }
    Json json{{"code", error.status}, {"message", error.message}, {"status", error.type}};
    if (!details.empty()) {
        json["details"] = details;
    }
    return Json{{"error", json}}.dump(2) + "\n";
}

std::string GeminiDialect::errorEvent(const std::string &) const
{
    return "data: "
           + toText({{"error",
                      {{"code", 503},
                       {"message", "The model is overloaded. Please try again later."},
                       {"status", "UNAVAILABLE"}}}})
           + "\r\n\r\n";
}

} // namespace

const Dialect &geminiDialect()
{
    static const GeminiDialect kDialect;
    return kDialect;
}

} // namespace signalbox::simulator
