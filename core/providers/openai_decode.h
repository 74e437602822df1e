// SPDX-License-Identifier: Apache-2.0
// Answers in OpenAI's format, whole or streamed, with the liberties their senders take.
#pragma once

#include "core/providers/framed_decoder.h"
#include "core/providers/json_reader.h"
#include "core/providers/reasoning_pieces.h"

namespace signalbox::providers {

class OpenAiDecoder final : public FramedDecoder
{
public:
    explicit OpenAiDecoder(ProviderKind kind)
        : m_kind(kind)
    {}

protected:
    void onEvent(const http::SseEvent &event) override;
    void onDocument(std::string_view body) override;
    void onStreamOver() override;

private:
    struct Call
    {
        std::optional<std::int64_t> upstreamIndex;
        std::string id;
        bool named = false;
    };
    struct Choice
    {
        int index = 0;
        bool finished = false;
        std::vector<Call> calls;
        ReasoningPieces reasoning;
    };
    struct Reading; ///< one object while it is read

    [[nodiscard]] bool read(std::string_view json, Reading &reading);
    void readMember(std::string_view name, JsonValue &value, Reading &reading);
    void readChoice(JsonValue &value, Reading &reading);
    void readFinish(std::string_view reason, ChoiceDelta &delta, Reading &reading);
    void keepIdentities(ChatChunk &chunk);
    static void gatherReasoning(Choice &choice, ChoiceDelta &delta);
    /// \p answer is the id of the whole.
    static void keepIdentity(Choice &choice, ToolCallDelta &delta, const std::string &answer);
    Choice &choice(int index);
    void failTold(std::string_view json, Reading &reading, OutcomeClass otherwise);

    ProviderKind m_kind;
    bool m_isWhole = false; ///< not streamed
    std::vector<Choice> m_choices;
};

} // namespace signalbox::providers
