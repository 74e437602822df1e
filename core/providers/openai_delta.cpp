// SPDX-License-Identifier: Apache-2.0
#include "core/providers/openai_delta.h"

namespace signalbox::providers {
namespace {

/// A list index beyond it is nonsense and read as 0.
constexpr std::int64_t kIndexMax = 1023;

void append(std::optional<std::string> &text, std::string_view more)
{
    if (!text) {
        text.emplace();
    }
    text->append(more);
}

/// Mistral's thinking part holds text parts of its own.
void readPart(JsonValue &value, ChoiceDelta &delta)
{
    forEachMember(value, [&](std::string_view name, JsonValue &member) {
        if (name == "text") {
            append(delta.content, stringOrEmpty(member));
        } else if (name == "thinking" && typeOf(member) == JsonType::array) {
            forEachElement(member, [&](JsonValue &thought) {
                forEachMember(thought, [&](std::string_view key, JsonValue &text) {
                    if (key == "text") {
                        append(delta.reasoning, stringOrEmpty(text));
                    }
                });
            });
        }
    });
}

void readFunction(JsonValue &value, ToolCallDelta &call)
{
    forEachMember(value, [&](std::string_view name, JsonValue &member) {
        if (name == "name") {
            call.name = stringOrEmpty(member);
        } else if (name == "arguments") {
            const auto text = asString(member);
            const bool object = typeOf(member) == JsonType::object;
            call.arguments = text ? *text : object ? rawJson(member) : std::string_view();
        }
    });
}

void readContent(JsonValue &value, ChoiceDelta &delta)
{
    if (const auto text = asString(value)) {
        delta.content = *text;
        return;
    }
    forEachElement(value, [&](JsonValue &part) { readPart(part, delta); });
}

void readToolCall(JsonValue &value, ChoiceDelta &delta, std::size_t place)
{
    ToolCallDelta call;
    std::optional<int> index;
    forEachMember(value, [&](std::string_view name, JsonValue &member) {
        if (name == "index" && !isNull(member)) {
            index = readListIndex(member);
        } else if (name == "id") {
            call.id = stringOrEmpty(member);
        } else if (name == "function") {
            readFunction(member, call);
        }
    });
    call.index = index.value_or(-1 - static_cast<int>(place)); // by order of appearance
    delta.toolCalls.push_back(std::move(call));
}

} // namespace

void readOpenAiDelta(JsonValue &value, ChoiceDelta &delta)
{
    forEachMember(value, [&](std::string_view name, JsonValue &member) {
        if (isNull(member)) {
            return;
        }
        if (name == "content") {
            readContent(member, delta);
        } else if (name == "reasoning_content" || name == "reasoning") {
            const auto text = asString(member);
            // Some send the same thought under both names.
            if (text && (!delta.reasoning || delta.reasoning->empty())) {
                delta.reasoning = *text;
            }
        } else if (name == "reasoning_details" && typeOf(member) == JsonType::array) {
            delta.reasoningDetailsJson = rawJson(member); // of a stream: a piece of them
        } else if (name == "refusal") {
            delta.refusal = asString(member);
        } else if (name == "tool_calls") {
            std::size_t place = 0;
            forEachElement(member, [&](JsonValue &call) { readToolCall(call, delta, place++); });
        }
    });
}

int readListIndex(JsonValue &value)
{
    const std::int64_t index = asInteger(value).value_or(0);
    return index >= 0 && index <= kIndexMax ? static_cast<int>(index) : 0;
}

} // namespace signalbox::providers
