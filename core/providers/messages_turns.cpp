// SPDX-License-Identifier: Apache-2.0
#include "core/providers/messages_turns.h"

#include "core/providers/anthropic_thinking.h"
#include "core/providers/json_check.h"
#include "core/providers/messages_block.h"

#include <algorithm>

namespace signalbox::providers {
namespace {

using Kind = MessagesBlock::Kind;
using Blocks = std::vector<MessagesBlock>;

std::string joinedTexts(const Blocks &blocks, std::string_view between)
{
    std::string text;
    for (const MessagesBlock &block : blocks) {
        if (block.kind == Kind::Text && !block.text.empty()) {
            text.append(text.empty() ? "" : between).append(block.text);
        }
    }
    return text;
}

void writeImage(JsonWriter &json, const MessagesBlock &block)
{
    json.beginObject().key("type").string("image_url").key("image_url").beginObject();
    json.key("url").string(block.imageUrl).endObject().endObject();
}

void writeCall(JsonWriter &json, const MessagesBlock &block)
{
    json.beginObject().key("id").string(block.id).key("type").string("function");
    json.key("function").beginObject().key("name").string(block.name);
    json.key("arguments").string(block.input).endObject().endObject();
}

/// What another provider's answer left to be given back; empty if it is not what we wrote.
std::string_view foreignDetails(const MessagesBlock &block)
{
    if (block.kind != Kind::RedactedThinking || !block.isForeign()) {
        return {};
    }
    const std::string_view json = block.data.substr(kForeignThinking.size());
    return json.starts_with('[') && !checkJson(json) ? json : std::string_view();
}

/// The thinking in \p blocks as `reasoning_details`; empty without any that is signed.
std::string detailsOf(const Blocks &blocks)
{
    std::string out;
    JsonWriter json(out);
    bool any = false;
    json.beginArray();
    for (const MessagesBlock &block : blocks) {
        if (const std::string_view foreign = foreignDetails(block); !foreign.empty()) {
            return std::string(foreign); // of one answer, which one provider gave
        }
        const bool thinking = block.kind == Kind::Thinking || block.kind == Kind::RedactedThinking;
        if (!thinking || block.isForeign()) {
            continue;
        }
        any = true;
        json.beginObject();
        if (block.kind == Kind::Thinking) {
            json.key("type").string("reasoning.text").key("text").string(block.text);
            json.key("signature").string(block.signature);
        } else {
            json.key("type").string("reasoning.encrypted").key("data").string(block.data);
        }
        json.key("format").string(kAnthropicReasoning).endObject();
    }
    json.endArray();
    return any ? out : std::string();
}

} // namespace

void MessagesTurns::readSystem(JsonValue &value)
{
    const Blocks blocks = readMessagesContent(value, "system", m_faults, m_untold);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (blocks[i].kind != Kind::Text) {
            m_faults.note(memberPath(elementPath("system", i), "type"), "must be text");
        }
    }
    m_system = joinedTexts(blocks, "\n\n");
}

void MessagesTurns::readMessages(JsonValue &value)
{
    std::size_t index = 0;
    const bool array = forEachElement(value, [&](JsonValue &message) {
        readMessage(message, elementPath("messages", index++));
    });
    if (!array) {
        m_faults.note("messages", "must be an array");
    } else if (index == 0) {
        m_faults.note("messages", "must not be empty");
    }
    m_native = "[" + m_native + "]";
}

void MessagesTurns::readMessage(JsonValue &value, const std::string &path)
{
    const std::string_view raw = rawJson(value);
    std::string role;
    Blocks blocks;
    bool hasContent = false;
    const bool object = forEachMember(value, [&](std::string_view name, JsonValue &member) {
        if (name == "role") {
            role = stringOrEmpty(member);
        } else if (name == "content") {
            hasContent = true;
            blocks = readMessagesContent(member, memberPath(path, "content"), m_faults, m_untold);
        }
    });
    if (!object) {
        m_faults.note(path, "must be an object");
    } else if (role != "user" && role != "assistant") {
        m_faults.note(memberPath(path, "role"), "must be user or assistant");
    } else if (!hasContent) {
        m_faults.note(memberPath(path, "content"), "is missing");
    } else if (role == "user" && blocks.empty()) {
        m_faults.note(memberPath(path, "content"), "must not be empty");
    }
    if (m_faults.any()) {
        return;
    }
    role == "user" ? addUser(blocks, path) : addAssistant(blocks);
    addNative(role, raw, blocks);
}

