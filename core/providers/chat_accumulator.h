// SPDX-License-Identifier: Apache-2.0
// A stream put together again: for clients who wanted one answer, and for what was said so far.
#pragma once

#include "core/domain/chat_event.h"

#include <string>
#include <vector>

namespace signalbox::providers {

class ChatAccumulator
{
public:
    void add(const ChatChunk &chunk);

    /// Everything added so far as one chunk, choices and tool calls in the order of their indices.
    [[nodiscard]] ChatChunk whole() const;
    [[nodiscard]] const std::optional<Usage> &usage() const { return m_whole.usage; }

private:
    /// The lists of a logprobs object, their elements as written and joined by commas.
    struct Logprobs
    {
        int choice = 0;
        std::string content;
        std::string refusal;
    };

    void addDelta(const ChoiceDelta &delta);
    void addLogprobs(const ChoiceDelta &delta);

    ChatChunk m_whole;
    std::vector<Logprobs> m_logprobs;
};

} // namespace signalbox::providers
