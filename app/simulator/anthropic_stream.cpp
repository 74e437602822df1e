// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/anthropic_json.h"
#include "app/simulator/anthropic_rules.h"

namespace signalbox::simulator {

namespace {

/// A tool without arguments still has one, empty, piece.
std::vector<std::string> atLeastOne(std::vector<std::string> pieces)
{
    if (pieces.empty()) {
        pieces.emplace_back();
    }
    return pieces;
}

AnthropicBlock toolBlock(const std::string &id,
                         const std::string &name,
                         const std::vector<std::string> &pieces)
{
    return {{{"type", "tool_use"}, {"id", id}, {"name", name}, {"input", Json::object()}},
            "input_json_delta",
            "partial_json",
            atLeastOne(pieces)};
}

class AnthropicStream final : public StreamWriter
{
public:
    explicit AnthropicStream(Answer answer)
        : m_answer(std::move(answer))
        , m_blocks(anthropicBlocks(m_answer))
    {}

    std::string opening() const override
    {
        Json message = anthropicMessage(m_answer, Json::array());
        message["usage"] = anthropicUsage(m_answer, 1);
        return event({{"type", "message_start"}, {"message", message}}, 0) + start(0, 1)
               + "event: ping\ndata: {\"type\": \"ping\"}\n\n";
    }

    std::size_t pieceCount() const override
    {
        std::size_t count = 0;
        for (const AnthropicBlock &block : m_blocks) {
            count += block.pieces.size();
        }
        return count;
    }

    std::string piece(std::size_t index) const override
    {
        std::size_t block = 0;
        std::size_t at = index;
        while (at >= m_blocks[block].pieces.size()) {
            at -= m_blocks[block++].pieces.size();
        }
        const AnthropicBlock &shown = m_blocks[block];
        const std::size_t number = 2 + index * kEventsPerPiece;
        Json delta{{"type", shown.deltaType}};
        delta[shown.deltaKey] = shown.pieces[at];
        std::string text = at == 0 && block > 0 ? start(block, number) : "";
        text += event({{"type", "content_block_delta"}, {"index", block}, {"delta", delta}},
                      number + 1);
        const bool last = at + 1 == shown.pieces.size();
        return last ? text + stop(block, number + 2) : text;
    }

    std::string closing() const override
    {
        const std::size_t number = 2 + pieceCount() * kEventsPerPiece;
        Json usage{{"input_tokens", m_answer.promptTokens - m_answer.cachedTokens},
                   {"cache_creation_input_tokens", 0},
                   {"cache_read_input_tokens", m_answer.cachedTokens},
                   {"output_tokens", m_answer.completionTokens()}};
        if (!m_answer.thinking.empty()) {
            usage["output_tokens_details"] = {{"thinking_tokens", m_answer.thinking.size()}};
        }
        const Json delta{{"stop_reason", anthropicStop(m_answer)},
                         {"stop_sequence", nullptr},
                         {"stop_details", nullptr}};
        return event({{"type", "message_delta"}, {"delta", delta}, {"usage", usage}}, number)
               + event({{"type", "message_stop"}}, number + 1);
    }

private:
    static constexpr std::size_t kEventsPerPiece = 4;

    [[nodiscard]] std::string start(std::size_t block, std::size_t number) const
    {
        return event({{"type", "content_block_start"},
                      {"index", block},
                      {"content_block", m_blocks[block].start}},
                     number);
    }

    /// Thinking is signed before its block ends.
    [[nodiscard]] std::string stop(std::size_t block, std::size_t number) const
    {
        const Json whole = m_blocks[block].whole();
        std::string text;
        if (whole.contains("signature")) {
            const Json delta{{"type", "signature_delta"}, {"signature", whole["signature"]}};
            text = event({{"type", "content_block_delta"}, {"index", block}, {"delta", delta}},
                         number);
        }
        return text + event({{"type", "content_block_stop"}, {"index", block}}, number + 1);
    }

    /// The event with random blanks before its last brace, as the API pads them.
    [[nodiscard]] std::string event(const Json &json, std::size_t number) const
    {
        std::string text = toText(json);
        Random random(m_answer.paddingSeed + number);
        text.insert(text.size() - 1, random.below(16), ' ');
        return "event: " + json.at("type").get<std::string>() + "\ndata: " + text + "\n\n";
    }

    Answer m_answer;
    std::vector<AnthropicBlock> m_blocks;
};

} // namespace

Json AnthropicBlock::whole() const
{
    std::string joined;
    for (const std::string &piece : pieces) {
        joined += piece;
    }
    Json block = start;
    if (deltaKey == "partial_json") {
        block["input"] = parseJson(joined).value_or(Json::object());
        return block;
    }
    block[deltaKey] = joined;
    if (deltaKey == "thinking") {
        block["signature"] = signatureOf(joined);
    }
    return block;
}

std::vector<AnthropicBlock> anthropicBlocks(const Answer &answer)
{
    std::vector<AnthropicBlock> blocks;
    if (!answer.thinking.empty()) {
        blocks.push_back({{{"type", "thinking"}, {"thinking", ""}, {"signature", ""}},
                          "thinking_delta",
                          "thinking",
                          answer.thinking});
    }
    if (answer.toolName) {
        blocks.push_back(toolBlock(answer.toolId, *answer.toolName, answer.pieces));
    } else {
        blocks.push_back(
            {{{"type", "text"}, {"text", ""}}, "text_delta", "text", atLeastOne(answer.pieces)});
    }
    for (const PlannedCall &call : answer.moreCalls) {
        blocks.push_back(toolBlock(call.id, call.name, call.pieces));
    }
    return blocks;
}

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
