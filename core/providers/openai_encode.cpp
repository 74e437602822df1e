// SPDX-License-Identifier: Apache-2.0
#include "core/providers/openai_encode.h"

#include "core/base/json_writer.h"
#include "core/providers/json_reader.h"
#include "core/providers/openai_kinds.h"

#include <algorithm>

namespace signalbox::providers {
namespace {

bool contains(std::span<const std::string_view> names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

bool isOutputLimit(std::string_view name)
{
    return name == "max_tokens" || name == "max_completion_tokens";
}

class ChatBody
{
public:
    ChatBody(ProviderKind kind, const ChatRequest &request, std::string_view model)
        : m_kind(openAiKind(kind))
        , m_request(request)
        , m_model(model)
        , m_limitField(outputLimitField(kind, model))
        , m_json(m_encoded.body)
    {}

    EncodedBody encode()
    {
        reserve();
        m_json.beginObject();
        for (const RawField &field : m_request.fields) {
            writeField(field);
        }
        if (m_request.stream && m_kind.includeUsage && !m_wroteStreamOptions) {
            m_json.key("stream_options").raw(R"({"include_usage":true})");
        }
        m_json.endObject();
        return std::move(m_encoded);
    }

private:
    void reserve()
    {
        std::size_t bytes = 64 + m_model.size();
        for (const RawField &field : m_request.fields) {
            bytes += field.name.size() + field.json.size() + 4;
        }
        m_encoded.body.reserve(bytes);
    }

    void writeField(const RawField &field)
    {
        if (field.name == "model") {
            m_json.key("model").string(m_model);
        } else if (field.name == "messages") {
            writeMessages(field);
        } else if (field.name == "stream_options" && m_request.stream) {
            writeStreamOptions(field);
        } else if (isOutputLimit(field.name) && !m_limitField.empty() && field.json != "null") {
            writeOutputLimit(field);
        } else {
            writeOther(field);
        }
    }

    void writeOther(const RawField &field)
    {
        const auto rename = std::ranges::find(m_kind.renames, field.name, &FieldRename::from);
        const bool renamed = rename != m_kind.renames.end();
        const std::string_view name = renamed ? rename->to : std::string_view(field.name);
        const bool strict = !m_kind.takes.empty();
        if (strict && field.json == "null") {
            return; // says nothing, and would be refused
        }
        if (contains(m_kind.drops, name) || (strict && !contains(m_kind.takes, name))) {
            m_encoded.drop(field.name);
            return;
        }
        if (renamed) {
            m_encoded.note("renamed " + field.name + " to " + std::string(name));
        }
        m_json.anyKey(name).raw(field.json);
    }

    void writeOutputLimit(const RawField &field)
    {
        if (m_wroteOutputLimit) {
            return; // both were given, and max_completion_tokens was written
        }
        m_wroteOutputLimit = true;
        if (field.name != m_limitField) {
            m_encoded.note("renamed " + field.name + " to " + std::string(m_limitField));
        }
        m_json.anyKey(m_limitField).integer(m_request.maxOutputTokens.value_or(0));
    }

    void writeStreamOptions(const RawField &field)
    {
        if (!m_kind.includeUsage) {
            return; // its streams carry usage unasked
        }
        m_wroteStreamOptions = true;
        m_json.key("stream_options").beginObject();
        thread_local JsonReader reader;
        if (auto options = reader.open(field.json)) {
            forEachMember(*options, [this](std::string_view name, JsonValue &value) {
                if (name != "include_usage") {
                    m_json.anyKey(name).raw(rawJson(value));
                }
            });
        }
        m_json.key("include_usage").boolean(true).endObject();
    }

    void writeMessages(const RawField &field)
    {
        const bool developer = std::ranges::find(m_request.messages,
                                                 Role::Developer,
                                                 &ChatMessage::role)
                               != m_request.messages.end();
        if (!developer || m_kind.developerRole) {
            m_json.key("messages").raw(field.json);
            return;
        }
        m_encoded.note("developer messages sent as system messages");
        m_json.key("messages").beginArray();
        thread_local JsonReader reader;
        if (auto messages = reader.open(field.json)) {
            forEachElement(*messages, [this](JsonValue &message) { writeAsSystem(message); });
        }
        m_json.endArray();
    }

    /// The message as it is, but for the role `developer`.
    void writeAsSystem(JsonValue &message)
    {
        m_json.beginObject();
        forEachMember(message, [this](std::string_view name, JsonValue &value) {
            const std::string_view raw = rawJson(value);
            const bool developer = name == "role" && asString(value) == "developer";
            m_json.anyKey(name).raw(developer ? std::string_view(R"("system")") : raw);
        });
        m_json.endObject();
    }

    const OpenAiKind &m_kind;
    const ChatRequest &m_request;
    std::string_view m_model;
    std::string_view m_limitField;
    EncodedBody m_encoded;
    JsonWriter m_json;
    bool m_wroteStreamOptions = false;
    bool m_wroteOutputLimit = false;
};

} // namespace

EncodedBody encodeOpenAiChat(ProviderKind kind,
                             const ChatRequest &request,
                             std::string_view upstreamModel)
{
    return ChatBody(kind, request, upstreamModel).encode();
}

} // namespace signalbox::providers
