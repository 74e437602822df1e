// SPDX-License-Identifier: Apache-2.0
// The `input` of an OpenAI Responses request translated into the chat form.
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

/// Marks `encrypted_content` of ours: behind it stand `reasoning_details` of the provider's format.
inline constexpr std::string_view kReasoningDetails = "signalbox:";

class ResponsesInput
{
public:
    explicit ResponsesInput(FaultKeeper &faults)
        : m_faults(faults)
    {}

    /// Reads `instructions`: what stands before all messages.
    void readInstructions(JsonValue &value);
    /// Reads `input`: a text or a list of items.
    void read(JsonValue &value);

    /// `messages` of the chat form, raw. To be called once, when all is read.
    [[nodiscard]] std::string chat();
    /// Which message of chat() gets which `reasoning_details`, raw.
    [[nodiscard]] const std::vector<std::pair<std::size_t, std::string>> &details() const
    {
        return m_details;
    }

private:
    struct Item;

    void readItem(JsonValue &value, const std::string &path);
    void readContent(JsonValue &value, const std::string &path, Item &item);
    void readPart(JsonValue &value, const std::string &path, Item &item);
    void addItem(Item &item, const std::string &path);
    void addMessage(Item &item, const std::string &path);
    void addCall(const Item &item, const std::string &path);
    void addResult(Item &item, const std::string &path);
    void addReasoning(const Item &item);
    void endAnswer();
    void endResults();
    void push(std::string_view role, const std::string &text);

    FaultKeeper &m_faults;
    std::string m_instructions;
    std::vector<std::string> m_messages; ///< raw
    std::vector<std::pair<std::size_t, std::string>> m_details;
    std::unordered_set<std::string> m_called;
    bool m_answering = false; ///< items of one answer of the assistant are gathered
    std::string m_text; ///< of it
    std::vector<std::string> m_calls; ///< of it, raw
    std::string m_reasoning; ///< of it: details, raw
    std::vector<std::string> m_images; ///< of results, for the user's message after them
};

} // namespace signalbox::providers
