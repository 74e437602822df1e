// SPDX-License-Identifier: Apache-2.0
// Puts together what a client is answered, for others to get the same.
#pragma once

#include "core/domain/chat_event.h"
#include "core/providers/chat_accumulator.h"

#include <cstddef>
#include <optional>

namespace signalbox::gateway {

class AnswerKeeper
{
public:
    /// Of an answer of more than \p bytesMax nothing is kept; 0: of none.
    explicit AnswerKeeper(std::size_t bytesMax)
        : m_bytesMax(bytesMax)
    {}

    void add(const ChatChunk &chunk);
    /// Another call answers, from the beginning.
    void restart();
    /// The answer, where it is one to give again: complete, made of words alone, with \p choices of
    /// them, and nothing that its provider held back.
    [[nodiscard]] std::optional<ChatChunk> take(int choices);

private:
    std::size_t m_bytesMax;
    std::size_t m_bytes = 0;
    providers::ChatAccumulator m_answer;
};

} // namespace signalbox::gateway
