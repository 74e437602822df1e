// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_blocks.h"

#include <algorithm>

namespace signalbox::providers {
namespace {

using Kind = AnthropicBlock::Kind;

void writeBlock(JsonWriter &json, const AnthropicBlock &block);

void writeText(JsonWriter &json, const AnthropicBlock &block)
{
    json.beginObject().key("type").string("text").key("text").string(block.text);
    if (!block.cacheControl.empty()) {
        json.key("cache_control").raw(block.cacheControl);
    }
    json.endObject();
}

void writeResult(JsonWriter &json, const AnthropicBlock &block)
{
    json.beginObject().key("type").string("tool_result").key("tool_use_id").string(block.id);
    if (!block.content.empty()) {
        json.key("content").beginArray();
        for (const AnthropicBlock &part : block.content) {
            writeBlock(json, part);
        }
        json.endArray();
    }
    json.endObject();
}

void writeBlock(JsonWriter &json, const AnthropicBlock &block)
{
    switch (block.kind) {
    case Kind::Text:
        writeText(json, block);
        return;
    case Kind::Image:
    case Kind::Thinking:
        json.raw(block.json);
        return;
    case Kind::ToolUse:
        json.beginObject().key("type").string("tool_use").key("id").string(block.id);
        json.key("name").string(block.name).key("input").raw(block.text).endObject();
        return;
    case Kind::ToolResult:
        writeResult(json, block);
        return;
    }
}

} // namespace

bool AnthropicTurn::uses(AnthropicBlock::Kind kind) const
{
    return std::ranges::find(blocks, kind, &AnthropicBlock::kind) != blocks.end();
}

bool AnthropicConversation::hasToolUse() const
{
    return std::ranges::any_of(turns,
                               [](const AnthropicTurn &turn) { return turn.uses(Kind::ToolUse); });
}

bool AnthropicConversation::endsWithAssistant() const
{
    return !turns.empty() && turns.back().role == Role::Assistant;
}

bool AnthropicConversation::lacksThinking() const
{
    for (auto turn = turns.rbegin(); turn != turns.rend(); ++turn) {
        if (turn->role == Role::User && turn->results.empty()) {
            return false;
        }
        if (turn->uses(Kind::ToolUse) && turn->blocks.front().kind != Kind::Thinking) {
            return true;
        }
    }
    return false;
}

void writeConversation(JsonWriter &json, const AnthropicConversation &conversation, bool thinking)
{
    if (!conversation.system.empty()) {
        json.key("system").beginArray();
        for (const AnthropicBlock &block : conversation.system) {
            writeBlock(json, block);
        }
        json.endArray();
    }
    json.key("messages").beginArray();
    for (const AnthropicTurn &turn : conversation.turns) {
        json.beginObject().key("role").string(toString(turn.role)).key("content").beginArray();
        for (const AnthropicBlock &block : turn.results) {
            writeBlock(json, block);
        }
        for (const AnthropicBlock &block : turn.blocks) {
            if (thinking || block.kind != Kind::Thinking) {
                writeBlock(json, block);
            }
        }
        json.endArray().endObject();
    }
    json.endArray();
}

} // namespace signalbox::providers
