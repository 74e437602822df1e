// SPDX-License-Identifier: Apache-2.0
#include "core/providers/openai_messages.h"

#include "core/providers/json_reader.h"
#include "core/providers/nine_letter_ids.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {
namespace {

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N> &names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

constexpr std::array<std::string_view, 3> kReasoning = {
    "reasoning",
    "reasoning_content",
    "reasoning_details",
};

/// docs.mistral.ai, ChatCompletionRequest: any other member of a message is answered with 422.
constexpr std::array<std::string_view, 5> kMistralMembers = {
    "role",
    "content",
    "tool_calls",
    "tool_call_id",
    "prefix",
};

/// OpenAI answers 400 to longer ones, `string_above_max_length`; vLLM's have 46 bytes.
constexpr std::size_t kOpenAiIdBytesMax = 40;

/// Calls a tool, or tells what one said.
bool usesTools(const ChatRequest &request)
{
    return std::ranges::any_of(request.messages, [](const ChatMessage &message) {
        return !message.toolCalls.empty() || message.role == Role::Tool;
    });
}

bool hasDeveloper(const ChatRequest &request)
{
    return std::ranges::find(request.messages, Role::Developer, &ChatMessage::role)
           != request.messages.end();
}

bool hasLongIds(const ChatRequest &request)
{
    const auto isLong = [](const std::string &id) { return id.size() > kOpenAiIdBytesMax; };
    return std::ranges::any_of(request.messages, [&](const ChatMessage &message) {
        return isLong(message.toolCallId)
               || std::ranges::any_of(message.toolCalls, isLong, &ToolCall::id);
    });
}

class MessagesWriter
{
public:
    MessagesWriter(JsonWriter &json,
                   const OpenAiKind &kind,
                   const ChatRequest &request,
                   EncodedBody &notes)
        : m_json(json)
        , m_kind(kind)
        , m_request(request)
        , m_notes(notes)
        , m_usesTools(usesTools(request))
    {}

    void write(std::string_view raw, std::string_view instruction)
    {
        if (!m_kind.developerRole && hasDeveloper(m_request)) {
            m_notes.note("developer messages sent as system messages");
        }
        m_json.beginArray();
        if (!instruction.empty()) {
            m_json.beginObject().key("role").string("system");
            m_json.key("content").string(instruction).endObject();
        }
        thread_local JsonReader reader;
        if (auto messages = reader.open(raw)) {
            std::size_t at = 0;
            forEachElement(*messages, [&](JsonValue &message) { writeMessage(message, at++); });
        }
        m_json.endArray();
        if (m_named) {
            m_notes.drop("messages[].name");
        }
    }

private:
    void writeMessage(JsonValue &message, std::size_t at)
    {
        const Role role = at < m_request.messages.size() ? m_request.messages[at].role : Role::User;
        m_reasoning = false;
        m_json.beginObject();
        forEachMember(message, [this](std::string_view name, JsonValue &value) {
            writeMember(name, value);
        });
        if (role == Role::Assistant && m_kind.givenReasoning == GivenReasoning::Content
            && !m_reasoning && m_usesTools) {
            // Without it DeepSeek answers 400; it takes an empty one.
            m_json.key("reasoning_content").string("");
        }
        const bool last = at + 1 == m_request.messages.size();
        // Mistral wants the user's word at the end, or this.
        if (role == Role::Assistant && last && (m_kind.plainMessages || m_request.begun)) {
            m_json.anyKey(m_kind.prefillMark).boolean(true);
            m_notes.note("sent the last message as a prefix of the answer");
        }
        m_json.endObject();
    }

    void writeMember(std::string_view name, JsonValue &value)
    {
        if (isOneOf(kReasoning, name) && m_kind.givenReasoning != GivenReasoning::AsItIs) {
            writeReasoning(name, value);
        } else if (name == "role" && !m_kind.developerRole && asString(value) == "developer") {
            m_json.key("role").string("system");
        } else if (m_kind.plainMessages && isLeftOut(name, value)) {
            m_named = m_named || (name == "name" && !isNull(value));
        } else if (m_kind.callIds != CallIdForm::Any && name == "tool_calls" && isArray(value)) {
            writeCalls(value);
        } else if (m_kind.callIds != CallIdForm::Any && name == "tool_call_id") {
            m_json.key("tool_call_id").string(idFor(stringOrEmpty(value)));
        } else if (m_kind.plainMessages && name == "content" && isArray(value)) {
            writeParts(value);
        } else {
            m_json.anyKey(name).raw(rawJson(value));
        }
    }

