// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/reasoning_store.h"

#include <utility>

namespace signalbox::gateway {
namespace {

std::size_t bytesOf(const providers::KeptReasoning &reasoning)
{
    return reasoning.text.size() + reasoning.detailsJson.size();
}

} // namespace

void ReasoningSeen::add(const ChatChunk &chunk)
{
    for (const ChoiceDelta &choice : chunk.choices) {
        if (choice.index != 0) {
            continue;
        }
        if (choice.reasoning && m_reasoning.text.size() <= ReasoningStore::kEntryBytesMax) {
            m_reasoning.text += *choice.reasoning;
        }
        if (!choice.reasoningDetailsJson.empty()) {
            m_reasoning.detailsJson = choice.reasoningDetailsJson;
        }
        for (const ToolCallDelta &call : choice.toolCalls) {
            if (m_callId.empty()) {
                m_callId = call.id;
            }
        }
    }
}

void ReasoningStore::keep(std::string_view client, ProviderKind kind, ReasoningSeen &&seen)
{
    providers::KeptReasoning &reasoning = seen.m_reasoning;
    (kind == ProviderKind::DeepSeek ? reasoning.detailsJson : reasoning.text).clear();
    if (seen.m_callId.empty() || reasoning.isEmpty() || bytesOf(reasoning) > kEntryBytesMax) {
        return;
    }
    Key key(client, kind, std::move(seen.m_callId));
    const auto [entry, isNew] = m_entries.try_emplace(key);
    m_bytes -= bytesOf(entry->second);
    entry->second = std::move(reasoning);
    m_bytes += bytesOf(entry->second);
    if (isNew) {
        m_order.push_back(std::move(key));
    }
    while (m_order.size() > kEntriesMax || m_bytes > kBytesMax) {
        dropOldest();
    }
}

const providers::KeptReasoning *ReasoningStore::find(std::string_view client,
                                                     ProviderKind kind,
                                                     std::string_view callId) const
{
    const auto found = m_entries.find(Key(client, kind, callId));
    return found == m_entries.end() ? nullptr : &found->second;
}

std::optional<ChatRequest> ReasoningStore::remind(const ChatRequest &request,
                                                  std::string_view client,
                                                  ProviderKind kind) const
{
    if (!providers::wantsReasoningBack(kind)) {
        return std::nullopt;
    }
    return providers::withReasoning(request, [&](std::string_view callId) {
        return find(client, kind, callId);
    });
}

void ReasoningStore::dropOldest()
{
    const auto oldest = m_entries.find(m_order.front());
    m_bytes -= bytesOf(oldest->second);
    m_entries.erase(oldest);
    m_order.pop_front();
}

} // namespace signalbox::gateway
