// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/openai_json.h"
#include "app/simulator/wire_time.h"

namespace signalbox::simulator {

namespace {

class OpenAiStream final : public StreamWriter
{
public:
    explicit OpenAiStream(Answer answer)
        : m_answer(std::move(answer))
    {}

    std::string opening() const override
    {
        Json delta{{"role", "assistant"}, {"content", ""}, {"refusal", nullptr}};
        if (!m_answer.toolName) {
            return chunk(delta, nullptr, 0);
        }
        delta = {{"role", "assistant"},
                 {"content", nullptr},
                 {"tool_calls",
                  Json::array({{{"index", 0},
                                {"id", m_answer.toolId},
                                {"type", "function"},
                                {"function", {{"name", *m_answer.toolName}, {"arguments", ""}}}}})},
                 {"refusal", nullptr}};
        return chunk(delta, nullptr, 0);
    }

    std::size_t pieceCount() const override { return m_answer.pieces.size(); }

    std::string piece(std::size_t index) const override
    {
        const std::string &text = m_answer.pieces[index];
        if (!m_answer.toolName) {
            return chunk({{"content", text}}, nullptr, index + 1);
        }
        Json delta = Json::object();
        delta["tool_calls"] = Json::array({{{"index", 0}, {"function", {{"arguments", text}}}}});
        return chunk(delta, nullptr, index + 1);
    }

    std::string closing() const override
    {
        std::string text = chunk(Json::object(), openAiFinish(m_answer), pieceCount() + 1);
        if (m_answer.includeUsage) {
            Json usage = head();
            usage["choices"] = Json::array();
            usage["usage"] = openAiUsage(m_answer);
            text += event(usage, pieceCount() + 2);
        }
        return text + "data: [DONE]\n\n";
    }

private:
    [[nodiscard]] Json head() const
    {
        return {{"id", m_answer.id},
                {"object", "chat.completion.chunk"},
                {"created", unixSeconds(m_answer.created)},
                {"model", m_answer.model},
                {"service_tier", "default"},
                {"system_fingerprint", nullptr}};
    }

    [[nodiscard]] std::string chunk(const Json &delta, const Json &finish, std::size_t number) const
    {
        Json json = head();
        Json choice = Json::object();
        choice["index"] = 0;
        choice["delta"] = delta;
        choice["logprobs"] = nullptr;
        choice["finish_reason"] = finish;
        json["choices"] = Json::array({choice});
        if (m_answer.includeUsage) {
            json["usage"] = nullptr;
        }
        return event(json, number);
    }

    [[nodiscard]] std::string event(Json &json, std::size_t number) const
    {
        if (m_answer.padding) {
            Random random(m_answer.paddingSeed + number);
            json["obfuscation"] = drawId("", 1 + random.below(16), random);
        }
        return "data: " + toText(json) + "\n\n";
    }

    Answer m_answer;
};

} // namespace

std::string openAiFinish(const Answer &answer)
{
    if (answer.cutByLimit) {
        return "length";
    }
    return answer.toolName ? "tool_calls" : "stop";
}

Json openAiUsage(const Answer &answer)
{
    return {{"prompt_tokens", answer.promptTokens},
            {"completion_tokens", answer.completionTokens()},
            {"total_tokens", answer.promptTokens + answer.completionTokens()},
            {"prompt_tokens_details",
             {{"cached_tokens", answer.cachedTokens}, {"audio_tokens", 0}}},
            {"completion_tokens_details",
             {{"reasoning_tokens", 0},
              {"audio_tokens", 0},
              {"accepted_prediction_tokens", 0},
              {"rejected_prediction_tokens", 0}}}};
}

std::shared_ptr<const StreamWriter> openAiStream(Answer answer)
{
    return std::make_shared<OpenAiStream>(std::move(answer));
}

ApiError openAiErrorOf(int status)
{
    switch (status) {
    case 400:
        return {400, "invalid_request_error", "The request is invalid.", {}, {}};
    case 401:
        return openAiDialect().wrongKey(true);
    case 402:
        return {402, "billing_error", "Insufficient Balance", {}, "invalid_request_error"};
    case 403:
        return {403,
                "invalid_request_error",
                "You are not allowed to do this.",
                {},
                "unsupported_country_region_territory"};
    case 404:
        return openAiDialect().unknownModel("unknown");
    case 413:
        return {413,
                "invalid_request_error",
                "Request body is too large.",
                {},
                "request_too_large"};
    case 422:
        return {422, "invalid_request_error", "The request could not be processed.", {}, {}};
    case 429:
        return openAiDialect().overTheLimit("", LimitKind::Requests, 1, false);
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
