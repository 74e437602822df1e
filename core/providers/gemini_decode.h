// SPDX-License-Identifier: Apache-2.0
// Answers of Gemini's generateContent, whole or streamed.
#pragma once

#include "core/providers/framed_decoder.h"
#include "core/providers/gemini_candidate.h"
#include "core/providers/gemini_details.h"

namespace signalbox::providers {

/// Also takes a stream that came as one JSON array, as Gemini sends it without `alt=sse`.
class GeminiDecoder final : public FramedDecoder
{
protected:
    void onEvent(const http::SseEvent &event) override;
    void onDocument(std::string_view body) override;
    void onStreamOver() override;

private:
    struct Choice
    {
        int index = 0;
        bool finished = false;
        bool hasContent = false;
        int calls = 0;
        std::string thoughts = {}; ///< since the last signature, for the next
        GeminiDetails details = {};
    };
    struct Reading; ///< one response object

    [[nodiscard]] bool read(std::string_view json, Reading &reading);
    void take(Reading &reading, OutcomeClass otherwise);
    [[nodiscard]] ChoiceDelta deltaOf(GeminiCandidate &candidate);
    void addPart(GeminiPart &part, Choice &choice, ChoiceDelta &delta);
    [[nodiscard]] std::string callId(const GeminiPart &part);
    void endChoice(const GeminiCandidate &candidate, Choice &choice, ChoiceDelta &delta);
    [[nodiscard]] Choice &choice(int index);
    [[nodiscard]] bool isComplete() const;

    std::vector<Choice> m_choices;
    std::string m_id; ///< of the answer, or made of its first bytes
    std::size_t m_callsInAll = 0;
    bool m_isWhole = false; ///< not streamed: a candidate without a reason to end has ended
    std::optional<ChatFailure> m_failure; ///< told by a finish reason
};

} // namespace signalbox::providers
