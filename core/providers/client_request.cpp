// SPDX-License-Identifier: Apache-2.0
#include "core/providers/chat_messages.h"
#include "core/providers/client_api.h"
#include "core/providers/json_reader.h"
#include "core/providers/request_fault.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_set>

namespace signalbox::providers {
namespace {

class ChatReader
{
public:
    Result<ChatRequest, BadRequest> read(JsonValue &root)
    {
        const bool object = forEachMember(root, [this](std::string_view name, JsonValue &value) {
            readMember(name, value);
        });
        if (!object) {
            return Failure{badBody({JsonFaultKind::Scalar, 0})};
        }
        requirePresence("model");
        requirePresence("messages");
        if (m_faults.any()) {
            return Failure{m_faults.fault()};
        }
        finish();
        requireCallsBeforeResults();
        if (m_faults.any()) {
            return Failure{m_faults.fault()};
        }
        return std::move(m_request);
    }

private:
    using Read = void (ChatReader::*)(JsonValue &);
    struct Known
    {
        std::string_view name;
        Read read;
    };

    static const std::array<Known, 18> kKnown;

    void readMember(std::string_view name, JsonValue &value)
    {
        if (m_request.field(name) != nullptr) {
            m_faults.note(name, "appears twice");
            return;
        }
        m_request.fields.push_back({std::string(name), std::string(rawJson(value))});
        const auto known = std::ranges::find(kKnown, name, &Known::name);
        const bool optional = name != "model" && name != "messages";
        if (known == kKnown.end() || (optional && isNull(value))) {
            return;
        }
        m_name = known->name;
        (this->*known->read)(value);
    }

    void requirePresence(std::string_view name)
    {
        if (m_request.field(name) == nullptr) {
            m_faults.note(name, "is missing");
        }
    }

    void finish()
    {
        m_request.maxOutputTokens = m_maxCompletionTokens ? m_maxCompletionTokens : m_maxTokens;
        for (const ChatMessage &message : m_request.messages) {
            if (!message.toolCallsJson.empty() || message.role == Role::Tool) {
                m_request.needs.insert(Feature::Tools);
            }
            if (std::ranges::find(message.parts,
                                  ChatMessage::PartKind::Image,
                                  &ChatMessage::Part::kind)
                != message.parts.end()) {
                m_request.needs.insert(Feature::Images);
            }
        }
    }

    /// No provider takes the result of a call that was never made.
    void requireCallsBeforeResults()
    {
        std::unordered_set<std::string_view> called;
        for (std::size_t i = 0; i < m_request.messages.size(); ++i) {
            const ChatMessage &message = m_request.messages[i];
            for (const ToolCall &call : message.toolCalls) {
                called.insert(call.id);
            }
            if (message.role == Role::Tool && !called.contains(message.toolCallId)) {
                m_faults.note(memberPath(elementPath("messages", i), "tool_call_id"),
                              "names no tool call of a message before it");
            }
        }
    }

    void readModel(JsonValue &value)
    {
        m_request.model = stringOrEmpty(value);
        if (m_request.model.empty()) {
            m_faults.note("model", "must be a string and not empty");
        }
    }

    void readMessages(JsonValue &value)
    {
        std::size_t index = 0;
        const bool array = forEachElement(value, [&](JsonValue &element) {
            m_request.messages.push_back(
                readMessage(element, elementPath("messages", index++), m_faults));
        });
        if (!array) {
            m_faults.note("messages", "must be an array");
        } else if (m_request.messages.empty()) {
            m_faults.note("messages", "must not be empty");
        }
    }

    bool readBool(JsonValue &value)
    {
        const auto flag = asBool(value);
        if (!flag) {
            m_faults.note(m_name, "must be true or false");
        }
        return flag.value_or(false);
    }

    std::optional<std::int64_t> readPositive(JsonValue &value)
    {
        const auto number = asInteger(value);
        if (!number || *number < 1 || *number > std::numeric_limits<std::int32_t>::max()) {
            m_faults.note(m_name, "must be a whole number of at least 1");
            return std::nullopt;
        }
        return number;
    }

    std::optional<std::string> readNumber(JsonValue &value)
    {
        const auto lexeme = asLexeme(value);
        if (!lexeme) {
            m_faults.note(m_name, "must be a number");
            return std::nullopt;
        }
        return std::string(*lexeme);
    }

    void readStream(JsonValue &value) { m_request.stream = readBool(value); }
    void readMaxTokens(JsonValue &value) { m_maxTokens = readPositive(value); }
    void readMaxCompletionTokens(JsonValue &value) { m_maxCompletionTokens = readPositive(value); }
    void readTemperature(JsonValue &value) { m_request.temperature = readNumber(value); }
    void readTopP(JsonValue &value) { m_request.topP = readNumber(value); }
    void checkNumber(JsonValue &value) { static_cast<void>(readNumber(value)); }

