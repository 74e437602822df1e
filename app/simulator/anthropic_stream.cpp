// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/anthropic_json.h"

namespace signalbox::simulator {

namespace {

class AnthropicStream final : public StreamWriter
{
public:
    explicit AnthropicStream(Answer answer)
        : m_answer(std::move(answer))
    {}

    std::string opening() const override
    {
        Json message = anthropicMessage(m_answer, Json::array());
        message["usage"] = anthropicUsage(m_answer, 1);
        Json block{{"type", "text"}, {"text", ""}};
        if (m_answer.toolName) {
            block = {{"type", "tool_use"},
                     {"id", m_answer.toolId},
                     {"name", *m_answer.toolName},
                     {"input", Json::object()}};
        }
        return event({{"type", "message_start"}, {"message", message}}, 0)
               + event({{"type", "content_block_start"}, {"index", 0}, {"content_block", block}}, 1)
               + "event: ping\ndata: {\"type\": \"ping\"}\n\n";
    }

    /// A tool without arguments still has one, empty, piece.
    std::size_t pieceCount() const override
    {
        const bool bare = m_answer.toolName.has_value() && m_answer.pieces.empty();
        return bare ? 1 : m_answer.pieces.size();
    }

    std::string piece(std::size_t index) const override
    {
        const std::string text = m_answer.pieces.empty() ? "" : m_answer.pieces[index];
        const Json delta = m_answer.toolName
                               ? Json{{"type", "input_json_delta"}, {"partial_json", text}}
                               : Json{{"type", "text_delta"}, {"text", text}};
        return event({{"type", "content_block_delta"}, {"index", 0}, {"delta", delta}}, index + 2);
    }

    std::string closing() const override
    {
        const std::size_t number = pieceCount() + 2;
        const Json usage{{"input_tokens", m_answer.promptTokens - m_answer.cachedTokens},
                         {"cache_creation_input_tokens", 0},
                         {"cache_read_input_tokens", m_answer.cachedTokens},
                         {"output_tokens", m_answer.completionTokens()}};
        const Json delta{{"stop_reason", anthropicStop(m_answer)},
                         {"stop_sequence", nullptr},
                         {"stop_details", nullptr}};
        return event({{"type", "content_block_stop"}, {"index", 0}}, number)
               + event({{"type", "message_delta"}, {"delta", delta}, {"usage", usage}}, number + 1)
               + event({{"type", "message_stop"}}, number + 2);
    }

private:
    /// The event with random blanks before its last brace, as the API pads them.
    [[nodiscard]] std::string event(const Json &json, std::size_t number) const
    {
        std::string text = toText(json);
        Random random(m_answer.paddingSeed + number);
        text.insert(text.size() - 1, random.below(16), ' ');
        return "event: " + json.at("type").get<std::string>() + "\ndata: " + text + "\n\n";
    }

    Answer m_answer;
};

} // namespace

std::string anthropicStop(const Answer &answer)
{
    if (answer.cutByLimit) {
        return "max_tokens";
    }
    return answer.toolName ? "tool_use" : "end_turn";
}

Json anthropicUsage(const Answer &answer, std::int64_t outputTokens)
{
    return {{"input_tokens", answer.promptTokens - answer.cachedTokens},
            {"cache_creation_input_tokens", 0},
            {"cache_read_input_tokens", answer.cachedTokens},
            {"cache_creation",
             {{"ephemeral_5m_input_tokens", 0}, {"ephemeral_1h_input_tokens", 0}}},
            {"output_tokens", outputTokens},
            {"service_tier", "standard"},
            {"inference_geo", "not_available"}};
}

Json anthropicMessage(const Answer &answer, const Json &content)
{
    Json message{{"model", answer.model},
                 {"id", answer.id},
                 {"type", "message"},
                 {"role", "assistant"}};
    message["content"] = content;
    message["stop_reason"] = nullptr;
    message["stop_sequence"] = nullptr;
    message["stop_details"] = nullptr;
    return message;
}

std::shared_ptr<const StreamWriter> anthropicStream(Answer answer)
{
    return std::make_shared<AnthropicStream>(std::move(answer));
}

ApiError anthropicErrorOf(int status)
{
    switch (status) {
    case 400:
    case 422:
        return {status, "invalid_request_error", "The request is invalid.", {}, {}};
    case 401:
        return anthropicDialect().wrongKey(true);
    case 402:
        return {402, "billing_error", "Your account has a billing problem.", {}, {}};
    case 403:
        return {403,
                "permission_error",
                "Your API key does not have permission to use the specified resource.",
                {},
                {}};
    case 404:
        return anthropicDialect().unknownModel("unknown");
    case 413:
        return {413, "request_too_large", "Request exceeds the maximum size", {}, {}};
    case 429:
        return anthropicDialect().overTheLimit("", LimitKind::Requests, 1, false);
    case 504:
        return {504, "timeout_error", "Request timed out", {}, {}};
    case 529:
        return {529, "overloaded_error", "Overloaded", {}, {}};
    default:
        return {status, "api_error", "Internal server error", {}, {}};
    }
}

} // namespace signalbox::simulator
