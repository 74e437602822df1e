// SPDX-License-Identifier: Apache-2.0
#include "core/providers/chat_messages.h"

#include <array>

namespace signalbox::providers {
namespace {

constexpr std::array kRoles = {
    Role::System,
    Role::Developer,
    Role::User,
    Role::Assistant,
    Role::Tool,
};

std::optional<Role> roleFromString(std::string_view name)
{
    for (const Role role : kRoles) {
        if (toString(role) == name) {
            return role;
        }
    }
    return std::nullopt;
}

class MessageReader
{
public:
    MessageReader(std::string_view path, FaultKeeper &faults)
        : m_path(path)
        , m_faults(faults)
    {}

    ChatMessage read(JsonValue &value)
    {
        const bool object = forEachMember(value, [this](std::string_view name, JsonValue &member) {
            readMember(name, member);
        });
        if (!object) {
            m_faults.note(m_path, "must be an object");
        } else if (!m_hasRole) {
            m_faults.note(memberPath(m_path, "role"), "is missing");
        } else if (!m_hasContent && m_message.role != Role::Assistant) {
            m_faults.note(memberPath(m_path, "content"), "is missing");
        } else if (m_message.role == Role::Tool && m_message.toolCallId.empty()) {
            m_faults.note(memberPath(m_path, "tool_call_id"), "is missing");
        }
        return std::move(m_message);
    }

private:
    void readMember(std::string_view name, JsonValue &value)
    {
        if (name == "role") {
            readRole(value);
        } else if (name == "content") {
            readContent(value);
        } else if (name == "tool_calls" && !isNull(value)) {
            readToolCalls(value);
        } else if (name == "tool_call_id" && !isNull(value)) {
            readToolCallId(value);
        } else if (name == "name") {
            m_message.name = stringOrEmpty(value);
        } else if (name == "reasoning_details" && typeOf(value) == JsonType::array) {
            m_message.reasoningDetailsJson = rawJson(value);
        }
    }

    void readRole(JsonValue &value)
    {
        m_hasRole = true;
        const auto name = asString(value);
        const auto role = name ? roleFromString(*name) : std::nullopt;
        if (!role) {
            m_faults.note(memberPath(m_path, "role"),
                          "must be one of system, developer, user, assistant, tool");
            return;
        }
        m_message.role = *role;
    }

    void readContent(JsonValue &value)
    {
        if (isNull(value)) {
            return;
        }
        m_hasContent = true;
        if (const auto text = asString(value)) {
            m_message.parts.push_back({ChatMessage::PartKind::Text, std::string(*text)});
            return;
        }
        const std::string path = memberPath(m_path, "content");
        std::size_t index = 0;
        const bool array = forEachElement(value, [&](JsonValue &part) {
            readPart(part, elementPath(path, index++));
        });
        if (!array) {
            m_faults.note(path, "must be a string or an array of parts");
        }
    }

    void readPart(JsonValue &value, const std::string &path)
    {
        ChatMessage::Part part{ChatMessage::PartKind::Other, std::string(rawJson(value))};
        std::optional<std::string> text;
        std::optional<std::string> type;
        std::string cacheControl;
        const bool object = forEachMember(value, [&](std::string_view name, JsonValue &member) {
            if (name == "type") {
                type = asString(member);
            } else if (name == "text") {
                text = asString(member);
            } else if (name == "cache_control" && typeOf(member) == JsonType::object) {
                cacheControl = rawJson(member);
            }
        });
        if (!object) {
            m_faults.note(path, "must be an object");
        } else if (!type) {
            m_faults.note(memberPath(path, "type"), "must be a string");
        } else if (*type == "text" && !text) {
            m_faults.note(memberPath(path, "text"), "must be a string");
        } else if (*type == "text") {
            part = {ChatMessage::PartKind::Text, std::move(*text), std::move(cacheControl)};
        } else if (*type == "image_url") {
            part.kind = ChatMessage::PartKind::Image;
        }
        m_message.parts.push_back(std::move(part));
    }

    void readToolCalls(JsonValue &value)
    {
        if (typeOf(value) != JsonType::array) {
            m_faults.note(memberPath(m_path, "tool_calls"), "must be an array");
            return;
        }
        m_message.toolCallsJson = rawJson(value);
        forEachElement(value, [this](JsonValue &call) {
            m_message.toolCalls.push_back(readToolCall(call));
        });
    }

    static ToolCall readToolCall(JsonValue &value)
    {
        ToolCall call;
        forEachMember(value, [&call](std::string_view name, JsonValue &member) {
            if (name == "id") {
                call.id = stringOrEmpty(member);
            } else if (name == "type") {
                call.isFunction = isNull(member) || asString(member) == "function";
            } else if (name == "function") {
                readFunction(member, call);
            }
        });
        return call;
    }

    static void readFunction(JsonValue &value, ToolCall &call)
    {
        forEachMember(value, [&call](std::string_view name, JsonValue &member) {
            if (name == "name") {
                call.name = stringOrEmpty(member);
            } else if (name == "arguments") {
                call.arguments = stringOrEmpty(member);
            }
        });
    }

    void readToolCallId(JsonValue &value)
    {
        const auto id = asString(value);
        if (!id) {
            m_faults.note(memberPath(m_path, "tool_call_id"), "must be a string");
            return;
        }
        m_message.toolCallId = *id;
    }

    std::string_view m_path;
    FaultKeeper &m_faults;
    ChatMessage m_message;
    bool m_hasRole = false;
    bool m_hasContent = false;
};

} // namespace

ChatMessage readMessage(JsonValue &value, std::string_view path, FaultKeeper &faults)
{
    return MessageReader(path, faults).read(value);
}

} // namespace signalbox::providers