    void readChoices(JsonValue &value)
    {
        m_request.choices = static_cast<int>(readPositive(value).value_or(1));
    }

    void readUser(JsonValue &value)
    {
        const auto user = asString(value);
        if (!user) {
            m_faults.note("user", "must be a string");
            return;
        }
        m_request.user = *user;
    }

    void readStreamOptions(JsonValue &value)
    {
        const bool object = forEachMember(value, [this](std::string_view name, JsonValue &member) {
            if (name != "include_usage" || isNull(member)) {
                return;
            }
            m_name = "stream_options.include_usage";
            m_request.includeUsage = readBool(member);
        });
        if (!object) {
            m_faults.note("stream_options", "must be an object");
        }
    }

    void addStop(JsonValue &value, std::string_view path)
    {
        const auto text = asString(value);
        if (!text) {
            m_faults.note(path, "must be a string");
            return;
        }
        m_request.stop.emplace_back(*text);
    }

    void readStop(JsonValue &value)
    {
        if (typeOf(value) == JsonType::string) {
            addStop(value, "stop");
            return;
        }
        std::size_t index = 0;
        const bool array = forEachElement(value, [&](JsonValue &element) {
            addStop(element, elementPath("stop", index++));
        });
        if (!array) {
            m_faults.note("stop", "must be a string or an array of strings");
        }
    }

    void readTools(JsonValue &value)
    {
        std::size_t index = 0;
        const bool array = forEachElement(value, [&](JsonValue &tool) {
            if (typeOf(tool) != JsonType::object) {
                m_faults.note(elementPath(m_name, index), "must be an object");
            }
            ++index;
        });
        if (!array) {
            m_faults.note(m_name, "must be an array");
        } else if (index > 0) {
            m_request.needs.insert(Feature::Tools);
        }
    }

    void checkToolChoice(JsonValue &value)
    {
        const JsonType type = typeOf(value);
        if (type != JsonType::string && type != JsonType::object) {
            m_faults.note("tool_choice", "must be a string or an object");
        }
    }

    void readResponseFormat(JsonValue &value)
    {
        std::optional<std::string> type;
        const bool object = forEachMember(value, [&](std::string_view name, JsonValue &member) {
            if (name == "type") {
                type = asString(member);
            }
        });
        if (!object) {
            m_faults.note("response_format", "must be an object");
        } else if (!type) {
            m_faults.note("response_format.type", "must be a string");
        } else if (*type == "json_schema") {
            m_request.needs.insert(Feature::JsonSchema);
            m_request.wantsJson = true;
        } else if (*type == "json_object") {
            m_request.wantsJson = true;
        }
    }

    void readReasoningEffort(JsonValue &value)
    {
        const auto effort = asString(value);
        if (!effort) {
            m_faults.note("reasoning_effort", "must be a string");
        } else if (*effort != "none") {
            m_request.needs.insert(Feature::Reasoning);
        }
    }

    ChatRequest m_request;
    FaultKeeper m_faults;
    std::string_view m_name; ///< of the member being read
    std::optional<std::int64_t> m_maxTokens;
    std::optional<std::int64_t> m_maxCompletionTokens;
};

constinit const std::array<ChatReader::Known, 18> ChatReader::kKnown = {{
    {"model", &ChatReader::readModel},
    {"messages", &ChatReader::readMessages},
    {"stream", &ChatReader::readStream},
    {"stream_options", &ChatReader::readStreamOptions},
    {"max_tokens", &ChatReader::readMaxTokens},
    {"max_completion_tokens", &ChatReader::readMaxCompletionTokens},
    {"temperature", &ChatReader::readTemperature},
    {"top_p", &ChatReader::readTopP},
    {"n", &ChatReader::readChoices},
    {"stop", &ChatReader::readStop},
    {"user", &ChatReader::readUser},
    {"tools", &ChatReader::readTools},
    {"functions", &ChatReader::readTools},
    {"tool_choice", &ChatReader::checkToolChoice},
    {"response_format", &ChatReader::readResponseFormat},
    {"reasoning_effort", &ChatReader::readReasoningEffort},
    {"presence_penalty", &ChatReader::checkNumber},
    {"frequency_penalty", &ChatReader::checkNumber},
}};

} // namespace

Result<ChatRequest, BadRequest> decodeChat(std::string_view body)
{
    thread_local JsonReader reader;
    auto root = reader.open(body);
    if (!root) {
        return Failure{badBody(root.error())};
    }
    return ChatReader().read(*root);
}

} // namespace signalbox::providers
