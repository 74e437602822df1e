// SPDX-License-Identifier: Apache-2.0
// The conversation of an Anthropic Messages request translated into the chat form.
#pragma once

#include "core/base/json_writer.h"
#include "core/providers/json_reader.h"
#include "core/providers/request_fault.h"

#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace signalbox::providers {

struct MessagesBlock;

class MessagesTurns
{
public:
    MessagesTurns(FaultKeeper &faults, std::set<std::string> &untold)
        : m_faults(faults)
        , m_untold(untold)
    {}

    /// Reads `system`: a string or text blocks.
    void readSystem(JsonValue &value);
    /// Reads `messages`, a list that is not empty.
    void readMessages(JsonValue &value);

    /// `messages` of the chat form, raw, the system text first.
    [[nodiscard]] std::string chat() const;
    /// `messages` as Anthropic takes them: as they were, but for the thinking of others.
    [[nodiscard]] const std::string &native() const { return m_native; }
    /// The thinking of earlier answers: which message of chat() it belongs to, and its
    /// `reasoning_details`, raw.
    [[nodiscard]] std::vector<std::pair<std::size_t, std::string>> details() const;

private:
    void readMessage(JsonValue &value, const std::string &path);
    void addUser(const std::vector<MessagesBlock> &blocks, const std::string &path);
    void addResult(const MessagesBlock &block, const std::string &path);
    void addAssistant(const std::vector<MessagesBlock> &blocks);
    void addNative(std::string_view role,
                   std::string_view raw,
                   const std::vector<MessagesBlock> &blocks);

    FaultKeeper &m_faults;
    std::set<std::string> &m_untold;
    std::string m_system;
    std::vector<std::string> m_messages; ///< of the chat form, raw, without the system's
    std::vector<std::pair<std::size_t, std::string>> m_details; ///< by place in m_messages
    std::unordered_set<std::string> m_called; ///< ids of tool uses so far
    std::string m_native;
};

} // namespace signalbox::providers