    void writeReasoning(std::string_view name, JsonValue &value)
    {
        const std::string_view raw = rawJson(value);
        const bool content = name == "reasoning_content";
        const bool text = raw.starts_with('"');
        switch (m_kind.givenReasoning) {
        case GivenReasoning::AsItIs:
        case GivenReasoning::LeftOut:
            return;
        case GivenReasoning::Content:
            if (content && text) {
                m_json.key("reasoning_content").raw(raw);
                m_reasoning = true;
            }
            return;
        case GivenReasoning::Details:
            if (name == "reasoning_details" || (text && !m_reasoning)) {
                m_json.anyKey(content ? "reasoning" : name).raw(raw);
            }
            m_reasoning = m_reasoning || (text && name != "reasoning_details");
            return;
        }
    }

    /// A null is refused; prefix is written where it belongs.
    static bool isLeftOut(std::string_view name, JsonValue &value)
    {
        return isNull(value) || name == "prefix" || !isOneOf(kMistralMembers, name);
    }

    static bool isArray(JsonValue &value) { return typeOf(value) == JsonType::array; }

    std::string idFor(const std::string &id)
    {
        const bool fits = m_kind.callIds == CallIdForm::Forty && id.size() <= kOpenAiIdBytesMax;
        if (fits) {
            return id;
        }
        return (m_kind.callIds == CallIdForm::Nine ? "" : "call_") + m_ids.of(id);
    }

    void writeCalls(JsonValue &calls)
    {
        m_json.key("tool_calls").beginArray();
        forEachElement(calls, [this](JsonValue &call) { writeCall(call); });
        m_json.endArray();
    }

    void writeCall(JsonValue &call)
    {
        m_json.beginObject();
        forEachMember(call, [this](std::string_view name, JsonValue &value) {
            if (name == "id") {
                m_json.key("id").string(idFor(stringOrEmpty(value)));
            } else if (!m_kind.plainMessages || name == "type" || name == "function") {
                m_json.anyKey(name).raw(rawJson(value));
            }
        });
        m_json.endObject();
    }

    void writeParts(JsonValue &parts)
    {
        m_json.key("content").beginArray();
        forEachElement(parts, [this](JsonValue &part) { writePart(part); });
        m_json.endArray();
    }

    void writePart(JsonValue &part)
    {
        m_json.beginObject();
        forEachMember(part, [this](std::string_view name, JsonValue &value) {
            if (name != "cache_control") {
                m_json.anyKey(name).raw(rawJson(value));
            }
        });
        m_json.endObject();
    }

    JsonWriter &m_json;
    const OpenAiKind &m_kind;
    const ChatRequest &m_request;
    EncodedBody &m_notes;
    NineLetterIds m_ids;
    bool m_usesTools;
    bool m_reasoning = false; ///< of the message at hand was written
    bool m_named = false;
};

/// Nothing in \p raw is to be changed.
bool fits(const OpenAiKind &kind, const ChatRequest &request, std::string_view raw)
{
    const bool developer = !kind.developerRole && hasDeveloper(request);
    const bool reasoning = kind.givenReasoning != GivenReasoning::AsItIs
                           && raw.find("\"reasoning") != std::string_view::npos;
    const bool tools = kind.givenReasoning == GivenReasoning::Content && usesTools(request);
    const bool ids = kind.callIds == CallIdForm::Forty && hasLongIds(request);
    return !developer && !reasoning && !tools && !ids && !kind.plainMessages && !request.begun;
}

} // namespace

void writeOpenAiMessages(JsonWriter &json,
                         const OpenAiKind &kind,
                         const ChatRequest &request,
                         std::string_view instruction,
                         EncodedBody &notes)
{
    const RawField *field = request.field("messages");
    const std::string_view raw = field == nullptr ? std::string_view("[]") : field->json;
    if (instruction.empty() && fits(kind, request, raw)) {
        json.raw(raw);
    } else {
        MessagesWriter(json, kind, request, notes).write(raw, instruction);
    }
}

} // namespace signalbox::providers
