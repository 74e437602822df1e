// SPDX-License-Identifier: Apache-2.0
// Answers in Anthropic's Messages format, whole or streamed.
#pragma once

#include "core/providers/anthropic_details.h"
#include "core/providers/anthropic_piece.h"
#include "core/providers/framed_decoder.h"
#include "core/providers/json_reader.h"
#include "core/providers/usage_reader.h"

namespace signalbox::providers {

class AnthropicDecoder final : public FramedDecoder
{
public:
    void passOn(bool stream) override { (stream ? m_passesEvents : m_passesDocument) = true; }

protected:
    void onEvent(const http::SseEvent &event) override;
    void onDocument(std::string_view body) override;
    void onStreamOver() override;

private:
    /// A content block that is open, or was.
    struct Block
    {
        std::int64_t index = 0;
        int call = -1; ///< which tool call it is; -1 for text and thinking
        bool hasArguments = false;
        std::string input = {}; ///< of a call whose input came whole at its start
    };
    struct Reading; ///< one event or document while it is read

    void readMember(std::string_view name, JsonValue &value, Reading &reading);
    void readMessage(JsonValue &value, Reading &reading);
    void readContent(JsonValue &value, Reading &reading);
    void onRead(Reading &reading, std::string_view json);
    void onMessageStart(Reading &reading);
    void onBlockStart(Reading &reading);
    void onBlockDelta(Reading &reading);
    void onBlockStop(const Reading &reading);
    void onMessageDelta(const Reading &reading);
    void keepThinking(std::int64_t block, const AnthropicPiece &piece);
    void emitDelta(ChoiceDelta delta);
    void passOnWhatIsLeft();
    [[nodiscard]] Block *block(std::int64_t index);
    [[nodiscard]] ChatChunk chunk();

    std::string m_id;
    std::string m_model;
    bool m_started = false;
    AnthropicUsage m_usage;
    std::vector<Block> m_blocks;
    AnthropicDetails m_details;
    int m_calls = 0;
    bool m_passesEvents = false;
    bool m_passesDocument = false;
    std::string m_source; ///< the event that is read, until a chunk takes it
};

} // namespace signalbox::providers
