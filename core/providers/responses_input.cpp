// SPDX-License-Identifier: Apache-2.0
#include "core/providers/responses_input.h"

#include "core/providers/json_check.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

namespace signalbox::providers {

namespace {

/// `reasoning_text` stands in reasoning alone, which is not read.
bool isText(std::string_view type)
{
    constexpr std::array<std::string_view, 5> kTexts = {"input_text",
                                                        "output_text",
                                                        "text",
                                                        "refusal",
                                                        "reasoning_text"};
    return std::ranges::find(kTexts, type) != kTexts.end();
}

} // namespace

/// One item of the list, as far as the chat form has a place for it.
struct ResponsesInput::Item
{
    std::string type;
    std::string role;
    std::string callId;
    std::string name;
    std::string arguments;
    std::string encrypted;
    std::string text; ///< of its content or output
    std::vector<std::string> parts; ///< of the chat form, raw
    bool hasImages = false;
    bool hasContent = false;
};

void ResponsesInput::readInstructions(JsonValue &value)
{
    const auto text = asString(value);
    if (!text) {
        m_faults.note("instructions", "must be a string");
    }
    m_instructions = text.value_or("");
}

void ResponsesInput::read(JsonValue &value)
{
    if (const auto text = asString(value)) {
        push("user", std::string(*text));
        return;
    }
    std::size_t index = 0;
    const bool array = forEachElement(value, [&](JsonValue &item) {
        readItem(item, elementPath("input", index++));
    });
    if (!array) {
        m_faults.note("input", "must be a string or an array of items");
    } else if (index == 0) {
        m_faults.note("input", "must not be empty");
    }
}

void ResponsesInput::readItem(JsonValue &value, const std::string &path)
{
    Item item;
    const bool object = forEachMember(value, [&](std::string_view name, JsonValue &member) {
        if (name == "type") {
            item.type = stringOrEmpty(member);
        } else if (name == "role") {
            item.role = stringOrEmpty(member);
        } else if (name == "call_id") {
            item.callId = stringOrEmpty(member);
        } else if (name == "name") {
            item.name = stringOrEmpty(member);
        } else if (name == "arguments") {
            item.arguments = stringOrEmpty(member);
        } else if (name == "encrypted_content") {
            item.encrypted = stringOrEmpty(member);
        } else if ((name == "content" || name == "output") && !isNull(member)) {
            readContent(member, memberPath(path, name), item);
        }
    });
    if (!object) {
        m_faults.note(path, "must be an object");
    } else if (!m_faults.any()) {
        addItem(item, path);
    }
}

void ResponsesInput::readContent(JsonValue &value, const std::string &path, Item &item)
{
    item.hasContent = true;
    if (const auto text = asString(value)) {
        item.text = *text;
        return;
    }
    std::size_t index = 0;
    const bool array = forEachElement(value, [&](JsonValue &part) {
        readPart(part, elementPath(path, index++), item);
    });
    if (!array) {
        m_faults.note(path, "must be a string or an array of parts");
    }
}

void ResponsesInput::readPart(JsonValue &value, const std::string &path, Item &item)
{
    std::string type;
    std::optional<std::string> text;
    std::string imageUrl;
    std::string detail;
    const bool object = forEachMember(value, [&](std::string_view name, JsonValue &member) {
        if (name == "type") {
            type = stringOrEmpty(member);
        } else if (name == "text" || name == "refusal") {
            text = asString(member);
        } else if (name == "image_url") {
            imageUrl = stringOrEmpty(member);
        } else if (name == "detail") {
            detail = stringOrEmpty(member);
        }
    });
    std::string part;
    JsonWriter json(part);
    json.beginObject();
    if (!object) {
        m_faults.note(path, "must be an object");
    } else if (isText(type)) {
        if (!text) {
            m_faults.note(memberPath(path, type == "refusal" ? "refusal" : "text"),
                          "must be a string");
        }
        json.key("type").string("text").key("text").string(text.value_or(""));
        item.text += item.text.empty() || type == "output_text" ? "" : "\n";
        item.text += text.value_or("");
    } else if (type == "input_image") {
        if (imageUrl.empty()) {
            m_faults.note(memberPath(path, "image_url"),
                          "must be a string: files kept by OpenAI cannot be sent to others");
        }
        item.hasImages = true;
        json.key("type").string("image_url").key("image_url").beginObject();
        json.key("url").string(imageUrl);
        if (!detail.empty()) {
            json.key("detail").string(detail);
        }
        json.endObject();
    } else {
        m_faults.note(memberPath(path, "type"),
                      "must be one of input_text, input_image, output_text, refusal");
    }
    json.endObject();
    item.parts.push_back(std::move(part));
}

void ResponsesInput::addItem(Item &item, const std::string &path)
{
    if (item.type == "message" || (item.type.empty() && !item.role.empty())) {
        addMessage(item, path);
    } else if (item.type == "function_call") {
        addCall(item, path);
    } else if (item.type == "function_call_output") {
        addResult(item, path);
    } else if (item.type == "reasoning") {
        addReasoning(item);
    } else {
        m_faults.note(memberPath(path, "type"),
                      "must be one of message, function_call, function_call_output, reasoning: "
                      "nothing else can be sent through this gateway");
    }
}

void ResponsesInput::addMessage(Item &item, const std::string &path)
{
    if (!item.hasContent) {
        m_faults.note(memberPath(path, "content"), "is missing");
    } else if (item.role == "assistant") {
        endResults();
        m_answering = true;
        m_text += item.text;
        return;
    } else if (item.role != "user" && item.role != "system" && item.role != "developer") {
        m_faults.note(memberPath(path, "role"),
                      "must be one of user, assistant, system, developer");
    }
    endAnswer();
    if (item.role == "user" && item.parts.size() > (item.hasImages ? 0U : 1U)) {
        std::ranges::move(item.parts, std::back_inserter(m_images));
        endResults();
        return;
    }
    endResults();
    push(item.role, item.text);
}

void ResponsesInput::addCall(const Item &item, const std::string &path)
{
    if (item.callId.empty() || item.name.empty()) {
        m_faults.note(memberPath(path, item.name.empty() ? "name" : "call_id"),
                      "must be a string and not empty");
        return;
    }
    endResults();
    m_answering = true;
    m_called.insert(item.callId);
    std::string call;
    JsonWriter json(call);
    json.beginObject().key("id").string(item.callId).key("type").string("function");
    json.key("function").beginObject().key("name").string(item.name);
    json.key("arguments").string(item.arguments).endObject().endObject();
    m_calls.push_back(std::move(call));
}

void ResponsesInput::addResult(Item &item, const std::string &path)
{
    if (!m_called.contains(item.callId)) {
        m_faults.note(memberPath(path, "call_id"), "names no function_call before it");
        return;
    }
    endAnswer();
    std::string message;
    JsonWriter json(message);
    json.beginObject().key("role").string("tool").key("tool_call_id").string(item.callId);
    json.key("content").string(item.text).endObject();
    m_messages.push_back(std::move(message));
    for (std::string &part : item.parts) {
        if (part.find(R"("type":"image_url")") == 1) { // the chat form has texts alone as results
            m_images.push_back(std::move(part));
        }
    }
}

/// Thoughts that we did not give out are somebody else's secret.
void ResponsesInput::addReasoning(const Item &item)
{
    endResults();
    m_answering = true;
    if (item.encrypted.starts_with(kReasoningDetails)) {
        const std::string details = item.encrypted.substr(kReasoningDetails.size());
        if (details.starts_with('[') && !checkJson(details)) {
            m_reasoning = details;
        }
    }
}

/// The answer of the assistant is whole: its words, then its calls.
void ResponsesInput::endAnswer()
{
    if (!std::exchange(m_answering, false)) {
        return;
    }
    std::string message;
    JsonWriter json(message);
    json.beginObject().key("role").string("assistant").key("content");
    if (m_text.empty()) {
        json.null();
    } else {
        json.string(m_text);
    }
    if (!m_calls.empty()) {
        json.key("tool_calls").beginArray();
        for (const std::string &call : m_calls) {
            json.raw(call);
        }
        json.endArray();
    }
    json.endObject();
    const bool says = !m_text.empty() || !m_calls.empty();
    if (says && !m_reasoning.empty()) {
        m_details.emplace_back(m_messages.size() + (m_instructions.empty() ? 0U : 1U), m_reasoning);
    }
    if (says) {
        m_messages.push_back(std::move(message));
    }
    m_text.clear();
    m_calls.clear();
    m_reasoning.clear();
}

/// Pictures among the results stand in a message of the user's after them.
void ResponsesInput::endResults()
{
    if (m_images.empty()) {
        return;
    }
    std::string message;
    JsonWriter json(message);
    json.beginObject().key("role").string("user").key("content").beginArray();
    for (const std::string &part : std::exchange(m_images, {})) {
        json.raw(part);
    }
    json.endArray().endObject();
    m_messages.push_back(std::move(message));
}

void ResponsesInput::push(std::string_view role, const std::string &text)
{
    std::string message;
    JsonWriter json(message);
    json.beginObject().key("role").string(role).key("content").string(text).endObject();
    m_messages.push_back(std::move(message));
}

std::string ResponsesInput::chat()
{
    endAnswer();
    endResults();
    std::string out;
    JsonWriter json(out);
    json.beginArray();
    if (!m_instructions.empty()) {
        json.beginObject().key("role").string("system").key("content").string(m_instructions);
        json.endObject();
    }
    for (const std::string &message : m_messages) {
        json.raw(message);
    }
    json.endArray();
    return out;
}

} // namespace signalbox::providers
