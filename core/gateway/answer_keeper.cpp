// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/answer_keeper.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {
namespace {

bool isGood(const ChoiceDelta &choice)
{
    const bool finished = choice.finish == FinishReason::Stop
                          || choice.finish == FinishReason::Length;
    const bool refused = choice.refusal && !choice.refusal->empty();
    return finished && !refused && choice.toolCalls.empty() && choice.content
           && !choice.content->empty();
}

} // namespace

void AnswerKeeper::add(const ChatChunk &chunk)
{
    if (m_bytes > m_bytesMax || m_bytesMax == 0) {
        return;
    }
    for (const ChoiceDelta &choice : chunk.choices) {
        m_bytes += choice.content.value_or("").size() + choice.reasoning.value_or("").size()
                   + choice.refusal.value_or("").size() + choice.logprobsJson.size()
                   + choice.reasoningDetailsJson.size();
        for (const ToolCallDelta &call : choice.toolCalls) {
            m_bytes += call.arguments.size();
        }
    }
    if (m_bytes > m_bytesMax) {
        m_answer = {};
        return;
    }
    m_answer.add(chunk);
}

void AnswerKeeper::restart()
{
    m_bytes = 0;
    m_answer = {};
}

std::optional<ChatChunk> AnswerKeeper::take(int choices)
{
    if (m_bytes > m_bytesMax || m_bytesMax == 0) {
        return std::nullopt;
    }
    ChatChunk whole = m_answer.whole();
    const bool good = whole.choices.size() == static_cast<std::size_t>(std::max(1, choices))
                      && std::ranges::all_of(whole.choices, isGood);
    return good ? std::optional(std::move(whole)) : std::nullopt;
}

} // namespace signalbox::gateway