void MessagesTurns::addUser(const Blocks &blocks, const std::string &path)
{
    std::string parts;
    JsonWriter json(parts);
    json.beginArray();
    bool onlyText = true;
    std::size_t count = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const MessagesBlock &block = blocks[i];
        if (block.kind == Kind::ToolResult) {
            addResult(block, elementPath(memberPath(path, "content"), i));
            for (const MessagesBlock &part : block.content) {
                if (part.kind == Kind::Image) { // the chat form has texts alone as results
                    writeImage(json, part);
                    onlyText = false;
                    ++count;
                }
            }
        } else if (block.kind == Kind::Image) {
            writeImage(json, block);
            onlyText = false;
            ++count;
        } else if (block.kind == Kind::Text) {
            json.beginObject().key("type").string("text").key("text").string(block.text);
            json.endObject();
            ++count;
        } else {
            m_faults.note(memberPath(elementPath(memberPath(path, "content"), i), "type"),
                          "belongs into a message of the assistant");
        }
    }
    json.endArray();
    if (count == 0) {
        return;
    }
    std::string message;
    JsonWriter out(message);
    out.beginObject().key("role").string("user").key("content");
    if (count == 1 && onlyText) {
        out.string(joinedTexts(blocks, ""));
    } else {
        out.raw(parts);
    }
    out.endObject();
    m_messages.push_back(std::move(message));
}

void MessagesTurns::addResult(const MessagesBlock &block, const std::string &path)
{
    if (!m_called.contains(std::string(block.id))) {
        m_faults.note(memberPath(path, "tool_use_id"), "names no tool_use of a message before it");
        return;
    }
    std::string message;
    JsonWriter json(message);
    json.beginObject().key("role").string("tool").key("tool_call_id").string(block.id);
    json.key("content").string(joinedTexts(block.content, "\n")).endObject();
    m_messages.push_back(std::move(message));
}

void MessagesTurns::addAssistant(const Blocks &blocks)
{
    const std::string text = joinedTexts(blocks, "");
    std::string calls;
    JsonWriter callsJson(calls);
    bool anyCall = false;
    callsJson.beginArray();
    for (const MessagesBlock &block : blocks) {
        if (block.kind == Kind::ToolUse) {
            anyCall = true;
            m_called.emplace(block.id);
            writeCall(callsJson, block);
        }
    }
    callsJson.endArray();
    if (text.empty() && !anyCall) {
        return; // thoughts alone are no answer
    }
    std::string message;
    JsonWriter json(message);
    json.beginObject().key("role").string("assistant").key("content");
    if (text.empty()) {
        json.null();
    } else {
        json.string(text);
    }
    if (anyCall) {
        json.key("tool_calls").raw(calls);
    }
    json.endObject();
    if (std::string details = detailsOf(blocks); !details.empty()) {
        m_details.emplace_back(m_messages.size(), std::move(details));
    }
    m_messages.push_back(std::move(message));
}

/// The message as it is, without thinking that Anthropic's API would refuse. What it once signed and
/// came back in our own wrapping is unwrapped, and stands first as it did.
void MessagesTurns::addNative(std::string_view role, std::string_view raw, const Blocks &blocks)
{
    const std::string_view comma = m_native.empty() ? "" : ",";
    if (std::ranges::none_of(blocks, &MessagesBlock::isForeign)) {
        m_native.append(comma).append(raw);
        return;
    }
    std::string content;
    JsonWriter json(content);
    bool any = false;
    json.beginArray();
    for (const MessagesBlock &block : blocks) {
        for (const std::string &thinking : replayedThinking(foreignDetails(block))) {
            json.raw(thinking);
            any = true;
        }
    }
    for (const MessagesBlock &block : blocks) {
        if (!block.isForeign()) {
            json.raw(block.raw);
            any = true;
        }
    }
    json.endArray();
    if (!any) {
        return; // an answer of nothing but thoughts
    }
    std::string message;
    JsonWriter out(message);
    out.beginObject().key("role").string(role).key("content").raw(content).endObject();
    m_native.append(comma).append(message);
}

std::string MessagesTurns::chat() const
{
    std::string out;
    JsonWriter json(out);
    json.beginArray();
    if (!m_system.empty()) {
        json.beginObject().key("role").string("system").key("content").string(m_system);
        json.endObject();
    }
    for (const std::string &message : m_messages) {
        json.raw(message);
    }
    json.endArray();
    return out;
}

std::vector<std::pair<std::size_t, std::string>> MessagesTurns::details() const
{
    auto details = m_details;
    for (auto &[place, json] : details) {
        place += m_system.empty() ? 0U : 1U;
    }
    return details;
}

} // namespace signalbox::providers
