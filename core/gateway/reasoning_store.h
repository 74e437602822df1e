// SPDX-License-Identifier: Apache-2.0
// Keeps the reasoning of answers with tool calls, for clients that send the calls back without it.
#pragma once

#include "core/domain/chat_event.h"
#include "core/providers/kept_reasoning.h"

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

namespace signalbox::gateway {

/// Gathers from one answer what is worth keeping.
class ReasoningSeen
{
public:
    void add(const ChatChunk &chunk);

private:
    friend class ReasoningStore;

    providers::KeptReasoning m_reasoning;
    std::string m_callId; ///< the first one's
};

/// In memory only, and bounded: what is oldest goes first. A client gets back only what it was
/// answered itself, and a provider only what came from its kind.
class ReasoningStore
{
public:
    static constexpr std::size_t kEntriesMax = 4096;
    static constexpr std::size_t kBytesMax = std::size_t{32} << 20;
    /// More of one answer is not kept: thinking in tool loops has some ten thousand bytes.
    static constexpr std::size_t kEntryBytesMax = std::size_t{1} << 20;

    void keep(std::string_view client, ProviderKind kind, ReasoningSeen &&seen);
    /// Null when nothing is known. Valid until the next keep().
    [[nodiscard]] const providers::KeptReasoning *find(std::string_view client,
                                                       ProviderKind kind,
                                                       std::string_view callId) const;
    /// \p request as a provider of \p kind is to get it, with what is known and was left out; nothing:
    /// as it is.
    [[nodiscard]] std::optional<ChatRequest> remind(const ChatRequest &request,
                                                    std::string_view client,
                                                    ProviderKind kind) const;

private:
    using Key = std::tuple<std::string, ProviderKind, std::string>; ///< client, kind, first call

    void dropOldest();

    std::map<Key, providers::KeptReasoning> m_entries;
    std::deque<Key> m_order;
    std::size_t m_bytes = 0;
};

} // namespace signalbox::gateway
