// SPDX-License-Identifier: Apache-2.0
// A conversation as Anthropic's format has it, and its JSON.
#pragma once

#include "core/base/json_writer.h"
#include "core/domain/chat_request.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::providers {

/// One content block. Views look into the request.
struct AnthropicBlock
{
    enum class Kind : std::uint8_t {
        Text,
        Image,
        Thinking, ///< left out where the answer shall be given without thinking
        ToolUse,
        ToolResult,
    };
    Kind kind = Kind::Text;
    std::string_view text; ///< of a text; of a tool's input: its JSON
    std::string_view cacheControl = {}; ///< of a text; raw, empty when absent
    std::string json = {}; ///< of an image or a thinking block: the whole block
    std::string id = {}; ///< of a tool use or a result, as Anthropic takes it
    std::string_view name = {}; ///< of the tool used
    std::vector<AnthropicBlock> content = {}; ///< of a result
};

struct AnthropicTurn
{
    Role role = Role::User;
    std::vector<AnthropicBlock> results; ///< stand before all else
    std::vector<AnthropicBlock> blocks;

    [[nodiscard]] bool uses(AnthropicBlock::Kind kind) const;
};

/// Begins with a user's turn; turns alternate; every tool use is answered once in the turn after it.
struct AnthropicConversation
{
    std::vector<AnthropicBlock> system;
    std::vector<AnthropicTurn> turns;

    [[nodiscard]] bool hasToolUse() const;
    [[nodiscard]] bool endsWithAssistant() const;
    /// A tool use since the user's last own words came without the thinking that led to it: such a
    /// conversation is refused while thinking by a budget is on.
    [[nodiscard]] bool lacksThinking() const;
};

/// Writes `system`, if any, and `messages`. \p thinking: with the thinking of earlier answers.
void writeConversation(JsonWriter &json, const AnthropicConversation &conversation, bool thinking);

} // namespace signalbox::providers
